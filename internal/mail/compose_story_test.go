package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// The story of the design's letters: Hanna Ćwik in Warsaw meets Priya
// Raghunathan in New York.

const storyLink = "https://us06web.zoom.us/j/87255180342?pwd=Qm7xKd2LrT9vWc4HnE8sYb1Z.1"

var stamp = time.Date(2026, 11, 23, 11, 4, 0, 0, time.UTC)

// storyWords are the words of the story that the design has in each language.
var storyWords = map[kwadrans.Lang]map[string]string{
	kwadrans.Polish: {
		"topic": "Porada prawna", "note": "Umowa licencyjna, aneks nr 2. Proszę o uwagi do § 4.",
		"moved": "Rozprawa w piątek trwa dłużej.", "cancelled": "Sąd wyznaczył rozprawę na ten sam dzień. Przepraszam za kłopot.",
	},
	kwadrans.English: {
		"topic": "Legal advice", "note": "Licence agreement, annex 2. Please send comments on § 4.",
		"moved": "Friday’s court hearing runs longer.", "cancelled": "The court has set a hearing for the same day. I am sorry for the trouble.",
	},
}

func composer() *Composer { return &Composer{Page: fakePage} }

// fakePage stands in for ical.Page: what the tests of this room need of it.
func fakePage(l kwadrans.Letter) ([]byte, error) {
	url := l.Booking.Place.Detail
	if l.Booking.Zoom != nil {
		url = l.Booking.Zoom.JoinURL
	}
	list := []string{"BEGIN:VCALENDAR", "PRODID:-//Kwadrans//test//EN", "VERSION:2.0", "METHOD:" + method(l), "BEGIN:VEVENT",
		"UID:" + l.Booking.UID, fmt.Sprintf("SEQUENCE:%d", l.Sequence), "DTSTAMP:" + l.Stamp.UTC().Format("20060102T150405Z"),
		"DTSTART:" + l.Booking.Start.UTC().Format("20060102T150405Z"), "DTEND:" + l.Booking.End.UTC().Format("20060102T150405Z")}
	if l.Kind != kwadrans.LetterCancelled {
		list = append(list, "URL:"+kwadrans.CleanLine(url))
	}
	if !l.ToHost {
		list = append(list, "ORGANIZER;CN=host:mailto:"+l.From, "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE", " ;CN=guest:mailto:"+l.To.Email)
	}
	list = append(list, "END:VEVENT", "END:VCALENDAR", "")
	return []byte(strings.Join(list, "\r\n")), nil
}

func hour(date string, minutes int) time.Time {
	t, err := time.Parse("2006-01-02", date)
	if err != nil {
		panic(err)
	}
	return t.Add(time.Duration(minutes) * time.Minute)
}

// story returns the invitation to Priya.
func story(l kwadrans.Lang) kwadrans.Letter {
	priya := kwadrans.Attendee{Name: "Priya Raghunathan", Email: "priya.raghunathan@raghunathan-books.example", Zone: "America/New_York", Lang: l}
	bartek := kwadrans.Attendee{Name: "Bartłomiej Chrząszczewski", Email: "bartlomiej.chrzaszczewski@spoldzielnia-mleczarska-szczekociny.example", Zone: "Europe/Warsaw", Lang: l}
	start := hour("2026-11-27", 14*60+15)
	return kwadrans.Letter{
		Kind: kwadrans.LetterInvitation,
		Booking: kwadrans.Booking{
			ID: "01a2084a-7b1c-7d00-8000-000000000001", UID: "01a2084a-7b1c-7d00-8000-000000000001@kwadrans",
			TopicName: storyWords[l]["topic"], Host: kwadrans.Host{ID: kwadrans.Me, Name: "Hanna Ćwik", Email: "hanna.cwik@cwik-wspolnicy.example"},
			Wall:  kwadrans.Wall{Date: kwadrans.DateOf(start), Minutes: 15*60 + 15, Zone: "Europe/Warsaw"},
			Start: start, End: start.Add(time.Hour), Place: kwadrans.Place{Kind: kwadrans.PlaceZoom},
			Change: kwadrans.DefaultTopic("x", 0).Change, Note: storyWords[l]["note"], Rev: 1, Created: stamp,
			Attendees: []kwadrans.Attendee{priya, bartek},
			Zoom:      &kwadrans.ZoomMeeting{ID: 87255180342, JoinURL: storyLink, Passcode: "418 207", HostMail: "hanna.cwik@cwik-wspolnicy.example"},
		},
		To: priya, From: "hanna.cwik@cwik-wspolnicy.example", Org: "Kancelaria Ćwik i Wspólnicy", Stamp: stamp, Short: "01a2084a",
		MessageID: "01a2084a-7b1c-7d00-8000-000000000001.0.5d3f2a10@cwik-wspolnicy.example",
	}
}

func storyHost(l kwadrans.Lang) kwadrans.Letter {
	s := story(l)
	s.Kind, s.ToHost = kwadrans.LetterHost, true
	s.To = kwadrans.Attendee{Name: "Hanna Ćwik", Email: "hanna.cwik@cwik-wspolnicy.example", Zone: "Europe/Warsaw", Lang: l}
	return s
}

func revised(s kwadrans.Letter, kind kwadrans.LetterKind, reason string) kwadrans.Letter {
	s.Kind, s.OldStart, s.Sequence, s.Booking.Reason = kind, s.Booking.Start, 1, reason
	s.InReplyTo = s.MessageID
	s.MessageID = strings.Replace(s.MessageID, ".0.", ".1.", 1)
	s.Booking.Start = hour("2026-12-01", 15*60)
	s.Booking.End = s.Booking.Start.Add(time.Hour)
	return s
}

func storyMoved(l kwadrans.Lang) kwadrans.Letter {
	return revised(story(l), kwadrans.LetterMoved, storyWords[l]["moved"])
}

func storyCancelled(l kwadrans.Lang) kwadrans.Letter {
	return revised(story(l), kwadrans.LetterCancelled, storyWords[l]["cancelled"])
}

func storyTrial(l kwadrans.Lang) Trial {
	return Trial{From: "hanna.cwik@cwik-wspolnicy.example", To: "hanna.cwik@cwik-wspolnicy.example", Server: "smtp.cwik-wspolnicy.example",
		Port: 587, TLS: kwadrans.TLSStart, Lang: l, Zone: "Europe/Warsaw", At: stamp}
}

// at changes the place of a letter.
func at(s kwadrans.Letter, kind kwadrans.PlaceKind, detail string) kwadrans.Letter {
	s.Booking.Place, s.Booking.Zoom = kwadrans.Place{Kind: kind, Detail: detail}, nil
	return s
}

// letters are all that this room can write, by name.
func letters(t *testing.T) map[string]kwadrans.Envelope {
	t.Helper()
	c := composer()
	list := map[string]kwadrans.Envelope{}
	add := func(name string, e kwadrans.Envelope, err error) {
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		list[name] = e
	}
	compose := func(name string, l kwadrans.Letter) {
		e, err := c.Compose(l)
		add(name, e, err)
	}
	draft := func(name string, l kwadrans.Letter) {
		e, err := c.Draft(l)
		add(name, e, err)
	}
	for _, l := range []kwadrans.Lang{kwadrans.Polish, kwadrans.English} {
		end := "." + string(l)
		compose("01-invitation"+end, story(l))
		compose("02-invitation-host"+end, storyHost(l))
		compose("03-moved"+end, storyMoved(l))
		compose("03-moved-host"+end, revised(storyHost(l), kwadrans.LetterMoved, storyWords[l]["moved"]))
		compose("04-cancelled"+end, storyCancelled(l))
		compose("04-cancelled-host"+end, revised(storyHost(l), kwadrans.LetterCancelled, storyWords[l]["cancelled"]))
		e, err := c.Trial(storyTrial(l))
		add("10-test-letter"+end, e, err)
		compose("phone"+end, at(story(l), kwadrans.PlacePhone, "+48 600 000 000"))
		compose("phone-moved"+end, at(storyMoved(l), kwadrans.PlacePhone, "+48 600 000 000"))
		compose("address"+end, at(story(l), kwadrans.PlaceAddress, "ul. Świętojańska 5/7, 00-001 Warszawa"))
		compose("address-host"+end, at(storyHost(l), kwadrans.PlaceAddress, "ul. Świętojańska 5/7, 00-001 Warszawa"))
		compose("link"+end, at(story(l), kwadrans.PlaceLink, "https://meet.cwik-wspolnicy.example/porada?a=1&b=2"))
		compose("link-cancelled"+end, at(storyCancelled(l), kwadrans.PlaceLink, "https://meet.cwik-wspolnicy.example/porada?a=1&b=2"))
		draft("draft"+end, story(l))
		draft("draft-moved"+end, storyMoved(l))
		draft("draft-cancelled"+end, storyCancelled(l))
		draft("draft-host"+end, storyHost(l))
	}
	return list
}
