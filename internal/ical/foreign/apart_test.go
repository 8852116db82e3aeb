package foreign

import "regexp"

// apart are the kinds of rules on which an engine is known to differ; of each
// docs/recurrence.md says who is right.
var apart = []struct {
	engine, kind string
	rule         *regexp.Regexp
}{
	{"libical", "BYSETPOS over hours, in weeks or in days", regexp.MustCompile(`BYHOUR.*BYSETPOS|(WEEKLY|DAILY).*BYSETPOS`)},
	{"libical", "BYWEEKNO without BYDAY", regexp.MustCompile(`BYWEEKNO=[-\d,]+(;(BYHOUR|INTERVAL|WKST|UNTIL|COUNT).*)?$`)},
	{"libical", "negative BYMONTHDAY in DAILY", regexp.MustCompile(`DAILY.*BYMONTHDAY=[\d,]*-`)},
	{"libical", "WKST with INTERVAL in WEEKLY", regexp.MustCompile(`WEEKLY.*INTERVAL=[2-9];WKST=[^M]`)},
	{"ical.js", "BYSETPOS", regexp.MustCompile(`BYSETPOS`)},
	{"ical.js", "BYWEEKNO", regexp.MustCompile(`BYWEEKNO`)},
	{"ical.js", "negative BYMONTHDAY outside MONTHLY", regexp.MustCompile(`(DAILY|YEARLY).*BYMONTHDAY=[\d,]*-`)},
	{"ical.js", "numbered BYDAY of a year", regexp.MustCompile(`YEARLY;BYDAY=`)},
	{"ical.js", "BYMONTH with INTERVAL in MONTHLY", regexp.MustCompile(`MONTHLY;BYMONTH.*INTERVAL=[2-9]`)},
	{"ical.js", "BYHOUR in YEARLY", regexp.MustCompile(`YEARLY.*BYHOUR=`)},
	{"ical.js", "numbered BYDAY with BYHOUR", regexp.MustCompile(`MONTHLY.*BYDAY=-?\d.*BYHOUR=`)},
}

// rulesApart names the kind of a rule on which an engine is known to differ.
func rulesApart(engine, rule string) string {
	for _, a := range apart {
		if a.engine == engine && a.rule.MatchString(rule) {
			return a.kind
		}
	}
	return ""
}

// shapesApart are the shapes on which an engine is known to differ. docs/recurrence.md says who is right.
var shapesApart = map[string][]string{
	"libical": {
		"apple 1A3E5F0C-6F0A-4F33-9A6D-000000000001", // does not know RANGE
		"floating 1-lesson",                          // does not know X-WR-TIMEZONE
		"thunderbird thunder-1",                      // reads an RDATE with TZID as UTC
	},
	"ical.js": {
		"evolution evo-2",   // knows no zones but those of the page
		"floating 1-lesson", // does not know X-WR-TIMEZONE
		"nextcloud 9c5d8e0a-1111-4c1e-9d7c-000000000003", // ends an event in a gap where it starts
		"thunderbird thunder-2",                          // counts BYSETPOS of a year in each month
	},
}
