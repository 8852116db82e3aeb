package lang

import (
	"regexp"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

var placeholder = regexp.MustCompile(`\{[a-z_]+\}`)

// gaps says where two catalogues differ: a key, a placeholder or a plural form.
func gaps(pl, en map[string]entry) (found []string) {
	for key := range pl {
		if _, ok := en[key]; !ok {
			found = append(found, key+" has no English")
		}
	}
	for key, e := range en {
		p, ok := pl[key]
		if !ok {
			found = append(found, key+" has no Polish")
			continue
		}
		found = append(found, differs(key, p, e)...)
	}
	return found
}

func differs(key string, p, e entry) (found []string) {
	if (p.forms == nil) != (e.forms == nil) {
		return []string{key + " has plural forms in one language only"}
	}
	if p.forms == nil {
		if p.text == "" || e.text == "" {
			found = append(found, key+" is empty")
		}
		if !slices.Equal(names(p.text), names(e.text)) {
			found = append(found, key+" has other placeholders")
		}
		return found
	}
	for _, form := range []string{"one", "few", "many"} {
		if p.forms[form] == "" {
			found = append(found, key+" has no Polish form "+form)
		}
	}
	for _, form := range []string{"one", "other"} {
		if e.forms[form] == "" {
			found = append(found, key+" has no English form "+form)
		}
	}
	return found
}

func names(text string) []string {
	list := placeholder.FindAllString(text, -1)
	slices.Sort(list)
	return slices.Compact(list)
}

func TestCataloguesAreComplete(t *testing.T) {
	for _, gap := range gaps(catalogue(kwadrans.Polish), catalogue(kwadrans.English)) {
		t.Error(gap)
	}
	if len(catalogue(kwadrans.Polish)) < 50 {
		t.Error("the catalogue is nearly empty")
	}
}

// The control: each kind of gap is seen.
func TestGapsFindsMutants(t *testing.T) {
	text := func(s string) entry { return entry{text: s} }
	forms := func(kv ...string) entry {
		m := map[string]string{}
		for i := 0; i < len(kv); i += 2 {
			m[kv[i]] = kv[i+1]
		}
		return entry{forms: m}
	}
	for name, pair := range map[string][2]map[string]entry{
		"key":         {{"a": text("x")}, {}},
		"other key":   {{}, {"a": text("x")}},
		"placeholder": {{"a": text("{n}")}, {"a": text("{m}")}},
		"empty":       {{"a": text("")}, {"a": text("x")}},
		"form":        {{"a": forms("one", "x", "few", "x")}, {"a": forms("one", "x", "other", "x")}},
		"kind":        {{"a": text("x")}, {"a": forms("one", "x", "other", "x")}},
	} {
		if len(gaps(pair[0], pair[1])) == 0 {
			t.Errorf("a wrong %s is not seen", name)
		}
	}
}

func TestForm(t *testing.T) {
	for n, want := range map[int]string{0: "many", 1: "one", 2: "few", 4: "few", 5: "many", 11: "many", 12: "many", 14: "many", 21: "many", 22: "few", 25: "many", 101: "many", 102: "few", 112: "many"} {
		if got := Form(kwadrans.Polish, n); got != want {
			t.Errorf("Polish %d is %s, want %s", n, got, want)
		}
	}
	if Form(kwadrans.English, 1) != "one" || Form(kwadrans.English, 21) != "other" {
		t.Error("English forms")
	}
}

func TestFillReplacesOnce(t *testing.T) {
	if got := fill("{a} {b}", []any{"a", "{b}", "b", "x"}); got != "{b} x" {
		t.Errorf("got %q", got)
	}
}

func TestTimes(t *testing.T) {
	ny, err := kwadrans.Zone("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 27, 14, 15, 0, 0, time.UTC).In(ny)
	for want, got := range map[string]string{
		"piątek, 27 listopada 2026": Date(kwadrans.Polish, at),
		"Friday, 27 November 2026":  Date(kwadrans.English, at),
		"piątek 27 listopada":       Day(kwadrans.Polish, at, at),
		"Friday 27 November 2026":   Day(kwadrans.English, at, at.AddDate(-1, 0, 0)),
		"9:15–10:15":                Range(at, at.Add(time.Hour).UTC()),
		"Nowy Jork (GMT−5)":         Place(kwadrans.Polish, "America/New_York", at),
		"Salta":                     City(kwadrans.English, "America/Argentina/Salta"),
		"GMT":                       Offset(at.UTC()),
		"GMT+5:45":                  Offset(at.In(time.FixedZone("", 20700))),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
