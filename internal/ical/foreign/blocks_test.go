package foreign

import (
	"strings"
	"testing"
	"time"
)

// times writes starts and ends in Warsaw, short enough for a table.
func times(r Result) string {
	var list []string
	for _, i := range r.Instances {
		s, e := i.Start.In(zone("Europe/Warsaw")), i.End.In(zone("Europe/Warsaw"))
		form := "15:04"
		if s.YearDay() != e.YearDay() {
			form = "02.01 15:04"
		}
		list = append(list, s.Format("02.01 15:04")+"–"+e.Format(form))
	}
	if len(r.Unknown) > 0 {
		list = append(list, "unknown")
	}
	return strings.Join(list, ", ")
}

const (
	nine = "DTSTART;TZID=Europe/Warsaw:20261102T090000"
	ten  = "DTEND;TZID=Europe/Warsaw:20261102T100000"
)

// What blocks, and when, one rule a row.
func TestBlocks(t *testing.T) {
	for name, c := range map[string]struct {
		lines []string
		want  string
	}{
		"a single event":                  {[]string{nine, ten}, "02.11 09:00–10:00"},
		"free":                            {[]string{nine, ten, "TRANSP:TRANSPARENT"}, ""},
		"free in vCalendar":               {[]string{nine, ten, "TRANSP:1"}, ""},
		"cancelled":                       {[]string{nine, ten, "STATUS:CANCELLED"}, ""},
		"tentative":                       {[]string{nine, ten, "STATUS:TENTATIVE"}, "02.11 09:00–10:00"},
		"free in Outlook":                 {[]string{nine, ten, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"}, ""},
		"out of office":                   {[]string{nine, ten, "X-MICROSOFT-CDO-BUSYSTATUS:OOF"}, "02.11 09:00–10:00"},
		"declined":                        {[]string{nine, ten, "ATTENDEE;PARTSTAT=declined:MAILTO:Hanna.Cwik@cwik-wspolnicy.example"}, ""},
		"declined, by an identifier":      {[]string{nine, ten, `ATTENDEE;PARTSTAT=DECLINED;EMAIL="hanna.cwik@cwik-wspolnicy.example":urn:uuid:1`}, ""},
		"declined by somebody else":       {[]string{nine, ten, "ATTENDEE;PARTSTAT=DECLINED:mailto:x@example.com"}, "02.11 09:00–10:00"},
		"zero length":                     {[]string{nine, "DTEND;TZID=Europe/Warsaw:20261102T090000"}, ""},
		"no end":                          {[]string{nine}, ""},
		"an end that cannot be read":      {[]string{nine, "DTEND:later"}, "02.11 09:00–03.11 09:00"},
		"a day":                           {[]string{"DTSTART;VALUE=DATE:20261102"}, "02.11 00:00–03.11 00:00"},
		"a day that says so badly":        {[]string{"DTSTART:20261102", "DTEND:20261102"}, "02.11 00:00–03.11 00:00"},
		"the day of 25 hours":             {[]string{"DTSTART;VALUE=DATE:20271031", "DTEND;VALUE=DATE:20271101"}, "31.10 00:00–01.11 00:00"},
		"two days by DURATION":            {[]string{"DTSTART;VALUE=DATE:20261102", "DURATION:P2D"}, "02.11 00:00–04.11 00:00"},
		"a day by the clock":              {[]string{"DTSTART;TZID=Europe/Warsaw:20270327T120000", "DURATION:P1D"}, "27.03 12:00–28.03 12:00"},
		"24 hours":                        {[]string{"DTSTART;TZID=Europe/Warsaw:20270327T120000", "DURATION:PT24H"}, "27.03 12:00–28.03 13:00"},
		"a time that does not exist":      {[]string{"DTSTART;TZID=Europe/Warsaw:20270328T023000", "DURATION:PT1H"}, "28.03 03:30–04:30"},
		"a time that exists twice":        {[]string{"DTSTART;TZID=Europe/Warsaw:20271031T023000", "DURATION:PT2H"}, "31.10 02:30–03:30"},
		"floating":                        {[]string{"DTSTART:20261102T090000", "DURATION:PT1H"}, "02.11 09:00–10:00"},
		"UTC":                             {[]string{"DTSTART:20261102T080000Z", "DURATION:PT1H"}, "02.11 09:00–10:00"},
		"UNTIL at the last start":         {[]string{nine, ten, "RRULE:FREQ=DAILY;UNTIL=20261103T080000Z"}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"UNTIL a second before":           {[]string{nine, ten, "RRULE:FREQ=DAILY;UNTIL=20261103T075959Z"}, "02.11 09:00–10:00"},
		"UNTIL a day":                     {[]string{nine, ten, "RRULE:FREQ=DAILY;UNTIL=20261103"}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"UNTIL by the clock":              {[]string{nine, ten, "RRULE:FREQ=DAILY;UNTIL=20261103T090000"}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"UNTIL before the start":          {[]string{nine, ten, "RRULE:FREQ=DAILY;UNTIL=20261001T090000Z"}, "02.11 09:00–10:00"},
		"UNTIL of days as an instant":     {[]string{"DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY;UNTIL=20261102T230000Z"}, "02.11 00:00–03.11 00:00, 03.11 00:00–04.11 00:00"},
		"lower case and blanks":           {[]string{nine, ten, "RRULE:freq=daily; count=2;"}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"a start that the rule misses":    {[]string{nine, ten, "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"}, "02.11 09:00–10:00, 03.11 09:00–10:00, 10.11 09:00–10:00"},
		"EXDATE":                          {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=3", "EXDATE;TZID=Europe/Warsaw:20261103T090000"}, "02.11 09:00–10:00, 04.11 09:00–10:00"},
		"EXDATE of the start":             {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261102T080000Z"}, "03.11 09:00–10:00"},
		"EXDATE in another zone":          {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=America/New_York:20261102T030000"}, "03.11 09:00–10:00"},
		"EXDATE without a zone":           {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261102T090000"}, "03.11 09:00–10:00"},
		"EXDATE of a day":                 {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;VALUE=DATE:20261102"}, "03.11 09:00–10:00"},
		"EXDATE of days as midnight":      {[]string{"DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=DAILY;COUNT=2", "EXDATE:20261102T000000Z"}, "03.11 00:00–04.11 00:00"},
		"EXDATE a minute off":             {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "EXDATE;TZID=Europe/Warsaw:20261102T090100"}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"RDATE alone":                     {[]string{nine, ten, "RDATE;TZID=Europe/Warsaw:20261104T110000,20261105T110000"}, "02.11 09:00–10:00, 04.11 11:00–12:00, 05.11 11:00–12:00"},
		"RDATE with a length":             {[]string{nine, ten, "RDATE;VALUE=PERIOD:20261104T110000Z/PT2H,20261105T110000Z/20261105T113000Z"}, "02.11 09:00–10:00, 04.11 12:00–14:00, 05.11 12:00–12:30"},
		"RDATE of a day":                  {[]string{nine, ten, "RDATE;VALUE=DATE:20261104"}, "02.11 09:00–10:00, 04.11 09:00–10:00"},
		"two rules":                       {[]string{nine, ten, "RRULE:FREQ=DAILY;COUNT=2", "RRULE:FREQ=WEEKLY;COUNT=2"}, "02.11 09:00–10:00, 03.11 09:00–10:00, 09.11 09:00–10:00"},
		"what began before":               {[]string{"DTSTART:20261025T080000Z", "DTEND:20261101T010000Z"}, "25.10 09:00–01.11 02:00"},
		"a change without its series":     {[]string{nine, ten, "RECURRENCE-ID:20261101T080000Z"}, "02.11 09:00–10:00"},
		"a change that it cannot tell":    {[]string{nine, ten, "RECURRENCE-ID:whenever"}, "02.11 09:00–10:00"},
		"days of Outlook":                 {[]string{"DTSTART:20261101T230000Z", "DTEND:20261102T230000Z", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"}, "02.11 00:00–03.11 00:00"},
		"UID and SUMMARY in strange case": {[]string{"dtstart;tzid=europe/warsaw:20261102t090000", "dtend:20261102T090000z"}, "02.11 09:00–10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			r := expand(year, hanna(), page(append([]string{"UID:x"}, c.lines...)...))
			sound(t, year, r)
			if got := times(r); got != c.want {
				t.Errorf("got %s, not %s; notes %v", got, c.want, r.Notes)
			}
		})
	}
}

// All-day events block by setting, and so do not make anything unknown without it.
func TestDaysBlockBySetting(t *testing.T) {
	r := hanna()
	r.AllDay = false
	for _, lines := range [][]string{
		{"DTSTART;VALUE=DATE:20261102"},
		{"DTSTART;VALUE=DATE:20261102", "RRULE:FREQ=MINUTELY"},
		{"DTSTART;TZID=Europe/Warsaw:20261102T000000", "DTEND;TZID=Europe/Warsaw:20261103T000000", "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE"},
	} {
		text := page(append([]string{"UID:x"}, lines...)...)
		if got := times(expand(year, r, text)); got != "" {
			t.Errorf("%v blocks: %s", lines, got)
		}
		if got := times(expand(year, hanna(), text)); got == "" {
			t.Errorf("%v does not block with the setting", lines)
		}
	}
}

// Events of one UID belong together, whatever page they come in.
func TestSeriesOverPages(t *testing.T) {
	master := page("UID:x", nine, ten, "RRULE:FREQ=DAILY;COUNT=4")
	moved := page("UID:x", "RECURRENCE-ID;TZID=Europe/Warsaw:20261103T090000", "DTSTART;TZID=Europe/Warsaw:20261103T120000", "DTEND;TZID=Europe/Warsaw:20261103T130000")
	off := page("UID:x", "RECURRENCE-ID;TZID=Europe/Warsaw:20261104T090000", "DTSTART;TZID=Europe/Warsaw:20261104T090000", "DTEND;TZID=Europe/Warsaw:20261104T100000", "STATUS:CANCELLED")
	later := page("UID:x", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261104T080000Z", "DTSTART;TZID=Europe/Warsaw:20261104T150000", "DTEND;TZID=Europe/Warsaw:20261104T153000")
	free := page("UID:x", "RECURRENCE-ID;RANGE=THISANDFUTURE:20261104T080000Z", nine, ten, "TRANSP:TRANSPARENT")
	older := page("UID:x", "SEQUENCE:-1", nine, ten, "RRULE:FREQ=DAILY;COUNT=9")
	cancel := "BEGIN:VCALENDAR\r\nMETHOD:CANCEL\r\nBEGIN:VEVENT\r\nUID:x\r\nSEQUENCE:1\r\n" + nine + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	reply := "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:y\r\n" + nine + "\r\n" + ten + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	for name, c := range map[string]struct {
		pages []string
		want  string
	}{
		"alone":              {[]string{master}, "02.11 09:00–10:00, 03.11 09:00–10:00, 04.11 09:00–10:00, 05.11 09:00–10:00"},
		"changes":            {[]string{off, master, moved}, "02.11 09:00–10:00, 03.11 12:00–13:00, 05.11 09:00–10:00"},
		"from one on":        {[]string{later, master}, "02.11 09:00–10:00, 03.11 09:00–10:00, 04.11 15:00–15:30, 05.11 15:00–15:30"},
		"from one on, free":  {[]string{master, free}, "02.11 09:00–10:00, 03.11 09:00–10:00"},
		"one and from it on": {[]string{master, moved, later}, "02.11 09:00–10:00, 03.11 12:00–13:00, 04.11 15:00–15:30, 05.11 15:00–15:30"},
		"an older version":   {[]string{older, master}, "02.11 09:00–10:00, 03.11 09:00–10:00, 04.11 09:00–10:00, 05.11 09:00–10:00"},
		"cancelled later":    {[]string{master, cancel}, ""},
		"an answer":          {[]string{reply}, ""},
		"the same twice":     {[]string{moved, moved}, "03.11 12:00–13:00"},
	} {
		t.Run(name, func(t *testing.T) {
			r := expand(year, hanna(), c.pages...)
			if got := times(r); got != c.want || r.Err != nil {
				t.Errorf("got %s, not %s; notes %v, %v", got, c.want, r.Notes, r.Err)
			}
		})
	}
}

// Our own bookings are left out, and events without a UID are not one series.
func TestIdentifiers(t *testing.T) {
	r := hanna()
	r.Except = func(uid string) bool { return strings.HasSuffix(uid, "@kwadrans") }
	text := page("UID:01a2@kwadrans", nine, ten) + page(nine, ten) + page("DTSTART:20261105T080000Z", "DTEND:20261105T090000Z", "RRULE:FREQ=DAILY;COUNT=2")
	if got := times(expand(year, r, text)); got != "02.11 09:00–10:00, 05.11 09:00–10:00, 06.11 09:00–10:00" {
		t.Errorf("got %s", got)
	}
}

// A page that cannot be read makes the stretch unknown beside pages that can,
// and an error where there is no other.
func TestUnreadablePages(t *testing.T) {
	good := page("UID:x", nine, ten)
	r := expand(year, hanna(), "<html>", good)
	if times(r) != "02.11 09:00–10:00, unknown" || r.Err != nil || r.Doubt != 1 {
		t.Errorf("one of two: %s, %v, %d", times(r), r.Err, r.Doubt)
	}
	for _, bad := range []string{"", "<html>", good[:len(good)-20], strings.Repeat("\x00", 100)} {
		if r := expand(year, hanna(), bad); r.Err == nil || len(r.Unknown) != 1 {
			t.Errorf("%.20q: %v, unknown %v", bad, r.Err, r.Unknown)
		}
	}
	if r := expand(year, hanna()); r.Err != nil || times(r) != "" {
		t.Errorf("a calendar without objects: %v %s", r.Err, times(r))
	}
	if r := expand(year, hanna(), "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"); r.Err != nil || times(r) != "" {
		t.Errorf("an empty calendar: %v %s", r.Err, times(r))
	}
}

// Zones by each of the ways in which they are named.
func TestZoneNames(t *testing.T) {
	list := []calendar{}
	z := newZones(zone("Asia/Tokyo"), list, 2029, newBudget(t.Context()))
	at := utc("2027-07-01T00:00:00Z")
	for name, want := range map[string]int{
		"Europe/Warsaw": 2, "europe/warsaw": 2, "EUROPE/WARSAW": 2, "America/New York": -4, `"Europe/Warsaw"`: 2, "UTC": 0, "GMT": 0, "Z": 0,
		"Central European Standard Time": 2, "central european daylight time": 2, "W. Europe Standard Time 1": 2, "Russia Time Zone 3": 4, "UTC-02": -2, "UTC+12": 12,
		"(UTC+01:00) Sarajevo, Skopje, Warsaw, Zagreb": 2, "(GMT+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna": 2, "(GMT+01:00) Sarajevo/Warsaw/Zagreb": 2,
		"/mozilla.org/20070129_1/America/Argentina/Buenos_Aires": -3, "/softwarestudio.org/Olson_20011030_5/America/Los_Angeles": -7,
		"tzone://Microsoft/Utc": 0, "GMT+0200": 2, "UTC+2": 2, "-05:00": -5, "Etc/GMT+5": -5, "right/Europe/Warsaw": 2,
	} {
		p := z.find(0, name)
		_, offset := at.In(p.loc).Zone()
		if p.guess || offset != want*3600 {
			t.Errorf("%s is %d seconds east, guessed %v", name, offset, p.guess)
		}
	}
	for _, name := range []string{"Local", "", "Middle Earth", "../../etc/passwd", "/etc/localtime", "Europe/Atlantis", "GMT+99", "(UTC+01:00) Atlantis"} {
		if p := z.find(0, name); !p.guess {
			t.Errorf("%s is told to be known: %v", name, p.loc)
		}
	}
	if _, offset := at.In(z.find(0, "(UTC+03:00) Atlantis").loc).Zone(); offset != 3*3600 {
		t.Errorf("the offset in brackets is not the guess")
	}
}

// A public name wins over a wrong definition beside it; one that means different
// things to people takes the definition, of another page if need be.
func TestZoneDefinitions(t *testing.T) {
	wrong := strings.NewReplacer("+0100", "+0500", "+0200", "+0600").Replace(warsaw)
	york := strings.NewReplacer("Europe/Warsaw", "EST", "+0100", "-0500", "+0200", "-0400").Replace(warsaw)
	text := func(zone, name string) string {
		return "BEGIN:VCALENDAR\r\n" + zone + "BEGIN:VEVENT\r\nUID:x\r\nDTSTART;TZID=" + name + ":20270701T120000\r\nDURATION:PT1H\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	}
	for name, c := range map[string]struct {
		pages []string
		want  string
	}{
		"a wrong one":       {[]string{text(wrong, "Europe/Warsaw")}, "01.07 12:00–13:00"},
		"its own name":      {[]string{text(strings.ReplaceAll(wrong, "Europe/Warsaw", "Somewhere"), "Somewhere")}, "01.07 08:00–09:00"},
		"EST with summer":   {[]string{text(york, "EST")}, "01.07 18:00–19:00"},
		"EST alone":         {[]string{text("", "EST")}, "01.07 19:00–20:00"},
		"of another page":   {[]string{text("", "Somewhere"), text(strings.ReplaceAll(wrong, "Europe/Warsaw", "Somewhere"), "UTC")}, "01.07 08:00–09:00, 01.07 14:00–15:00"},
		"a broken one":      {[]string{text(strings.NewReplacer("Europe/Warsaw", "Romance Standard Time", "TZOFFSETTO:+", "TZOFFSETTO:").Replace(warsaw), "Romance Standard Time")}, "01.07 12:00–13:00"},
		"since the year 1":  {[]string{text(strings.NewReplacer("Europe/Warsaw", "Net", ":1970", ":0001").Replace(wrong), "Net")}, "01.07 08:00–09:00"},
		"by named changes":  {[]string{text("BEGIN:VTIMEZONE\r\nTZID:R\r\nBEGIN:STANDARD\r\nDTSTART:20260101T000000\r\nRDATE:20270101T000000\r\nTZOFFSETFROM:+0000\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20270601T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0430\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n", "R")}, "01.07 09:30–10:30"},
		"a rule that ended": {[]string{text("BEGIN:VTIMEZONE\r\nTZID:R\r\nBEGIN:STANDARD\r\nDTSTART:20000101T000000\r\nRRULE:FREQ=YEARLY;UNTIL=20100101T000000Z\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:20000601T000000\r\nRRULE:FREQ=YEARLY;UNTIL=20090531T210000Z\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0400\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n", "R")}, "01.07 11:00–12:00"},
	} {
		t.Run(name, func(t *testing.T) {
			if r := expand(year, hanna(), c.pages...); times(r) != c.want {
				t.Errorf("got %s, not %s; notes %v", times(r), c.want, r.Notes)
			}
		})
	}
}

// A time or a rule whose line cannot be read is not forgotten.
func TestLostLines(t *testing.T) {
	long := "\r\n 1" + strings.Repeat("\r\n ,", 2_000)
	for _, c := range []struct{ line, want string }{
		{"RRULE;X=\"", "02.11 09:00–10:00, unknown"},
		{"RRULE:FREQ=DAILY;BYHOUR=9" + long, "02.11 09:00–10:00, unknown"},
		{"RDATE;X", "02.11 09:00–10:00, unknown"},
		{"EXDATE;X", "02.11 09:00–10:00"},
		{"SUMMARY:x" + long, "02.11 09:00–10:00"},
	} {
		r := expand(year, hanna(), page("UID:x", nine, ten, c.line))
		if got := times(r); got != c.want || len(r.Notes) == 0 || r.Instances[0].Doubt != !strings.HasPrefix(c.line, "SUMMARY") {
			t.Errorf("%.30q: %s, %v, %v", c.line, got, r.Notes, r.Instances)
		}
	}
}

// Every Windows name leads to a zone that exists.
func TestWindowsNames(t *testing.T) {
	if n := len(windows()); n < 230 {
		t.Errorf("only %d names", n)
	}
	for name, iana := range windows() {
		if _, err := time.LoadLocation(iana); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
