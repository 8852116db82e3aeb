package mail

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// besidePage is the invitation while a page can be reached.
func besidePage(l kwadrans.Lang) kwadrans.Letter {
	s := story(l)
	s.ManageURL = "https://spotkania.cwik-wspolnicy.example/r/hT5vWq8zK2nXc7Lp"
	return s
}

// question asks a visitor of the page to confirm the address.
func question(l kwadrans.Lang) kwadrans.Letter {
	s := story(l)
	s.Kind, s.ManageURL = kwadrans.LetterConfirm, "https://spotkania.cwik-wspolnicy.example/c/Jk4mPz9sVt6bYq3D"
	b := &s.Booking
	b.TopicName = map[kwadrans.Lang]string{kwadrans.Polish: "Konsultacja wstępna", kwadrans.English: "Intro consultation"}[l]
	b.State, b.Zoom, b.Note = kwadrans.Held, nil, ""
	b.Start = hour("2026-11-27", 15*60+15)
	b.End = b.Start.Add(45 * time.Minute)
	return s
}

// The text twins are the design's, word for word (but for the code of the question,
// which there is not).
func TestPageLettersAreTheDesigns(t *testing.T) {
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		for name, letter := range map[string]kwadrans.Letter{"01b-invitation-page": besidePage(l), "08-confirm-address": question(l)} {
			e, err := composer().Compose(letter)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(filepath.Join("testdata", "page", name+"."+string(l)+".txt"))
			if err != nil {
				t.Fatal(err)
			}
			m := read(t, e.Bytes)
			if diff := lineDiff(string(unix(m.one(t, "text/plain").body)), string(want)); diff != "" {
				t.Errorf("%s.%s:\n%s", name, l, diff)
			}
			if html := string(m.one(t, "text/html").body); strings.Count(html, `href="`+letter.ManageURL+`"`) != 1 {
				t.Errorf("%s.%s: the page's link is not in the html once", name, l)
			}
		}
	}
}

// A question carries nothing for a calendar: nothing is booked.
func TestQuestionHasNoCalendarPart(t *testing.T) {
	e, err := composer().Compose(question(kwadrans.Polish))
	if err != nil {
		t.Fatal(err)
	}
	if s := string(e.Bytes); strings.Contains(s, "text/calendar") || strings.Contains(s, ".ics") {
		t.Error("the question has a calendar part")
	}
	if s := string(e.Bytes); !strings.Contains(s, "text/html") {
		t.Error("the question has no html")
	}
}

// Which address of the page a letter takes.
func TestPageLinks(t *testing.T) {
	for url, ok := range map[string]bool{
		"https://meet.example/r/abc": true, "http://127.0.0.1:8080/c/abc": true, "http://meet.example/r/abc": false, "http://127.0.0.1@evil.example/": false, "javascript:alert(1)": false,
		"https://meet.example/r/\"><b>": false, "https://u@meet.example/r/": false, "http://127.0.0.1.evil.example/": false,
	} {
		l := besidePage(kwadrans.English)
		l.ManageURL = url
		if _, err := composer().Compose(l); (err == nil) != ok {
			t.Errorf("%q: %v", url, err)
		}
	}
	l := question(kwadrans.English)
	l.ManageURL = ""
	if _, err := composer().Compose(l); kwadrans.CodeOf(err) != kwadrans.CodeWaiting {
		t.Errorf("a question without a page: %v", err)
	}
}

// What may not be changed is not offered, and the host needs no link.
func TestManageLinkByPolicy(t *testing.T) {
	for _, c := range []struct {
		policy kwadrans.ChangePolicy
		want   string
	}{
		{kwadrans.ChangePolicy{MayMove: true, MayCancel: true}, "Move or cancel:"}, {kwadrans.ChangePolicy{MayMove: true}, "Move:"}, {kwadrans.ChangePolicy{MayCancel: true}, "Cancel:"}, {kwadrans.ChangePolicy{}, ""},
	} {
		l := besidePage(kwadrans.English)
		l.Booking.Change = c.policy
		text := sheetOf(t, l).text()
		if has := strings.Contains(text, l.ManageURL); has != (c.want != "") || !strings.Contains(text, c.want) {
			t.Errorf("%+v:\n%s", c.policy, text)
		}
	}
	h := storyHost(kwadrans.English)
	h.ManageURL = "https://meet.example/r/abc"
	if strings.Contains(sheetOf(t, h).text(), "meet.example") {
		t.Error("the host's copy has a link for attendees")
	}
}
