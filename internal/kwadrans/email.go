package kwadrans

import (
	"net/mail"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CleanEmail checks one bare mail address (RFC 5321 §4.1.2, without quoted local
// parts, groups and IP literals) and returns it with its domain in small letters.
func CleanEmail(s string) (string, error) {
	bad := Errorf(CodeInvalid, "%q is not a mail address", clip(s, 80)).WithHint("write it as anna@example.com")
	s = strings.TrimSpace(s)
	local, domain, ok := cutLast(s, "@")
	if !ok || len(s) > 254 || local == "" || len(local) > 64 || !utf8.ValidString(s) {
		return "", bad
	}
	if strings.ContainsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) }) {
		return "", bad
	}
	if strings.ContainsAny(local, `"(),:;<>@[\]`) || strings.HasPrefix(local, ".") || strings.HasSuffix(local, ".") || strings.Contains(local, "..") {
		return "", bad
	}
	if !validDomain(domain) {
		return "", bad
	}
	return local + "@" + strings.ToLower(domain), nil
}

func validDomain(d string) bool {
	if len(d) > 253 || d == "" {
		return false
	}
	for _, label := range strings.Split(d, ".") {
		if label == "" || len(label) > 63 || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if r != '-' && !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) {
				return false
			}
		}
	}
	return true
}

// SameEmail says whether two addresses mean the same mailbox: domains and, as
// every provider does, local parts are compared without case.
func SameEmail(a, b string) bool {
	return strings.EqualFold(strings.TrimSpace(a), strings.TrimSpace(b))
}

// ParsePerson reads "Anna Nowak <anna@example.com>" or a bare address. A list of
// people is refused as a whole: nobody of it may get lost in the name of another.
func ParsePerson(s string) (name, email string, err error) {
	s = strings.TrimSpace(s)
	addr := s
	if i := strings.LastIndex(s, "<"); i >= 0 && strings.HasSuffix(s, ">") {
		addr, name = s[i+1:len(s)-1], CleanLine(s[:i])
	}
	email, err = CleanEmail(addr)
	switch plain := unquote(name); {
	case err != nil && !holdsAddress(s, ""):
		return "", "", err
	case err != nil, strings.ContainsAny(plain, "<>"), unclosed(name), plain == name && holdsAddress(name, email):
		return "", "", Errorf(CodeInvalid, "%q is not one person with one address", clip(s, 80)).
			WithHint("name each attendee with an --attendee of its own")
	default:
		return plain, email, nil
	}
}

// holdsAddress says whether a text has a mail address in it, but for one that it may have.
func holdsAddress(s, but string) bool {
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(`,;:<>()"`, r) }) {
		if email, err := CleanEmail(word); err == nil && !SameEmail(email, but) {
			return true
		}
	}
	return false
}

// unclosed says whether a quotation (RFC 5322 §3.2.4) is begun and not ended.
func unclosed(name string) bool {
	open, escaped := false, false
	for _, r := range name {
		switch {
		case escaped:
			escaped = false
		case open && r == '\\':
			escaped = true
		case r == '"':
			open = !open
		}
	}
	return open
}

// unquote undoes RFC 5322 quoting ("Nowak, Anna") where it is well formed.
func unquote(name string) string {
	if strings.HasPrefix(name, `"`) && strings.HasSuffix(name, `"`) && len(name) > 1 {
		if a, err := mail.ParseAddress(name + " <a@example.com>"); err == nil {
			return CleanLine(a.Name)
		}
	}
	return name
}

// CleanLine makes one line of a text from outside: valid UTF-8, no controls, no
// marks that turn the writing direction, single blanks.
func CleanLine(s string) string { return strings.Join(strings.Fields(CleanText(s)), " ") }

// CleanText makes a text from outside safe to carry: valid UTF-8, LF line ends,
// no other controls, no marks that turn the writing direction.
func CleanText(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t' || r == '\u2028' || r == '\u2029' || r == '\u0085':
			return ' '
		case unicode.IsControl(r), r >= '\u202A' && r <= '\u202E', r >= '\u2066' && r <= '\u2069', r == '\u200E', r == '\u200F', r == '\u061C', r == '\uFEFF':
			return -1
		}
		return r
	}, s))
}

func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.ToValidUTF8(s[:n], "") + "…"
}
