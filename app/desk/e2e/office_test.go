//go:build e2e

package e2e

import (
	"context"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail/catcher"
	"kwadrans/internal/zoom/sandbox"
)

// office is the data of somebody who has used the program for a while, with a
// Zoom look-alike and a mail server of its own.
type office struct {
	t    testing.TB
	home string
	env  []string // points the program at the look-alike
	box  *house.Sandbox
	h    *house.House // while the office is being furnished
}

// newOffice makes a law office with topics and bookings, in a language.
func newOffice(t testing.TB, lang kwadrans.Lang) *office {
	t.Helper()
	o := &office{t: t, home: t.TempDir()}
	ctx := context.Background()
	var err error
	if o.box, err = house.StartSandbox(ctx, filepath.Join(t.TempDir(), "zoom"), "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = o.box.Close() })
	o.box.World.Consent(sandbox.Allow)
	o.box.World.SetUser("Hanna Ćwik", "h.cwik@cwik-wspolnicy.example", "Europe/Warsaw", 2)
	for k, v := range o.box.Env() {
		if k != "KWADRANS_DATA" {
			o.env = append(o.env, k+"="+v)
		}
	}
	o.open()
	defer o.close()
	o.settle(ctx, lang)
	o.must(second(o.h.Connect.Connect(ctx, kwadrans.Personal, connect.Options{Lang: lang})))
	o.must(o.h.Setup.SetMail(ctx, kwadrans.MailAccount{From: "h.cwik@cwik-wspolnicy.example", Host: "127.0.0.1", Port: o.box.Mail.Port(), TLS: kwadrans.TLSNone}))
	o.furnish(ctx)
	return o
}

// newPlainOffice is one without Zoom and mail, whose data needs no key: to turn a
// passphrase into a key takes memory and time on purpose.
func newPlainOffice(t testing.TB, lang kwadrans.Lang) *office {
	t.Helper()
	o := &office{t: t, home: t.TempDir(), box: &house.Sandbox{}}
	o.openWith(map[string]string{})
	defer o.close()
	ctx := context.Background()
	o.settle(ctx, lang)
	quarter := o.topic(ctx, "Kwadrans pytań", "teal", 15, kwadrans.PlacePhone, "+48 600 100 200")
	for i, day := range o.workdays(20) {
		o.book(ctx, quarter, day, 9+i%7, 15, "Zdzisława Śmigły-Rydz", "zdzislawa.smigly@interia.example")
	}
	return o
}

// settle says who the host is.
func (o *office) settle(ctx context.Context, lang kwadrans.Lang) {
	o.t.Helper()
	o.must(second(o.h.Setup.SetProfile(ctx, kwadrans.Profile{
		Name: "Hanna Ćwik", Email: "h.cwik@cwik-wspolnicy.example", Zone: "Europe/Warsaw", Lang: lang, Org: "Kancelaria Ćwik i Wspólnicy",
	})))
}

func second[T any](_ T, err error) error { return err }

func (o *office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// open opens the data file while no window does; the browser allows at once.
func (o *office) open() {
	o.t.Helper()
	o.openWith(o.box.Env())
}

func (o *office) openWith(more map[string]string) {
	o.t.Helper()
	env := map[string]string{"KWADRANS_SECRETS": "file", "KWADRANS_PASSPHRASE": "correct horse"}
	for k, v := range more {
		env[k] = v
	}
	visit := func(u string) error {
		go func() {
			if res, err := http.Get(u); err == nil {
				res.Body.Close()
			}
		}()
		return nil
	}
	h, err := house.Open(context.Background(), house.Config{Dir: filepath.Join(o.home, ".local/share/kwadrans"), Env: func(k string) string { return env[k] }, Open: visit})
	o.must(err)
	o.h = h
}

func (o *office) close() {
	o.t.Helper()
	o.must(o.h.Close())
	o.h = nil
}

// furnish adds topics, bookings that went out, one that a mail server refused.
func (o *office) furnish(ctx context.Context) {
	o.t.Helper()
	topic := func(name, colour string, minutes int, kind kwadrans.PlaceKind, detail string) string {
		return o.topic(ctx, name, colour, minutes, kind, detail)
	}
	intro := topic("Konsultacja wstępna", "green", 45, kwadrans.PlaceZoom, "")
	advice := topic("Porada prawna", "blue", 60, kwadrans.PlaceZoom, "")
	review := topic("Omówienie umowy", "amber", 30, kwadrans.PlaceZoom, "")
	quarter := topic("Kwadrans pytań", "teal", 15, kwadrans.PlacePhone, "+48 600 100 200")
	topic("Podpisanie dokumentów", "coral", 30, kwadrans.PlaceAddress, "ul. Długa 5, Poznań")

	days := o.workdays(4)
	o.book(ctx, intro, days[0], 9, 30, "Hanna Grzegorczyk", "h.grzegorczyk@poczta.example")
	o.book(ctx, review, days[0], 12, 0, "Dominik Wąsowski", "d.wasowski@interia.example")
	o.book(ctx, quarter, days[0], 13, 15, "Zdzisława Śmigły-Rydz", "zdzislawa.smigly@interia.example")
	o.book(ctx, advice, days[1], 15, 0, "Priya Raghunathan", "priya.raghunathan@northwind-legal-partners.example")
	o.book(ctx, intro, days[2], 16, 0, "Róża Ćmielowska", "roza.cmielowska@wp.example")
	o.must(o.h.Drain(ctx))
	housing := "zarzad@wspolnota-mieszkaniowa-nad-warta-w-sremie.example"
	o.box.Mail.Inject(catcher.Fault{At: catcher.AtRcpt, To: housing, Code: 550, Enhanced: [3]int{5, 1, 1}, Text: "mailbox unavailable"})
	o.book(ctx, advice, days[3], 9, 15, "Wspólnota Mieszkaniowa „Nad Wartą”, Śrem", housing)
	o.must(o.h.Drain(ctx))
}

func (o *office) topic(ctx context.Context, name, colour string, minutes int, kind kwadrans.PlaceKind, detail string) string {
	o.t.Helper()
	t := kwadrans.DefaultTopic(name, kwadrans.Duration(time.Duration(minutes)*time.Minute))
	t.Colour, t.Places = colour, []kwadrans.Place{{Kind: kind, Detail: detail}}
	t, err := o.h.Setup.AddTopic(ctx, t)
	o.must(err)
	return t.Slug
}

// workdays are the next days from Monday to Friday, in Warsaw, after today.
func (o *office) workdays(n int) (list []time.Time) {
	loc, err := time.LoadLocation("Europe/Warsaw")
	o.must(err)
	day := time.Now().In(loc)
	for len(list) < n {
		day = day.AddDate(0, 0, 1)
		if !slices.Contains([]time.Weekday{time.Saturday, time.Sunday}, day.Weekday()) {
			list = append(list, day)
		}
	}
	return list
}

func (o *office) book(ctx context.Context, topic string, day time.Time, hour, minute int, name, email string) {
	o.t.Helper()
	start := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
	a, err := o.h.Booking.Book(ctx, booking.Request{Topic: topic, Start: start, Attendees: []kwadrans.Attendee{{Name: name, Email: email}}})
	o.must(err)
	if !a.Booked {
		o.t.Fatalf("%s is not free: %+v", start, a.Conflicts)
	}
}
