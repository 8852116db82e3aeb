package booking_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// to returns the letters to an address, oldest first.
func (p *post) to(email string) (list []kwadrans.Envelope) {
	for _, e := range p.sent {
		if strings.EqualFold(e.To, email) {
			list = append(list, e)
		}
	}
	return list
}

var lost = &kwadrans.Fault{Outcome: kwadrans.MaybeExecuted, Code: kwadrans.CodeOffline}

func TestWhoNeverGotAnInvitationGetsNoCancellation(t *testing.T) {
	for name, c := range map[string]struct {
		fault *kwadrans.Fault
		keep  bool
		want  string
	}{
		"refused":  {&kwadrans.Fault{Code: kwadrans.CodeMailRefused, Permanent: true}, false, ""},
		"lost":     {lost, false, "CANCEL"},
		"arrived":  {lost, true, "REQUEST CANCEL"},
		"sent":     {nil, true, "REQUEST CANCEL"},
		"not sent": {&kwadrans.Fault{Code: kwadrans.CodeMailLater}, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			d := open(t)
			d.post.fault = func(kwadrans.Envelope) (bool, error) {
				if c.fault == nil {
					return c.keep, nil
				}
				return c.keep, c.fault
			}
			b := d.book("phone", 24*time.Hour)
			d.due()
			d.post.fault = nil
			d.cancel(b)
			d.settle()
			var got []string
			for _, e := range d.post.to("anna@example.com") {
				got = append(got, value(e, "METHOD"))
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestAResendIsTheSameLetter(t *testing.T) {
	d := open(t)
	failures := 3
	d.post.fault = func(kwadrans.Envelope) (bool, error) {
		if failures--; failures >= 0 {
			return true, lost
		}
		return true, nil
	}
	b := d.book("zoom", 24*time.Hour)
	d.due()
	p := host // what changes meanwhile is of no matter to a letter that is written
	p.Name, p.Org, p.Lang, p.Zone = "Somebody Else", "Org", kwadrans.English, "Asia/Tokyo"
	d.ok(d.store.SaveProfile(d.ctx, p))
	topic, err := d.store.Topic(d.ctx, "zoom")
	d.ok(err)
	topic.Name = "Renamed"
	d.ok(d.store.SaveTopic(d.ctx, topic))
	d.settle()
	for _, email := range []string{"anna@example.com", host.Email} {
		list := d.post.to(email)
		for _, e := range list {
			if !bytes.Equal(e.Bytes, list[0].Bytes) || e.MessageID != list[0].MessageID {
				t.Errorf("%s got two different letters", email)
			}
		}
	}
	if len(d.post.sent) != 5 || !d.step(b, "letter:anna@example.com").Done() {
		t.Errorf("%d letters", len(d.post.sent))
	}
}

// page returns the calendar page that is attached to a letter, unfolded.
func page(e kwadrans.Envelope) string {
	const begin = "QkVHSU46VkNBTEVOREFS" // BEGIN:VCALENDAR in base64
	_, rest, _ := strings.Cut(string(e.Bytes), begin)
	text, _, _ := strings.Cut(rest, "\r\n--")
	b, err := base64.StdEncoding.DecodeString(begin + strings.ReplaceAll(text, "\r\n", ""))
	if err != nil {
		return err.Error()
	}
	return strings.ReplaceAll(string(b), "\r\n ", "")
}

// value reads a property of the calendar page in a letter.
func value(e kwadrans.Envelope, name string) string {
	_, rest, _ := strings.Cut(page(e), "\n"+name+":")
	line, _, _ := strings.Cut(rest, "\r\n")
	return line
}

func TestStampAndSequenceGrow(t *testing.T) {
	d := open(t)
	b := d.book("phone", 24*time.Hour)
	d.settle()
	d.cancel(b) // in the same second
	d.settle()
	for _, email := range []string{"anna@example.com", host.Email} {
		list := d.post.to(email)
		if len(list) != 2 {
			t.Fatalf("%d letters to %s", len(list), email)
		}
		if a, b := value(list[0], "DTSTAMP"), value(list[1], "DTSTAMP"); a == "" || a >= b {
			t.Errorf("DTSTAMP %q, then %q", a, b)
		}
		if a, b := value(list[0], "SEQUENCE"), value(list[1], "SEQUENCE"); a != "0" || b != "1" {
			t.Errorf("SEQUENCE %q, then %q", a, b)
		}
		if list[0].MessageID == list[1].MessageID || value(list[0], "UID") != value(list[1], "UID") {
			t.Error("ids")
		}
	}
}

// Letters tell what was booked, whatever became of topic and schedule; the host's
// copy goes to the address of the booking, as the host reads now.
func TestLettersTellWhatWasBooked(t *testing.T) {
	d := open(t)
	b := d.book("phone", 24*time.Hour)
	d.settle()
	topic, err := d.store.Topic(d.ctx, "phone")
	d.ok(err)
	topic.Name, topic.Places, topic.Duration = "Renamed", []kwadrans.Place{{Kind: kwadrans.PlaceAddress, Detail: "Elsewhere"}}, kwadrans.Duration(time.Hour)
	d.ok(d.store.SaveTopic(d.ctx, topic))
	d.ok(d.store.RemoveTopic(d.ctx, "phone"))
	p := host
	p.Email, p.Lang = "new@example.com", kwadrans.English
	d.ok(d.store.SaveProfile(d.ctx, p))
	d.cancel(b)
	d.settle()
	list := d.post.to(host.Email)
	if len(list) != 2 || len(d.post.to("new@example.com")) != 0 {
		t.Fatalf("%d letters to the old address", len(list))
	}
	last := string(list[1].Bytes)
	if strings.Contains(last, "Renamed") || strings.Contains(last, "Elsewhere") || value(list[1], "SUMMARY") == "" || value(list[0], "DTEND") != value(list[1], "DTEND") {
		t.Errorf("%s", page(list[1]))
	}
	if !strings.Contains(last, "Content-Language: en") && !strings.Contains(last, `lang=3D"en"`) {
		t.Error("the host's language of today is not used")
	}
}

func TestNoLetterWithoutItsLink(t *testing.T) {
	d := open(t)
	d.line.down = &kwadrans.Fault{Code: kwadrans.CodeOffline}
	b := d.booked(booking.Request{Topic: "zoom", Start: monday.Add(24 * time.Hour), Attendees: people("anna@example.com"), Over: "offline"})
	for range 30 {
		d.pass(time.Hour)
		d.due()
	}
	_, list, err := d.s.Letters(d.ctx, b.ID)
	d.ok(err)
	for _, p := range list {
		if p.Bytes != nil || p.Code != kwadrans.CodeWaiting {
			t.Errorf("%+v", p)
		}
	}
	if len(list) != 2 || len(d.post.sent) != 0 {
		t.Errorf("%d previews, %d letters", len(list), len(d.post.sent))
	}
}

// Without a mail account the letters are drafts; with the account they go.
func TestDrafts(t *testing.T) {
	d := open(t)
	set := false
	d.s.Store = accounts{d.store, func() bool { return set }}
	b := d.book("zoom", 24*time.Hour)
	d.settle()
	_, list, err := d.s.Letters(d.ctx, b.ID)
	d.ok(err)
	link := d.world.Meetings()[0].JoinURL
	for _, p := range list {
		text := strings.ReplaceAll(strings.ReplaceAll(string(p.Bytes), "=\r\n", ""), "=3D", "=")
		if !strings.Contains(text, "X-Unsent: 1") || !strings.Contains(text, link) || strings.Contains(text, "Message-ID") {
			t.Errorf("%s", text)
		}
	}
	if len(list) != 2 || len(d.post.sent) != 0 {
		t.Fatalf("%d drafts, %d sent", len(list), len(d.post.sent))
	}
	set = true
	d.ok(d.store.SaveMailAccount(d.ctx, kwadrans.MailAccount{From: host.Email, Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}))
	d.settle()
	if len(d.post.sent) != 2 {
		t.Errorf("%d sent with the account", len(d.post.sent))
	}
}

// accounts is the data file before a mail account is set up.
type accounts struct {
	booking.Store
	set func() bool
}

func (a accounts) MailAccount(ctx context.Context) (kwadrans.MailAccount, bool, error) {
	if !a.set() {
		return kwadrans.MailAccount{}, false, nil
	}
	return a.Store.MailAccount(ctx)
}

func (a accounts) MailAccountWithPassword(ctx context.Context) (kwadrans.MailAccount, bool, error) {
	if !a.set() {
		return kwadrans.MailAccount{}, false, nil
	}
	return a.Store.MailAccountWithPassword(ctx)
}

func TestCancelledDraftsOfNobody(t *testing.T) {
	d := open(t)
	d.line.down = &kwadrans.Fault{Code: kwadrans.CodeOffline}
	b := d.booked(booking.Request{Topic: "zoom", Start: monday.Add(24 * time.Hour), Attendees: people("anna@example.com"), Over: "offline"})
	d.due()
	d.cancel(b)
	d.settle()
	if _, list, err := d.s.Letters(d.ctx, b.ID); err != nil || len(list) != 0 {
		t.Errorf("cancellations are shown that nobody gets: %d %v", len(list), err)
	}
}

// A sender whose domain is not ASCII has a usable Message-ID all the same.
func TestBugALetterFromAnotherAlphabetWasNeverSent(t *testing.T) {
	d := open(t)
	d.ok(d.store.SaveMailAccount(d.ctx, kwadrans.MailAccount{From: "ola@żółw.example", Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}))
	b := d.book("phone", 24*time.Hour)
	d.due()
	for _, target := range []string{"letter:anna@example.com", "letter:" + host.Email} {
		if st := d.step(b, target); !st.Done() {
			t.Errorf("%s: %s %s", target, st.Code, st.Words)
		}
	}
}
