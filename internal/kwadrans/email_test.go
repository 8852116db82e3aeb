package kwadrans

import (
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestCleanEmail(t *testing.T) {
	for text, want := range map[string]string{
		"anna@example.com":             "anna@example.com",
		"  Anna.Nowak@Example.COM ":    "Anna.Nowak@example.com",
		"anna+kwadrans@example.com":    "anna+kwadrans@example.com",
		"o'brien@mail.example.co.uk":   "o'brien@mail.example.co.uk",
		"żółw@przykład.pl":             "żółw@przykład.pl",
		"root@localhost":               "root@localhost",
		"a@xn--przykad-rob.example":    "a@xn--przykad-rob.example",
		strings.Repeat("a", 64) + "@b": strings.Repeat("a", 64) + "@b",
	} {
		if got, err := CleanEmail(text); err != nil || got != want {
			t.Errorf("%q: %q %v, want %q", text, got, err, want)
		}
	}
	for _, bad := range []string{
		"", "@", "anna", "anna@", "@example.com", "a@b@c", "a b@c.d", "a@b c.d", "a@b..c", "a@.b", "a@b.", "a@-b.c", "a@b-.c", ".a@b.c", "a.@b.c", "a..b@c.d",
		`"a b"@c.d`, "a@[127.0.0.1]", "Anna <a@b.c>", "a@b.c,d@e.f", "a@b.c;d@e.f", "a@b.c\r\nBcc: x@y.z", "a\x00@b.c", "a\u200e@b.c", "a@b_c.d", "a@b/c",
		"a@b\xff.c", strings.Repeat("a", 65) + "@b.c", "a@" + strings.Repeat("b", 64) + ".c", "a@" + strings.Repeat("b.", 130) + "c",
	} {
		if got, err := CleanEmail(bad); CodeOf(err) != CodeInvalid || got != "" {
			t.Errorf("%q: %q %v", bad, got, err)
		}
	}
}

func TestCleanEmailIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-zA-Z0-9.+'-]{1,20}@[a-zA-Z0-9.-]{1,30}`)).Draw(t, "text")
		got, err := CleanEmail(s)
		if err != nil {
			return
		}
		if again, err := CleanEmail(got); err != nil || again != got || !SameEmail(got, s) || strings.ContainsAny(got, " \r\n<>,;") {
			t.Fatalf("%q is %q, then %q (%v)", s, got, again, err)
		}
	})
}

func TestSameEmail(t *testing.T) {
	if !SameEmail(" Anna@Example.com", "anna@example.com ") || SameEmail("anna@example.com", "ann@example.com") {
		t.Error("addresses are compared wrongly")
	}
}

func TestParsePerson(t *testing.T) {
	for text, want := range map[string][2]string{
		"anna@example.com":                          {"", "anna@example.com"},
		"<anna@example.com>":                        {"", "anna@example.com"},
		"Anna Nowak <anna@example.com>":             {"Anna Nowak", "anna@example.com"},
		`"Nowak, Anna" <anna@example.com>`:          {"Nowak, Anna", "anna@example.com"},
		`"Anna \"Ania\" Nowak" <anna@example.com>`:  {`Anna "Ania" Nowak`, "anna@example.com"},
		"Anna\r\n\tNowak <Anna@EXAMPLE.com>":        {"Anna Nowak", "Anna@example.com"},
		"Anna \u202eNowak\u200e <anna@example.com>": {"Anna Nowak", "anna@example.com"},
		`Anna "Ania" Nowak <anna@example.com>`:      {`Anna "Ania" Nowak`, "anna@example.com"},
		"Nowak, Anna <anna@example.com>":            {"Nowak, Anna", "anna@example.com"},
		"anna@example.com <Anna@example.com>":       {"anna@example.com", "Anna@example.com"},
		`"anna@example.org, Anna" <anna@b.example>`: {"anna@example.org, Anna", "anna@b.example"},
		"Żaneta Łoś <z@example.com>":                {"Żaneta Łoś", "z@example.com"},
	} {
		if name, email, err := ParsePerson(text); err != nil || name != want[0] || email != want[1] {
			t.Errorf("%q: %q %q %v, want %q", text, name, email, err, want)
		}
	}
	for _, bad := range []string{"", "Anna", "Anna <>", "Anna <anna>", "Anna <a@b.c> x", "<a@b.c", "a@b.c>"} {
		if name, email, err := ParsePerson(bad); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %q %q %v", bad, name, email, err)
		}
	}
}

func TestBugAListOfAttendeesWasOneAttendee(t *testing.T) {
	for _, list := range []string{
		"A <a@example.com>, B <b@example.com>", "A <a@example.com> B <b@example.com>", `"A" <a@example.com>, "B" <b@example.com>`, "A <a@example.com>; b@example.com",
		"a@example.com, B <b@example.com>", "a@example.com B <b@example.com>", "a@example.com,b@example.com", "a@example.com b@example.com", "<a@example.com>, <b@example.com>",
		`"unfinished <anna@example.com>`, `Anna "Nowak <anna@example.com>`, `"Anna \" <anna@example.com>`, "Anna > <anna@example.com>", `"A < B" <anna@example.com>`,
	} {
		name, email, err := ParsePerson(list)
		if e, ok := AsError(err); !ok || e.Code != CodeInvalid || !strings.Contains(e.Hint, "--attendee") || name+email != "" {
			t.Errorf("%q: %q %q %v", list, name, email, err)
		}
	}
}

func TestCleanText(t *testing.T) {
	for text, want := range map[string]string{
		" a\r\nb\rc\n ":          "a\nb\nc",
		"a\tb\u2028c\u2029d":     "a b c d",
		"a\x00\x1b[31mb":         "a[31mb",
		"\u202eabc\u2066d\ufeff": "abcd",
		"ok\xffok":               "ok\ufffdok",
		"zażółć 🙂":               "zażółć 🙂",
	} {
		if got := CleanText(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := CleanLine(" a\r\n b\u00a0\t c "); got != "a b c" {
		t.Errorf("one line: %q", got)
	}
}

func TestCleanTextIsSafe(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		text, line := CleanText(s), CleanLine(s)
		bad := func(r rune) bool { return unicode.IsControl(r) && r != '\n' || unicode.Is(unicode.Bidi_Control, r) }
		if !utf8.ValidString(text) || strings.ContainsFunc(text, bad) || CleanText(text) != text {
			t.Fatalf("%q became %q", s, text)
		}
		if strings.ContainsAny(line, "\n\r") || CleanLine(line) != line {
			t.Fatalf("%q became the line %q", s, line)
		}
	})
}
