package desk

import (
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// fixture is a desk over a real data file, as the window has it.
type fixture struct {
	t       *testing.T
	desk    *Desk
	shell   *Shell
	events  chan event
	browser chan string
	saves   string     // what the file dialog answers
	kinds   []FileKind // what it offered
	raised  chan struct{}
	shown   string // in the file manager
	clip    string
}

type event struct {
	name string
	data any
}

func newFixture(t *testing.T) *fixture {
	t.Helper()
	f := &fixture{t: t, desk: New(), events: make(chan event, 1000), browser: make(chan string, 10), raised: make(chan struct{}, 100)}
	dir := t.TempDir()
	env := map[string]string{"KWADRANS_SECRETS": "file", "KWADRANS_PASSPHRASE": "correct horse", "LANG": "en_GB.UTF-8"}
	getenv := func(name string) string { return env[name] }
	d := f.desk
	d.Dir, d.Env = dir, getenv
	d.Browser = func(u string) error { f.browser <- u; return nil }
	d.Reveal = func(path string) error { f.shown = filepath.Dir(path); return nil }
	d.Emit = func(name string, data any) { f.events <- event{name, data} }
	d.Raise = func() bool { f.raised <- struct{}{}; return true }
	d.Notify = func(string, string) {}
	d.Clipboard = func(s string) error { f.clip = s; return nil }
	d.Dialogs = dialogs{f}
	d.Open = func(ctx context.Context) (*house.House, error) {
		return house.Open(ctx, house.Config{Dir: dir, Env: getenv, Open: d.Browser, Passphrase: d.Passphrase})
	}
	d.Restore = func(ctx context.Context, backup string) (string, error) {
		return house.Restore(ctx, house.Config{Dir: dir, Env: getenv}, backup)
	}
	d.Start(context.Background())
	t.Cleanup(func() {
		if err := d.Stop(); err != nil {
			t.Error(err)
		}
	})
	f.shell = &Shell{d}
	return f
}

type dialogs struct{ f *fixture }

func (d dialogs) Save(string, string) (string, error) { return d.f.saves, nil }
func (d dialogs) OpenFile(_ string, kinds ...FileKind) (string, error) {
	d.f.kinds = kinds
	return d.f.saves, nil
}
func (f *fixture) must(err error) { f.t.Helper(); check(f.t, err) }
func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// got unpacks a call that must go well.
func got[T any](t *testing.T) func(v T, err error) T {
	return func(v T, err error) T {
		t.Helper()
		check(t, err)
		return v
	}
}

// code is the code of a failed call, read as the page reads it.
func code(t *testing.T, err error) string {
	t.Helper()
	if err == nil {
		t.Fatal("it went well")
	}
	text, ok := FormatError(err).(string)
	if !ok {
		t.Fatalf("%T crosses to the page, which reads text only", FormatError(err))
	}
	var f Fault
	check(t, json.Unmarshal([]byte(text), &f))
	return f.Code
}

// wait returns the next event of a name.
func (f *fixture) wait(name string) any {
	f.t.Helper()
	for {
		select {
		case e := <-f.events:
			if e.name == name {
				return e.data
			}
		case <-time.After(30 * time.Second):
			f.t.Fatalf("no event %q", name)
		}
	}
}

var request = regexp.MustCompile(`name="request" value="([^"]+)"`)

// decide is the person before the sandbox's sign-in page.
func (f *fixture) decide(answer string) {
	f.t.Helper()
	address := <-f.browser
	res, err := http.Get(address)
	check(f.t, err)
	page, err := io.ReadAll(res.Body)
	check(f.t, err)
	check(f.t, res.Body.Close())
	m := request.FindSubmatch(page)
	if m == nil {
		f.t.Fatalf("no page to decide on: %s", page)
	}
	base, err := url.Parse(address)
	check(f.t, err)
	res, err = http.PostForm(base.Scheme+"://"+base.Host+"/oauth/authorize/decision", url.Values{"request": {string(m[1])}, "answer": {answer}})
	check(f.t, err)
	check(f.t, res.Body.Close())
}

// sandbox goes to the sandbox and connects there.
func (f *fixture) sandbox() {
	f.t.Helper()
	st := got[Start](f.t)(f.shell.EnterSandbox())
	if !st.Sandbox || st.Profile == nil {
		f.t.Fatalf("the sandbox begins with %+v", st)
	}
	f.must((&Video{f.desk}).Connect())
	f.decide("allow")
	end := f.wait(EventConnected).(SignIn)
	if end.Fault != nil || end.Email == "" {
		f.t.Fatalf("the sign-in ended with %+v", end)
	}
}

func (f *fixture) topic() Topic {
	f.t.Helper()
	topics := &Topics{f.desk}
	v := got[Topic](f.t)(topics.Fresh())
	v.Name = "Porada prawna"
	return got[Topic](f.t)(topics.Add(v))
}

// free is the first free start of a topic that is not of today: such a one may pass
// before it is booked.
func (f *fixture) free(topic string) (DayOffer, Cell) {
	f.t.Helper()
	o := got[Offer](f.t)((&NewBooking{f.desk}).Days(topic, "", false))
	for _, d := range o.Days[1:] {
		for _, c := range d.Cells {
			if c.Free {
				return d, c
			}
		}
	}
	zoom := got[Sources](f.t)((&Calendars{desk: f.desk}).List()).Zoom
	f.t.Fatalf("nothing is free; unknown: %v, Zoom %+v", o.Unknown, zoom)
	return DayOffer{}, Cell{}
}

func (f *fixture) book(topic, start string) BookResult {
	f.t.Helper()
	return got[BookResult](f.t)((&NewBooking{f.desk}).Book(BookForm{
		Topic: topic, Start: start, Attendees: []Attendee{{Name: "Anna Nowak", Email: "anna@example.com", Zone: "America/New_York", Lang: "en"}},
	}))
}

func TestTheStraightPathThroughTheDesk(t *testing.T) {
	f := newFixture(t)
	if st := got[Start](t)(f.shell.Begin()); st.Profile != nil || st.Sandbox || st.Lang != "en" || st.Fault != nil {
		t.Fatalf("a new user begins with %+v", st)
	}
	f.sandbox()
	select {
	case <-f.raised:
	case <-time.After(30 * time.Second):
		t.Error("the window did not come forward after the sign-in")
	}
	topic := f.topic()
	day, cell := f.free(topic.Slug)
	res := f.book(topic.Slug, cell.Start)
	if res.Booking == nil || res.Booking.State != "provisioning" || res.Booking.Zoom.State != "waiting" || res.Booking.UndoUntil == "" {
		t.Fatalf("booked: %+v", res)
	}
	if again := f.book(topic.Slug, cell.Start); again.Booking != nil || len(again.Conflicts) == 0 || again.Conflicts[0].Overlap != topic.Duration || len(again.Conflicts[0].Nearest) == 0 {
		t.Errorf("the same start once more: %+v", again)
	}
	o := got[Offer](t)((&NewBooking{f.desk}).Days(topic.Slug, day.Date, false))
	if len(o.Days[0].Blocks) != 1 || o.Days[0].Load != 1 || o.Days[0].Free >= day.Free {
		t.Errorf("the day of the booking is drawn as %+v", o.Days[0])
	}
	page := got[BookingPage](t)((&Bookings{f.desk}).List(BookingList{When: "upcoming", Search: "NOWAK"}))
	if len(page.Rows) != 1 || page.Rows[0].ID != res.Booking.ID || page.More {
		t.Errorf("the list has %+v", page)
	}
}

func TestABookingGoesOutAfterItsHoldAndShowsItsLights(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	topic := f.topic()
	_, cell := f.free(topic.Slug)
	bookings := &Bookings{f.desk}
	id := f.book(topic.Slug, cell.Start).Booking.ID
	var b Booking
	for b.Zoom.State != "done" || b.Letters.State != "done" {
		f.wait(EventChanged)
		b = got[BookingDetail](t)(bookings.Get(id)).Booking
	}
	if b.State != "confirmed" || !strings.HasPrefix(b.JoinURL, "https://") || b.Letters.Total != 2 || b.Calendar.State != "not-needed" || b.UndoUntil != "" {
		t.Errorf("after the hold: %+v", b)
	}
	if letters := got[[]Letter](t)(f.shell.Letters()); len(letters) != 2 || letters[0].Subject == "" {
		t.Errorf("the sandbox caught %+v", letters)
	}
	if _, err := bookings.Undo(id); code(t, err) != string(kwadrans.CodeInUse) {
		t.Errorf("what went out was undone: %v", err)
	}
	f.must(bookings.Join(id))
	if link := <-f.browser; !strings.HasPrefix(link, "https://") {
		t.Errorf("Join opened %s", link)
	}
	secret := ""
	f.desk.Browser = func(link string) error {
		secret = link
		return kwadrans.Errorf(kwadrans.CodeInternal, "no program shows %s", link)
	}
	err := bookings.Join(id)
	_, host, _ := strings.Cut(secret, "//")
	log, _ := os.ReadFile(filepath.Join(f.desk.sandboxDir(), "kwadrans.log"))
	if told := code(t, err); told != string(kwadrans.CodeInternal) || strings.Contains(err.Error()+string(log), host) {
		t.Errorf("the link of the host is told: %v, in the log: %s", err, log)
	}
	f.saves = filepath.Join(t.TempDir(), "a.ics")
	got[string](t)(bookings.Export(id))
	if page, err := os.ReadFile(f.saves); err != nil || !strings.Contains(string(page), "BEGIN:VEVENT") {
		t.Errorf("exported %s (%v)", page, err)
	}
}

func TestUndoOfABookingAndOfACancellation(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	topic := f.topic()
	_, cell := f.free(topic.Slug)
	bookings, changing := &Bookings{f.desk}, &Changing{f.desk}
	first := f.book(topic.Slug, cell.Start).Booking
	if b := got[Booking](t)(bookings.Undo(first.ID)); b.State != "cancelled" {
		t.Fatalf("undone: %+v", b)
	}
	if again := got[BookResult](t)(changing.Do(ChangeForm{ID: first.ID, Act: "cancel"})); again.UndoUntil != "" {
		t.Errorf("what is cancelled already seems to be cancelled now: %+v", again)
	}
	second := f.book(topic.Slug, cell.Start).Booking
	if second == nil {
		t.Fatal("the start of an undone booking is not free")
	}
	// A letter that is on its way as the booking is cancelled leaves no undo.
	for b := *second; b.Zoom.State != "done" || b.Letters.State != "done"; b = got[BookingDetail](t)(bookings.Get(second.ID)).Booking {
		f.wait(EventChanged)
	}
	cancelled := got[BookResult](t)(changing.Do(ChangeForm{ID: second.ID, Act: "cancel", Reason: "an illness"}))
	if cancelled.Booking.State != "cancelled" || cancelled.UndoUntil == "" || cancelled.Booking.Reason != "an illness" {
		t.Fatalf("cancelled: %+v", cancelled)
	}
	if b := got[Booking](t)(bookings.Undo(second.ID)); b.State != "confirmed" || b.JoinURL == "" || b.Reason != "" {
		t.Errorf("after the undo: %+v", b)
	}
}

func TestADeclinedOrCancelledSignInLeavesTheConnection(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	video := &Video{f.desk}
	before := got[Connection](t)(video.Status())
	f.must(video.Connect())
	f.decide("decline")
	if end := f.wait(EventConnected).(SignIn); end.Fault == nil || end.Fault.Code != string(kwadrans.CodeDeclined) || end.Cancelled {
		t.Errorf("declined: %+v", end)
	}
	f.must(video.Connect())
	<-f.browser
	if err := video.Connect(); code(t, err) != string(kwadrans.CodeConnecting) {
		t.Errorf("two sign-ins at once: %v", err)
	}
	f.must(video.Cancel())
	if end := f.wait(EventConnected).(SignIn); !end.Cancelled {
		t.Errorf("cancelled: %+v", end)
	}
	after := got[Connection](t)(video.Status())
	if after.State != "connected" || after.Email != before.Email || after.ConnectedAt != before.ConnectedAt {
		t.Errorf("the connection was %+v and is %+v", before, after)
	}
	gone := got[Disabled](t)(video.Disable())
	if gone.Connection.State != "not connected" || !gone.Revoked {
		t.Errorf("disabled: %+v", gone)
	}
}

func TestAPanicInACallIsAFailure(t *testing.T) {
	f := newFixture(t)
	_, err := call(f.desk, func(context.Context, *house.House) (int, error) { panic("a defect") })
	if code(t, err) != string(kwadrans.CodeInternal) {
		t.Errorf("it failed with %v", err)
	}
	if err := act(f.desk, func(context.Context, *house.House) error { var p *Profile; p.Name = "x"; return nil }); code(t, err) != string(kwadrans.CodeInternal) {
		t.Errorf("it failed with %v", err)
	}
}

func TestFailuresCrossInTheUsersLanguage(t *testing.T) {
	f := newFixture(t)
	settings := &Settings{f.desk}
	_, err := settings.SaveProfile(Profile{Name: "Hanna Ćwik", Email: "hanna", Zone: "Europe/Warsaw", Lang: "pl"})
	english := err.Error()
	f.must(settings.SetLanguage("pl"))
	_, err = settings.SaveProfile(Profile{Name: "Hanna Ćwik", Email: "hanna", Zone: "Europe/Warsaw", Lang: "pl"})
	if code(t, err) != string(kwadrans.CodeInvalid) || err.Error() == english || strings.Contains(err.Error(), "kwadrans ") {
		t.Errorf("in English %s, in Polish %s", english, err.Error())
	}
}

func TestALinkIsShownOnceThePageListens(t *testing.T) {
	f := newFixture(t)
	f.desk.Show("kwadrans://booking/0190a000-0000-7000-8000-000000000001")
	f.desk.Show("kwadrans://connect/zoom?code=stolen")
	if st := got[Start](t)(f.shell.Begin()); st.Link == nil || st.Link.Booking == "" || st.Link.Connect {
		t.Errorf("it begins with the link %+v", st.Link)
	}
	f.desk.Show("kwadrans://connect/zoom")
	if l := f.wait(EventLink).(Link); !l.Connect {
		t.Errorf("the link is %+v", l)
	}
	if n := len(f.raised); n != 2 { // not for the address that is none of ours
		t.Errorf("the window came forward %d times", n)
	}
}

func TestLeavingTheSandboxLeavesNothing(t *testing.T) {
	f := newFixture(t)
	f.sandbox()
	f.topic()
	st := got[Start](t)(f.shell.LeaveSandbox())
	if st.Sandbox || st.Topics != 0 || st.Zoom != "not connected" {
		t.Errorf("the own data is %+v", st)
	}
	if _, err := os.Stat(f.desk.sandboxDir()); !os.IsNotExist(err) {
		t.Errorf("the sandbox is still there: %v", err)
	}
	if st := got[Start](t)(f.shell.EnterSandbox()); st.Topics != 0 || st.Zoom != "not connected" {
		t.Errorf("the next sandbox begins with %+v", st)
	}
}

func TestBackupAndRestoreFromTheWindow(t *testing.T) {
	f := newFixture(t)
	settings := &Settings{f.desk}
	got[Profile](t)(settings.SaveProfile(Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: "pl"}))
	f.saves = filepath.Join(t.TempDir(), "kopia.db")
	if path := got[string](t)(settings.Backup()); path != f.saves {
		t.Fatalf("written to %q", path)
	}
	got[Profile](t)(settings.SaveProfile(Profile{Name: "Somebody Else", Email: "else@example.com", Zone: "Europe/Warsaw", Lang: "pl"}))
	if r := got[Restored](t)(settings.Restore()); r.File != f.saves || r.Kept == "" {
		t.Errorf("restored: %+v", r)
	}
	if st := got[Start](t)(f.shell.Again()); st.Profile == nil || st.Profile.Name != "Hanna Ćwik" {
		t.Errorf("after the restore: %+v", st)
	}
	f.saves = filepath.Join(t.TempDir(), "nothing.db")
	if _, err := settings.Restore(); err == nil {
		t.Error("a backup that is not there was restored")
	}
	if st := got[Start](t)(f.shell.Again()); st.Profile == nil || st.Profile.Name != "Hanna Ćwik" {
		t.Errorf("after the failed restore: %+v", st)
	}
}

func TestADataFileThatCannotBeOpenedIsTold(t *testing.T) {
	f := newFixture(t)
	f.must(f.desk.Stop())
	f.must(os.WriteFile(filepath.Join(f.desk.Dir, "kwadrans.db"), []byte("this is not a data file, and long enough to be looked at"), 0o600))
	d := New()
	d.Dir, d.Env, d.Open, d.Emit = f.desk.Dir, f.desk.Env, f.desk.Open, f.desk.Emit
	d.Start(context.Background())
	st := got[Start](t)((&Shell{d}).Begin())
	if st.Fault == nil || st.Fault.Code != string(kwadrans.CodeCorrupt) || st.Fault.Message == "" {
		t.Errorf("it begins with %+v", st)
	}
}
