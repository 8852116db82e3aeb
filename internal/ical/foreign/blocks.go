package foreign

import (
	"strings"

	goical "github.com/emersion/go-ical"
)

// addresses makes a set of mail addresses, in lower case.
func addresses(list []string) map[string]bool {
	set := map[string]bool{}
	for _, a := range list {
		if a = address(a); a != "" {
			set[a] = true
		}
	}
	return set
}

// address takes the scheme off and the case out of a calendar user's address.
func address(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	return strings.TrimSpace(strings.TrimPrefix(s, "mailto:"))
}

// free says whether an event lets the host be booked: it is transparent, was
// cancelled, the host declined it, or Outlook shows it as free.
func (x *expander) free(c *goical.Component) bool {
	switch transp := strings.ToUpper(first(c, "TRANSP")); {
	// 1 is how vCalendar wrote it.
	case transp == "TRANSPARENT", transp == "1",
		strings.EqualFold(first(c, "STATUS"), "CANCELLED"),
		strings.EqualFold(first(c, "X-MICROSOFT-CDO-BUSYSTATUS"), "FREE"):
		return true
	}
	for _, p := range c.Props["ATTENDEE"] {
		if strings.EqualFold(p.Params.Get("PARTSTAT"), "DECLINED") && (x.self[address(p.Value)] || x.self[address(p.Params.Get("EMAIL"))]) {
			return true
		}
	}
	return false
}

// silent are the methods of messages about an event that is somewhere else (RFC 5546).
var silent = map[string]bool{"REPLY": true, "REFRESH": true, "COUNTER": true, "DECLINECOUNTER": true}
