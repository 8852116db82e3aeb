package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func sheetOf(t *testing.T, l kwadrans.Letter) sheet {
	t.Helper()
	a, err := composer().author(l, false)
	if err != nil {
		t.Fatal(err)
	}
	s, err := a.sheet()
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestPolicy(t *testing.T) {
	day := kwadrans.Duration(24 * time.Hour)
	for _, c := range []struct {
		policy kwadrans.ChangePolicy
		pl, en string
	}{
		{kwadrans.ChangePolicy{}, "", ""},
		{kwadrans.ChangePolicy{MaxMoves: 3, MoveBefore: day}, "", ""},
		{kwadrans.ChangePolicy{MayMove: true, MaxMoves: 1, MoveBefore: day},
			"Termin możesz zmienić 1 raz. Ostatnia chwila na zmianę: czwartek, 26 listopada 2026, 9:15 (Nowy Jork).",
			"You can change the time once. Last moment to change: Thursday, 26 November 2026, 9:15 (New York)."},
		{kwadrans.ChangePolicy{MayMove: true, MaxMoves: 3, MayCancel: true, MoveBefore: day, CancelBefore: 2 * day},
			"Termin możesz zmienić 3 razy. Ostatnia chwila na zmianę lub odwołanie: środa, 25 listopada 2026, 9:15 (Nowy Jork).",
			"You can change the time 3 times. Last moment to change or cancel: Wednesday, 25 November 2026, 9:15 (New York)."},
		{kwadrans.ChangePolicy{MayMove: true, MaxMoves: 5, MayCancel: true, MoveBefore: 2 * day},
			"Termin możesz zmienić 5 razy. Ostatnia chwila na zmianę lub odwołanie: środa, 25 listopada 2026, 9:15 (Nowy Jork).",
			"You can change the time 5 times. Last moment to change or cancel: Wednesday, 25 November 2026, 9:15 (New York)."},
		{kwadrans.ChangePolicy{MayMove: true},
			"Termin możesz zmienić. Ostatnia chwila na zmianę: piątek, 27 listopada 2026, 9:15 (Nowy Jork).",
			"You can change the time. Last moment to change: Friday, 27 November 2026, 9:15 (New York)."},
		{kwadrans.ChangePolicy{MayCancel: true, CancelBefore: day, MoveBefore: 9 * day},
			"Ostatnia chwila na odwołanie: czwartek, 26 listopada 2026, 9:15 (Nowy Jork).",
			"Last moment to cancel: Thursday, 26 November 2026, 9:15 (New York)."},
		{kwadrans.ChangePolicy{MayMove: true, MaxMoves: 2, MoveBefore: 5 * day}, "", ""}, // over before it is read
	} {
		for l, want := range map[kwadrans.Lang]string{kwadrans.Polish: c.pl, kwadrans.English: c.en} {
			letter := story(l)
			letter.Booking.Change = c.policy
			s := sheetOf(t, letter)
			got := ""
			if len(s.Points) == 4 {
				got = s.Points[2].String()
			}
			if got != want {
				t.Errorf("%+v: got %q, want %q", c.policy, got, want)
			}
		}
	}
}

func TestReplyOffersWhatIsAllowed(t *testing.T) {
	for want, p := range map[string]kwadrans.ChangePolicy{
		"Another time, or cancel?": {MayMove: true, MayCancel: true}, "Another time?": {MayMove: true}, "Cancel?": {MayCancel: true}, "A question about the meeting?": {},
	} {
		l := story(kwadrans.English)
		l.Booking.Change = p
		if got := sheetOf(t, l).Points[1].Strong; got != want {
			t.Errorf("%+v: %q", p, got)
		}
	}
}

func TestYearInSubject(t *testing.T) {
	l := story(kwadrans.Polish)
	l.Booking.Start = time.Date(2027, 1, 1, 2, 0, 0, 0, time.UTC) // still 2026 in New York
	l.Booking.End = l.Booking.Start.Add(time.Hour)
	if got, want := sheetOf(t, l).Subject, "Porada prawna, czwartek 31 grudnia, 21:00 (Nowy Jork)"; got != want {
		t.Errorf("got %q", got)
	}
	l.To.Zone = "Europe/Warsaw"
	if got, want := sheetOf(t, l).Subject, "Porada prawna, piątek 1 stycznia 2027, 3:00 (Warszawa)"; got != want {
		t.Errorf("got %q", got)
	}
}

func TestOtherClocks(t *testing.T) {
	l := story(kwadrans.English)
	l.To.Zone = "Asia/Tokyo" // 23:15 there
	l.Booking.Start, l.Booking.End = l.Booking.Start.Add(2*time.Hour), l.Booking.End.Add(2*time.Hour)
	s := sheetOf(t, l)
	if s.When.Date != "Saturday, 28 November 2026" || s.When.Range != "1:15–2:15" || s.When.Zone != "Tokyo (GMT+9)" {
		t.Errorf("the reader's own time is %+v", s.When.moment)
	}
	if want := []other{{"Warsaw (GMT+1)", "17:15–18:15", ", Friday, 27 November 2026"}}; !slices.Equal(s.When.Others, want) {
		t.Errorf("the host's time is %+v", s.When.Others)
	}
	for _, zone := range []string{"Europe/Warsaw", "", "Nowhere/City"} { // the host's own, none, unknown
		l.To.Zone = zone
		if s := sheetOf(t, l); s.When.Others != nil || s.When.Zone != "Warsaw (GMT+1)" {
			t.Errorf("%q: %+v", zone, s.When)
		}
	}
	l = storyHost(kwadrans.English)
	for _, n := range []string{"A", "B", "C"} {
		l.Booking.Attendees = append(l.Booking.Attendees, kwadrans.Attendee{Name: n, Email: n + "@x.example", Zone: "America/New_York"})
	}
	if got := sheetOf(t, l).When.Others; len(got) != 1 || got[0].Note != ", same day (4 people)" {
		t.Errorf("the attendees' clocks are %+v", got)
	}
}

func TestMoveOverAClockChange(t *testing.T) {
	l := storyMoved(kwadrans.English)
	l.OldStart = time.Date(2026, 10, 23, 13, 15, 0, 0, time.UTC)
	s := sheetOf(t, l)
	if s.When.Was.Zone != "New York (GMT−4)" || s.When.Zone != "New York (GMT−5)" {
		t.Errorf("the offsets are %q and %q", s.When.Was.Zone, s.When.Zone)
	}
}

func TestChanges(t *testing.T) {
	for want, old := range map[string]time.Duration{"day and time": -24*time.Hour + time.Minute, "day": -24 * time.Hour, "time": time.Hour} {
		l := storyMoved(kwadrans.English)
		l.OldStart = l.Booking.Start.Add(old)
		if got := sheetOf(t, l).Rows[0].Lines[0].String(); got != want {
			t.Errorf("%v: %q, want %q", old, got, want)
		}
	}
}

func TestRowsWithoutDataAreLeftOut(t *testing.T) {
	l := storyMoved(kwadrans.English)
	l.OldStart, l.Booking.Reason, l.Booking.Zoom.Passcode, l.Org = time.Time{}, "", "", ""
	s := sheetOf(t, l)
	var labels []string
	for _, r := range s.Rows {
		labels = append(labels, r.Label)
	}
	if want := []string{"What stays", "Moved by", "Meeting ID", "Host"}; !slices.Equal(labels, want) {
		t.Errorf("the rows are %v", labels)
	}
	if s.When.Was != nil || s.When.Label != "" || s.Brand != "Hanna Ćwik" || strings.Contains(s.Foot[0], "()") {
		t.Errorf("the sheet is %+v", s)
	}
	l = story(kwadrans.English)
	l.Booking.Note, l.Booking.Zoom.Passcode = "", ""
	if s := sheetOf(t, l); s.Rows[len(s.Rows)-1].Label != "Host" || strings.Contains(s.Preheader, "passcode") {
		t.Errorf("the sheet is %+v", s)
	}
}

func TestAnswers(t *testing.T) {
	l := storyHost(kwadrans.English)
	l.Sequence, l.InReplyTo = 2, "first@example.com"
	l.Booking.Attendees[1].Answer = kwadrans.Tentative
	s := sheetOf(t, l)
	text := s.text()
	for _, want := range []string{"Answers:    Priya Raghunathan: no answer\n            Bartłomiej Chrząszczewski: maybe\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if s.Kicker != "Changed booking · your copy" {
		t.Errorf("the kicker is %q", s.Kicker)
	}
}

func TestUnknownLettersAreRefused(t *testing.T) {
	l := story(kwadrans.Polish)
	l.Kind = kwadrans.LetterHost // but to an attendee
	if _, err := composer().Compose(l); kwadrans.CodeOf(err) != kwadrans.CodeInternal {
		t.Errorf("got %v", err)
	}
	l = story(kwadrans.Polish)
	l.Booking.Place.Kind = ""
	if _, err := composer().Compose(l); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("got %v", err)
	}
	l = story(kwadrans.Polish)
	l.Booking.Wall.Zone = "Nowhere"
	if _, err := composer().Compose(l); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("got %v", err)
	}
}

func TestWrap(t *testing.T) {
	long := strings.Repeat("x", 100)
	for in, want := range map[string]string{
		"":                               "\n",
		"a b":                            "- a b\n",
		strings.Repeat("ą", 70) + " b":   "- " + strings.Repeat("ą", 70) + "\n  b\n",
		"a " + long + " b":               "- a\n  " + long + "\n  b\n",
		strings.Repeat("ab ", 23) + "ab": "- " + strings.TrimSpace(strings.Repeat("ab ", 23)) + "\n  ab\n",
	} {
		var ty typist
		ty.wrap(in, "- ", "  ")
		if got := ty.String(); got != want && in != "" {
			t.Errorf("%q: %q", in, got)
		}
	}
}

func TestNotesOfSeveralLines(t *testing.T) {
	l := story(kwadrans.English)
	l.Booking.Note = "First line.\r\n\r\n" + strings.Repeat("word ", 20) + "\n-- \nLast."
	text := sheetOf(t, l).text()
	want := "Message:\n  First line.\n\n  " + strings.TrimSpace(strings.Repeat("word ", 14)) + "\n    " + strings.TrimSpace(strings.Repeat("word ", 6)) + "\n  --\n  Last.\n"
	if !strings.Contains(text, want) {
		t.Errorf("the text is\n%s", text)
	}
}
