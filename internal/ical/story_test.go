package ical

import (
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

const joinURL = "https://us06web.zoom.us/j/87255180342?pwd=Qm7xKd2LrT9vWc4HnE8sYb1Z.1"

// The people of the letters' examples.
var (
	hanna = kwadrans.Host{ID: kwadrans.Me, Name: "Hanna Ćwik", Email: "hanna.cwik@cwik-wspolnicy.example"}
	priya = kwadrans.Attendee{
		Name: "Priya Raghunathan", Email: "priya.raghunathan@raghunathan-books.example",
		Zone: "America/New_York", Lang: kwadrans.English, Answer: kwadrans.NoAnswer,
	}
	bartek = kwadrans.Attendee{
		Name: "Bartłomiej Chrząszczewski", Email: "bartlomiej.chrzaszczewski@spoldzielnia-mleczarska-szczekociny.example",
		Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Answer: kwadrans.NoAnswer,
	}
	profile = kwadrans.Profile{
		Name: hanna.Name, Email: hanna.Email, Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Org: "Kancelaria Ćwik i Wspólnicy",
	}
)

func utc(s string) time.Time {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.UTC()
}

// booked is the booking of the examples.
func booked() kwadrans.Booking {
	b := kwadrans.Booking{
		ID: "01a2084a-6f3b-7c11-9d2e-3b1f5a7c9e01", UID: "01a2084a-6f3b-7c11-9d2e-3b1f5a7c9e01@kwadrans",
		Topic: "porada-prawna", TopicName: "Porada prawna", Host: hanna,
		Place: kwadrans.Place{Kind: kwadrans.PlaceZoom},
		Note:  "Umowa licencyjna, aneks nr 2. Proszę o uwagi do § 4.",
		State: kwadrans.Confirmed, Rev: 1, Attendees: []kwadrans.Attendee{priya, bartek},
		Zoom: &kwadrans.ZoomMeeting{
			ID: 87255180342, JoinURL: joinURL, Passcode: "418207", HostMail: hanna.Email,
		},
		Created: utc("2026-11-23T08:30:00Z"), Updated: utc("2026-11-23T08:30:00Z"),
	}
	return at(b, "2026-11-27T14:15:00Z", time.Hour)
}

// at gives a booking another time.
func at(b kwadrans.Booking, start string, length time.Duration) kwadrans.Booking {
	b.Start = utc(start)
	b.End = b.Start.Add(length)
	var err error
	if b.Wall, err = kwadrans.WallOf(b.Start, "Europe/Warsaw"); err != nil {
		panic(err)
	}
	return b
}

// letter is the invitation to an attendee.
func letter(to kwadrans.Attendee) kwadrans.Letter {
	return kwadrans.Letter{
		Kind: kwadrans.LetterInvitation, Booking: booked(), To: to, From: "kalendarz@cwik-wspolnicy.example",
		Org: profile.Org, Stamp: utc("2026-11-23T08:31:07Z"), Short: "01a2084a", MessageID: "x@cwik-wspolnicy.example",
	}
}

// hostCopy is the letter to the host.
func hostCopy() kwadrans.Letter {
	l := letter(kwadrans.Attendee{Name: hanna.Name, Email: hanna.Email, Zone: profile.Zone, Lang: profile.Lang})
	l.Kind, l.ToHost = kwadrans.LetterHost, true
	return l
}

// off turns a letter into its cancellation.
func off(l kwadrans.Letter) kwadrans.Letter {
	l.Kind, l.Sequence = kwadrans.LetterCancelled, 2
	l.Stamp = utc("2026-11-25T10:00:00Z")
	l.Booking.State, l.Booking.Rev = kwadrans.Cancelled, 3
	l.Booking.Reason = "Sąd wyznaczył rozprawę na ten sam dzień. Przepraszam za kłopot."
	return l
}

// moved turns a letter into the news of another time.
func moved(l kwadrans.Letter) kwadrans.Letter {
	l.OldStart = l.Booking.Start
	l.Booking = at(l.Booking, "2026-12-01T15:00:00Z", time.Hour)
	l.Kind, l.Sequence, l.Stamp = kwadrans.LetterMoved, 1, utc("2026-11-24T09:00:00Z")
	l.Booking.Rev = 2
	l.To.Answer = kwadrans.Accepted
	return l
}

func with(l kwadrans.Letter, change func(*kwadrans.Letter)) kwadrans.Letter {
	change(&l)
	return l
}

func inPlace(l kwadrans.Letter, kind kwadrans.PlaceKind, detail string) kwadrans.Letter {
	l.Booking.Place, l.Booking.Zoom = kwadrans.Place{Kind: kind, Detail: detail}, nil
	return l
}

func timed(l kwadrans.Letter, start string) kwadrans.Letter {
	l.Booking = at(l.Booking, start, 90*time.Minute)
	return l
}

func withNames(l kwadrans.Letter, host, guest string) kwadrans.Letter {
	l.Booking.Host.Name, l.To.Name = host, guest
	return l
}

// pages are the golden pages by name.
func pages(t *testing.T) map[string][]byte {
	t.Helper()
	long := strings.TrimSpace(strings.Repeat("Brzęczyszczykiewicz-Żółć ", 8))
	all := map[string]kwadrans.Letter{
		"invitation.en": letter(priya),
		"invitation.pl": letter(bartek),
		"managed.en":    with(letter(priya), func(l *kwadrans.Letter) { l.ManageURL = "https://meet.example/r/secret" }),
		"managed.pl":    with(letter(bartek), func(l *kwadrans.Letter) { l.ManageURL = "https://meet.example/r/secret" }),
		"host.pl":       hostCopy(),
		"host.en":       with(hostCopy(), func(l *kwadrans.Letter) { l.To.Lang = kwadrans.English }),
		"moved.en":      moved(letter(priya)),
		"moved.pl":      moved(letter(bartek)),
		"moved-host.pl": with(moved(hostCopy()), func(l *kwadrans.Letter) { l.Kind = kwadrans.LetterHost }),
		"cancelled.en":  off(letter(priya)),
		"cancelled.pl":  off(letter(bartek)),
		"cancelled-host.pl": with(off(hostCopy()), func(l *kwadrans.Letter) {
			l.Booking.Zoom = nil
		}),
		"answered.en":          with(letter(priya), func(l *kwadrans.Letter) { l.To.Answer, l.Sequence = kwadrans.Accepted, 1 }),
		"phone.pl":             inPlace(letter(bartek), kwadrans.PlacePhone, "+48 600 000 000"),
		"address.pl":           inPlace(letter(bartek), kwadrans.PlaceAddress, "ul. Długa 5; lok. 3, 00-238 Warszawa"),
		"address-cancelled.pl": off(inPlace(letter(bartek), kwadrans.PlaceAddress, "ul. Długa 5; lok. 3, 00-238 Warszawa")),
		"link.en":              inPlace(letter(priya), kwadrans.PlaceLink, "https://meet.example/pokój-3?a=1,2;b=3"),
		"names.quotes":         withNames(letter(priya), `Hanna "Hania" Ćwik`, `Priya "the \"^n" Raghunathan`),
		"names.marks":          withNames(letter(priya), `Ćwik, Hanna; mec. prawo:podatki`, `Raghunathan, Priya; LLC: books^2 = x`),
		"names.emoji":          withNames(letter(priya), "Hanna 👩‍⚖️ Ćwik", "Priya 📚📖 Raghunathan 🇮🇳"),
		"names.breaks":         withNames(letter(priya), "Hanna\r\nX-INJECTED:1\r\nĆwik", "Priya\nATTENDEE:mailto:eve@evil.example\r\n\x00\x07Raghunathan"),
		"names.long":           withNames(letter(bartek), long, long),
		"names.rtl":            withNames(letter(priya), "Hanna \u202Ekiw\u0106\u202C \u2066x\u2069", "\u200Fپریا راگوناتان\u200E"),
		"names.none":           withNames(letter(priya), "", " \u202E "),
		"text.marks": with(letter(priya), func(l *kwadrans.Letter) {
			l.Booking.TopicName = "Legal advice, part 2; costs\\fees\r\nBEGIN:VALARM"
			l.Booking.Note = "Back\\slash, comma; semicolon: colon \"quote\" ^caret\r\n\r\n  second\tline\rthird\x00\x1b[31m\r\nEND:VEVENT"
		}),
		"dst-before.en":  timed(letter(priya), "2026-10-24T13:00:00Z"), // both in summer time
		"dst-between.en": timed(letter(priya), "2026-10-28T14:00:00Z"), // Warsaw has changed, New York has not
		"dst-after.en":   timed(letter(priya), "2026-11-02T14:00:00Z"),
		"dst-twice.pl":   timed(letter(bartek), "2026-10-25T00:30:00Z"), // 2:30 in Warsaw, for the first time
		"dst-spring.en":  timed(letter(priya), "2027-03-16T13:00:00Z"),  // New York has changed, Warsaw has not
		"midnight.en":    timed(letter(priya), "2026-12-01T23:30:00Z"),  // another day in Warsaw
		"group.host": with(hostCopy(), func(l *kwadrans.Letter) {
			for _, n := range []string{"Ala", "Ola", ""} {
				l.Booking.Attendees = append(l.Booking.Attendees, kwadrans.Attendee{Name: n, Email: strings.ToLower(n) + "x@example.com", Zone: "America/New_York"})
			}
		}),
		"address.idn": with(letter(priya), func(l *kwadrans.Letter) { l.To.Email = "zażółć+a%b@żółw.example" }),
	}
	out := map[string][]byte{}
	for name, l := range all {
		out[name] = must(t, name)(Page(l))
	}
	exports(t, out)
	return out
}

// exports adds the files for calendars.
func exports(t *testing.T, out map[string][]byte) {
	t.Helper()
	stamp := utc("2026-11-24T12:00:00Z")
	gone, held, phone := off(hostCopy()).Booking, at(booked(), "2026-12-03T08:00:00Z", time.Hour), inPlace(hostCopy(), kwadrans.PlacePhone, "Hanna dzwoni").Booking
	gone.UID, held.UID, phone.UID = "2@kwadrans", "3@kwadrans", "4@kwadrans"
	held.State, held.Zoom = kwadrans.Held, nil
	out["export-one"] = must(t, "export-one")(Export([]kwadrans.Booking{booked()}, profile, stamp))
	out["export-range"] = must(t, "export-range")(Export([]kwadrans.Booking{held, booked(), gone, phone}, profile, stamp))
	out["export-empty"] = must(t, "export-empty")(Export(nil, profile, stamp))
	out["draft.en"] = must(t, "draft.en")(Copy(letter(priya)))
	out["draft-cancelled.en"] = must(t, "draft-cancelled.en")(Copy(off(letter(priya))))
}

func must(t *testing.T, name string) func([]byte, error) []byte {
	return func(b []byte, err error) []byte {
		t.Helper()
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		return b
	}
}
