package mail

import (
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/idna"

	"kwadrans/internal/kwadrans"
)

// headers are a letter's own fields in the order in which they are written.
type headers [][2]string

func (h *headers) add(name, value string) { *h = append(*h, [2]string{name, value}) }

// addresses returns the three addresses of a letter as they are written on it.
func addresses(l kwadrans.Letter) (from, to, host string, err error) {
	if from, err = address(l.From); err != nil {
		return "", "", "", err
	}
	if to, err = address(l.To.Email); err != nil {
		return "", "", "", err
	}
	host, err = address(l.Booking.Host.Email)
	return from, to, host, err
}

// address checks a mail address and writes its domain in ASCII (RFC 5890
// §2.3.2.1), so that no server on the way needs SMTPUTF8 for it.
func address(s string) (string, error) {
	s, err := kwadrans.CleanEmail(s)
	if err != nil || ascii(s) {
		return s, err
	}
	local, domain, _ := strings.Cut(s, "@")
	name, err := idna.Lookup.ToASCII(domain)
	if err != nil {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "mail: %q is not a domain", domain).Because(err)
	}
	return local + "@" + name, nil
}

// The longest name and subject in a header, in characters. Longer ones help
// nobody, and a word without a blank must fit a line of 998 (RFC 5322 §2.1.1).
const (
	longestName    = 120
	longestSubject = 300
)

// person writes `Name <address>` (RFC 5322 §3.4).
func person(name, address string) string {
	name = clip(kwadrans.CleanLine(name), longestName)
	if bare(name) {
		return (&mail.Address{Name: name, Address: address}).String()
	}
	return encoded(name) + " <" + address + ">"
}

// words writes a text for a header, as encoded words where ASCII is not enough
// (RFC 2047 §2).
func words(s string) string {
	s = clip(kwadrans.CleanLine(s), longestSubject)
	if bare(s) {
		return s
	}
	return encoded(s)
}

// bare says whether a text can stand in a header as it is. One that looks like
// encoded words cannot: programs would read something else than was typed.
func bare(s string) bool { return ascii(s) && !strings.Contains(s, "=?") }

// The longest line with an encoded word is 76 octets (RFC 2047 §2); the first
// stands behind the longest name of a field with words, "Reply-To: ".
const (
	longestLine = 76
	firstWord   = longestLine - len("Reply-To: ")
	laterWord   = longestLine - len(" ")
)

// encoded writes encoded words, whole characters in each (RFC 2047 §5). It is
// here, since mime.QEncoding does not know how much of the first line is taken.
func encoded(s string) string {
	var list []string
	word, room := "", firstWord-len("=?utf-8?q??=")
	for _, r := range s {
		q := quoted(r)
		if len(word)+len(q) > room {
			list = append(list, "=?utf-8?q?"+word+"?=")
			word, room = "", laterWord-len("=?utf-8?q??=")
		}
		word += q
	}
	return strings.Join(append(list, "=?utf-8?q?"+word+"?="), " ")
}

// quoted writes a character in the Q encoding, bare only where it may stand in a
// name as well (RFC 2047 §4.2, §5 rule 3).
func quoted(r rune) string {
	switch {
	case r == ' ':
		return "_"
	case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-':
		return string(r)
	}
	s := ""
	for _, b := range []byte(string(r)) {
		s += fmt.Sprintf("=%02X", b)
	}
	return s
}

// folded writes a field with its line ends; it breaks before a word that would
// go beyond the line (RFC 5322 §2.2.3).
func folded(name, value string) []byte {
	out, line := "", name+":"
	for i, word := range strings.Split(value, " ") {
		if i > 0 && len(line)+1+len(word) > longestLine {
			out, line = out+line+"\r\n", ""
		}
		line += " " + word
	}
	return []byte(out + line + "\r\n")
}

func clip(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return strings.TrimSpace(string([]rune(s)[:n-1])) + "…"
}

// isMessageID accepts what may stand between angle brackets (RFC 5322 §3.6.4),
// a little narrower than the grammar.
func isMessageID(id string) bool {
	left, right, ok := strings.Cut(id, "@")
	return ok && left != "" && right != "" && len(id) <= 400 && !strings.ContainsFunc(id, func(r rune) bool {
		return r <= ' ' || r >= 0x7f || strings.ContainsRune(`<>()[]\,;:"`, r)
	}) && !strings.Contains(right, "@")
}
