package booking_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"kwadrans/internal/booking"
	"kwadrans/internal/busy"
	"kwadrans/internal/ical"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail"
	"kwadrans/internal/outbox"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
	"kwadrans/internal/zoom"
	"kwadrans/internal/zoom/sandbox"
)

// monday is where the clocks of the tests stand first: 9:00 in Warsaw.
var monday = time.Date(2026, 11, 23, 8, 0, 0, 0, time.UTC)

// clock stands until somebody moves it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time { c.mu.Lock(); defer c.mu.Unlock(); return c.at }

func (c *clock) pass(d time.Duration) { c.mu.Lock(); defer c.mu.Unlock(); c.at = c.at.Add(d) }

// failer is what a desk needs of a test.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// desk is the act over a real data file, with the sandbox's Zoom at the other
// end of a line that is no network, and a post that keeps what it is given.
type desk struct {
	failer
	*clock
	ctx    context.Context
	world  *sandbox.World
	line   *line
	store  *sqlite.Store
	s      *booking.Service
	o      *outbox.Outbox
	post   *post
	marker *marker
}

// open makes a desk with a profile, a mail account, two topics and Zoom connected.
func open(t *testing.T) *desk {
	t.Helper()
	c := &clock{at: monday}
	d := openAt(t, c.now)
	d.clock = c
	return d
}

func openAt(t *testing.T, now func() time.Time) *desk {
	t.Helper()
	s, err := sqlite.Open(t.Context(), fast(t), storetest.Sealer("booking"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	d := &desk{failer: t, ctx: context.WithoutCancel(t.Context()), store: s, post: &post{}, marker: &marker{key: "first"}}
	d.newWorld(now, 1)
	d.wire(now)
	d.setUp()
	return d
}

// fast is a directory of memory where there is one: the disk is not what is asked here.
func fast(t *testing.T) string {
	dir, err := os.MkdirTemp("/dev/shm", "kwadrans-test-")
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// newWorld puts a fresh Zoom at the other end of the line.
func (d *desk) newWorld(now func() time.Time, seed uint64) {
	d.world = sandbox.New(sandbox.Options{Seed: seed, Now: now})
	d.world.Turn(func(k *sandbox.Knobs) { k.AccessLife, k.DailyLimit = 10*365*24*time.Hour, 100_000 })
	d.line = &line{failer: d.failer, world: d.world}
	d.line.signIn()
}

func (d *desk) wire(now func() time.Time) {
	log := slog.New(slog.DiscardHandler)
	z := &zoom.Client{
		HTTP: &http.Client{Transport: here{d}}, Base: func() string { return "http://sandbox.invalid/v2" }, AnyHost: true, Now: now, Log: log,
	}
	install, err := d.store.InstallID(d.ctx)
	d.ok(err)
	d.s = &booking.Service{
		Store: d.store, Busy: &busy.Reader{Own: d.store, Zoom: z, Now: now}, Zoom: z, Connections: d.store, Marker: d.marker,
		Composer: &mail.Composer{Page: ical.Page, AnyHost: true}, Post: d.post, Pages: pages{}, Install: install,
		NewID: func() string { return uuid.Must(uuid.NewV7()).String() }, Now: now, Log: log,
	}
	d.o = &outbox.Outbox{
		Store: d.store, Now: now, Log: log,
		Targets: map[string]outbox.Target{"zoom": booking.MeetingTarget{Service: d.s}, "letter": booking.LetterTarget{Service: d.s}, "calendar": booking.EventTarget{Service: d.s}},
		Settle:  outbox.DefaultSettle, Lease: outbox.DefaultLease, Grace: outbox.DefaultGrace, First: outbox.DefaultFirst,
		Longest: outbox.DefaultLongest, Tries: outbox.DefaultTries, Poll: time.Hour, Workers: 1,
	}
}

// here is the line that the desk has now.
type here struct{ d *desk }

func (h here) RoundTrip(r *http.Request) (*http.Response, error) { return h.d.line.RoundTrip(r) }

var host = kwadrans.Profile{Name: "Ola Żak", Email: "ola@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish}

// connected is the host's connection.
var connected = kwadrans.Connection{
	Kind: kwadrans.Personal, State: kwadrans.Connected, Account: kwadrans.Account{AccountID: "firm", UserID: "ola", Email: host.Email},
}

func (d *desk) setUp() {
	d.Helper()
	d.ok(d.store.SaveProfile(d.ctx, host))
	d.ok(d.store.SaveMailAccount(d.ctx, kwadrans.MailAccount{From: host.Email, Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}))
	d.ok(d.store.SaveConnection(d.ctx, connected))
	always := kwadrans.Schedule{Name: "always", Zone: host.Zone, Exceptions: []kwadrans.Exception{}}
	for i := range always.Weekly {
		always.Weekly[i] = []kwadrans.Window{{From: 0, To: 1440}}
	}
	d.ok(d.store.SaveSchedule(d.ctx, always))
	d.ok(d.store.SaveSchedule(d.ctx, kwadrans.DefaultSchedule("default", host.Zone)))
	d.topic("zoom", "always", kwadrans.Place{Kind: kwadrans.PlaceZoom})
	d.topic("phone", "always", kwadrans.Place{Kind: kwadrans.PlacePhone, Detail: "+48 600 000 000"})
}

func (d *desk) topic(name, schedule string, p kwadrans.Place) kwadrans.Topic {
	d.Helper()
	t := kwadrans.DefaultTopic(name, kwadrans.Duration(30*time.Minute))
	t.Places, t.Schedule = []kwadrans.Place{p}, schedule
	d.ok(d.store.AddTopic(d.ctx, t, monday))
	return t
}

func (d *desk) ok(err error) {
	d.Helper()
	if err != nil {
		d.Fatalf("%v", err)
	}
}

func (d *desk) code(err error, want kwadrans.Code) {
	d.Helper()
	if err == nil || kwadrans.CodeOf(err) != want {
		d.Errorf("got %v, want the code %s", err, want)
	}
}

// people are attendees by their addresses.
func people(emails ...string) []kwadrans.Attendee {
	var list []kwadrans.Attendee
	for _, e := range emails {
		list = append(list, kwadrans.Attendee{Name: "Żółta Gęś", Email: e})
	}
	return list
}

// book books so long after monday, and must succeed.
func (d *desk) book(topic string, after time.Duration, emails ...string) kwadrans.Booking {
	d.Helper()
	if len(emails) == 0 {
		emails = []string{"anna@example.com"}
	}
	return d.booked(booking.Request{Topic: topic, Start: monday.Add(after), Attendees: people(emails...)})
}

func (d *desk) booked(r booking.Request) kwadrans.Booking {
	d.Helper()
	a, err := d.s.Book(d.ctx, r)
	d.ok(err)
	if !a.Booked {
		d.Fatalf("not booked: %+v", a.Conflicts)
	}
	return a.Booking
}

func (d *desk) cancel(b kwadrans.Booking, hold ...time.Duration) {
	d.Helper()
	_, err := d.s.Cancel(d.ctx, b.ID, "choroba", slices.Max(append(hold, 0)))
	d.ok(err)
}

// due does everything that is due at this moment.
func (d *desk) due() { d.Helper(); d.ok(d.o.Drain(d.ctx, 0)) }

// settle lets time go by until nothing comes due any more.
func (d *desk) settle() {
	d.Helper()
	for range 500 {
		d.due()
		next, any, err := d.store.NextDue(d.ctx, d.now())
		d.ok(err)
		if !any || next.Year() > 9000 {
			return
		}
		d.pass(max(next.Sub(d.now()), 0))
	}
	d.Fatalf("it does not come to rest")
}

func (d *desk) get(b kwadrans.Booking) kwadrans.Booking {
	d.Helper()
	now, err := d.store.Booking(d.ctx, b.ID)
	d.ok(err)
	return now
}

func (d *desk) step(b kwadrans.Booking, target string) kwadrans.Step {
	d.Helper()
	list, err := d.store.Steps(d.ctx, b.ID)
	d.ok(err)
	for _, st := range list {
		if st.Target == target {
			return st
		}
	}
	d.Fatalf("no step %s", target)
	return kwadrans.Step{}
}

// live returns the ids of the meetings that exist and that we made.
func (d *desk) live() (ids []int64) {
	for _, m := range d.world.Meetings() {
		if m.ByAPI {
			ids = append(ids, m.ID)
		}
	}
	return ids
}

func (d *desk) lives(want ...int64) {
	d.Helper()
	if got := d.live(); fmt.Sprint(got) != fmt.Sprint(want) {
		d.Errorf("meetings %v live, want %v", got, want)
	}
}

// posts counts the calls that a rule names.
func (d *desk) calls(rule string) (n int) {
	for _, e := range d.world.Journal() {
		if e.Rule == rule {
			n++
		}
	}
	return n
}

const (
	ruleCreate = "POST /users/{userId}/meetings"
	ruleList   = "GET /users/{userId}/meetings"
	ruleGet    = "GET /meetings/{meetingId}"
	ruleDelete = "DELETE /meetings/{meetingId}"
	ruleUpdate = "PATCH /meetings/{meetingId}"
)

// pages writes for calendars.
type pages struct{}

func (pages) Entry(b kwadrans.Booking, p kwadrans.Profile, found []byte) ([]byte, error) {
	return ical.Entry(b, p, found)
}

func (pages) EntryKey(page []byte) string { return ical.EntryKey(page) }

// marker signs with a key that may change or be locked.
type marker struct {
	key    string
	locked bool
}

func (m *marker) MAC(_ context.Context, data []byte) ([]byte, error) {
	if m.locked {
		return nil, kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: locked")
	}
	h := hmac.New(sha256.New, []byte(m.key))
	h.Write(data)
	return h.Sum(nil), nil
}

// post keeps the letters that it is given, unless fault says otherwise. A kept
// letter with a fault is one of which the answer was lost.
type post struct {
	mu    sync.Mutex
	sent  []kwadrans.Envelope
	fault func(e kwadrans.Envelope) (keep bool, err error)
}

func (p *post) Send(_ context.Context, _ kwadrans.MailAccount, e kwadrans.Envelope) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	keep, err := true, error(nil)
	if p.fault != nil {
		keep, err = p.fault(e)
	}
	if keep {
		p.sent = append(p.sent, e)
	}
	return err
}
