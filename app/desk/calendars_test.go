package desk

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// feed is a calendar on this computer that others keep.
type feed struct {
	*httptest.Server
	mu     sync.Mutex
	status int
	page   string
	slow   chan struct{} // answers when it is closed; nil for at once
	asked  chan struct{}
}

func newFeed(t *testing.T, page string) *feed {
	t.Helper()
	f := &feed{status: http.StatusOK, page: page, asked: make(chan struct{}, 100)}
	f.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		f.asked <- struct{}{}
		f.mu.Lock()
		status, page, slow := f.status, f.page, f.slow
		f.mu.Unlock()
		if slow != nil {
			select {
			case <-slow:
			case <-r.Context().Done():
			}
		}
		w.WriteHeader(status)
		_, _ = io.WriteString(w, page)
	}))
	t.Cleanup(f.Close)
	return f
}

func (f *feed) answer(status int) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.status = status
}

// hearing is a page with one entry, the title on a day at an hour, in Warsaw.
func hearing(title, date string, hour int) string {
	day := strings.ReplaceAll(date, "-", "")
	return fmt.Sprintf("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:hearing\r\nDTSTAMP:20260101T000000Z\r\n"+
		"DTSTART;TZID=Europe/Warsaw:%sT%02d0000\r\nDURATION:PT1H\r\nSUMMARY:%s\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n", day, hour, title)
}

// talks is a desk with a topic that needs nothing from outside, and its first open day.
func talks(t *testing.T) (f *fixture, topic, day string) {
	t.Helper()
	f = hosted(t)
	v, err := (&Topics{f.desk}).Add(Topic{Name: "Porada", Colour: "green", On: true, Duration: 30, Step: 15, MaxDays: 90, Schedule: "default", Places: []Place{{Kind: "phone", Detail: "1"}}})
	check(t, err)
	o := got[Offer](t)((&NewBooking{f.desk}).Days(v.Slug, "", false))
	return f, v.Slug, o.Days[1].Date
}

// at is a start on a day in Warsaw.
func at(t *testing.T, day string, hour int) string {
	t.Helper()
	loc, err := time.LoadLocation("Europe/Warsaw")
	check(t, err)
	v, err := time.ParseInLocation("2006-01-02 15", fmt.Sprintf("%s %02d", day, hour), loc)
	check(t, err)
	return v.Format(time.RFC3339)
}

func TestAFeedMakesBusyGoesStaleAndIsRemovedWithUndo(t *testing.T) {
	f, topic, day := talks(t)
	site := newFeed(t, hearing("Rozprawa", day, 10))
	c := &Calendars{desk: f.desk}
	nb := &NewBooking{f.desk}
	form := CalendarForm{Kind: "feed", Name: "Kancelaria", Address: site.URL + "/secret-token/work.ics", Colour: "#3178ba", AllDay: true}
	if _, err := c.Add(form); code(t, err) != "calendar-near" || strings.Contains(err.Error(), "secret-token") {
		t.Errorf("the own network was read without a word of the user's: %v", err)
	}
	form.Near = true
	added := got[Calendar](t)(c.Add(form))
	if added.Reading.State != "fresh" || added.Reading.Entries != 1 || added.Reading.Next == "" || added.Reading.Until == "" || strings.Contains(added.Address, "secret") {
		t.Errorf("added: %+v", added)
	}
	if _, err := c.Add(form); code(t, err) != "exists" {
		t.Errorf("added twice: %v", err)
	}

	start := at(t, day, 10)
	list := got[[]Conflict](t)(nb.Check(topic, start))
	if len(list) != 1 || list[0].Code != "busy-calendar" || list[0].Item != "Rozprawa" || list[0].Source != "Kancelaria" || list[0].CheckedAt == "" {
		t.Errorf("over the hearing: %+v", list)
	}
	o := got[Offer](t)(nb.Days(topic, day, false))
	want := Block{Start: start, End: at(t, day, 11), Title: "Rozprawa", Kind: "calendar", Source: "Kancelaria", CheckedAt: added.Reading.Good, Colour: "#3178ba"}
	if len(o.Days[0].Blocks) != 1 || o.Days[0].Blocks[0] != want || !slices.Contains(o.Sources, "Kancelaria") {
		t.Errorf("drawn as %+v, of %q", o.Days[0].Blocks, o.Sources)
	}

	site.answer(http.StatusServiceUnavailable)
	all := got[Sources](t)(c.Look(added.ID))
	r := all.Calendars[0].Reading
	if r.State != "stale" || r.Code != "calendar-refused" || r.Fails != 1 || !strings.Contains(r.Words, "503") || r.Entries != 1 || r.Good != added.Reading.Good {
		t.Errorf("after a 503: %+v", r)
	}
	if all.Keep != 24*60 || r.Until == r.Good {
		t.Errorf("a copy counts %d minutes, this one until %s", all.Keep, r.Until)
	}

	gone := got[Removed](t)(c.Remove(added.ID))
	if gone.Name != "Kancelaria" || gone.UndoUntil == "" {
		t.Errorf("removed: %+v", gone)
	}
	if list := got[[]Conflict](t)(nb.Check(topic, start)); len(list) != 0 {
		t.Errorf("it counts once it was removed: %+v", list)
	}
	f.must(c.Undo(added.ID)) // the server is still away
	if back := got[Sources](t)(c.List()); len(back.Calendars) != 1 || back.Calendars[0].Reading != r || back.Calendars[0].Near != true {
		t.Errorf("brought back as %+v", back.Calendars)
	}
	if list := got[[]Conflict](t)(nb.Check(topic, start)); len(list) != 1 || list[0].Item != "Rozprawa" {
		t.Errorf("it does not count any more: %+v", list)
	}
	site.answer(http.StatusOK)
	if r := got[Sources](t)(c.Look("")).Calendars[0].Reading; r.State != "fresh" {
		t.Errorf("its address was lost: %+v", r)
	}
	if err := c.Undo(added.ID); code(t, err) != "not-found" {
		t.Errorf("brought back twice: %v", err)
	}
	if st := got[Start](t)(f.shell.Again()); st.Unread != 0 {
		t.Errorf("%d calendars are unread while the copy counts", st.Unread)
	}
	old := kwadrans.Reading{Good: time.Now().Add(-48 * time.Hour), Tried: time.Now(), Code: kwadrans.CodeOffline}
	kept := got[int64](t)(f.desk.now.Store.KeepLook(t.Context(), added.ID, kwadrans.Look{Reading: old}))
	if st := got[Start](t)(f.shell.Again()); kept == 0 || st.Unread != 1 {
		t.Errorf("%d calendars are unread after two days", st.Unread)
	}
}

func TestACalendarFileIsChosenLostAndChosenAgain(t *testing.T) {
	f, topic, day := talks(t)
	c := &Calendars{desk: f.desk}
	f.saves = filepath.Join(t.TempDir(), "urlopy.ics")
	path := got[string](t)(c.Choose())
	if len(f.kinds) != 2 || f.kinds[0].Pattern != "*.ics" || f.kinds[1].Pattern != "*" {
		t.Errorf("the dialog offers %v", f.kinds)
	}
	if _, err := c.Add(CalendarForm{Kind: "file", Address: path}); code(t, err) != "not-found" {
		t.Errorf("a file that is not there: %v", err)
	}
	f.must(os.WriteFile(path, []byte("<html>no calendar"), 0o600))
	if _, err := c.Add(CalendarForm{Kind: "file", Address: path}); code(t, err) != "calendar-unreadable" {
		t.Errorf("a page: %v", err)
	}
	f.must(os.WriteFile(path, []byte(hearing("Urlop", day, 9)), 0o600))
	added := got[Calendar](t)(c.Add(CalendarForm{Kind: "file", Address: path, AllDay: true}))
	if added.Name != "urlopy" || added.Address != path {
		t.Errorf("added as %+v", added)
	}
	f.must(os.Rename(path, path+".old"))
	got[Sources](t)(c.Look(added.ID)) // which may share a look that was under way already
	if r := got[Sources](t)(c.Look(added.ID)).Calendars[0].Reading; r.State != "stale" || r.Code != "not-found" {
		t.Errorf("without the file: %+v", r)
	}
	v := got[Calendar](t)(c.Change(CalendarForm{ID: added.ID, Kind: "file", Name: "Urlopy i rozprawy", Address: path + ".old", AllDay: false}))
	if v.Reading.State != "fresh" || v.Name != "Urlopy i rozprawy" || v.AllDay || v.ID != added.ID {
		t.Errorf("chosen again: %+v", v)
	}
	if list := got[[]Conflict](t)((&NewBooking{f.desk}).Check(topic, at(t, day, 9))); len(list) != 1 || list[0].Source != "Urlopy i rozprawy" {
		t.Errorf("over the holiday: %+v", list)
	}
}

// A server that does not answer must not hold the form, nor the window that is closed.
func TestAddingIsCalledOff(t *testing.T) {
	f, _, day := talks(t)
	site := newFeed(t, hearing("Rozprawa", day, 10))
	site.slow = make(chan struct{})
	c := &Calendars{desk: f.desk}
	for _, stop := range []func() error{c.Stop, f.desk.Stop} {
		ended := make(chan error, 1)
		go func() {
			_, err := c.Add(CalendarForm{Kind: "feed", Address: site.URL, Near: true})
			ended <- err
		}()
		<-site.asked
		f.must(stop())
		if err := <-ended; code(t, err) != "declined" {
			t.Errorf("called off: %v", err)
		}
	}
}

func TestTheSandboxReadsOnlyFiles(t *testing.T) {
	f := hosted(t)
	got[Start](t)(f.shell.EnterSandbox())
	c := &Calendars{desk: f.desk}
	site := newFeed(t, "")
	for _, kind := range []string{"feed", "caldav"} {
		if _, err := c.Add(CalendarForm{Kind: kind, Address: site.URL, Near: true}); code(t, err) != "invalid-input" {
			t.Errorf("%s: %v", kind, err)
		}
	}
	if _, err := c.Find(CalendarForm{Address: site.URL, Near: true}); code(t, err) != "invalid-input" {
		t.Errorf("found: %v", err)
	}
	if len(site.asked) > 0 {
		t.Error("the server was asked")
	}
}

const serverPassword = "Tajne-hasło-7!"

// server is a CalDAV server (Debian: radicale) with two calendars of Hanna's.
type server struct {
	*testing.T
	root string
}

func newServer(t *testing.T) server {
	t.Helper()
	if _, err := exec.LookPath("radicale"); err != nil {
		t.Skip(err)
	}
	dir := t.TempDir()
	check(t, os.WriteFile(filepath.Join(dir, "users"), []byte("hanna:"+serverPassword+"\n"), 0o600))
	conf := "[server]\nhosts = 127.0.0.1:0\n[auth]\ntype = htpasswd\nhtpasswd_filename = DIR/users\nhtpasswd_encryption = plain\ndelay = 0\n" +
		"[storage]\nfilesystem_folder = DIR/store\n[web]\ntype = none\n[logging]\nlevel = info\n"
	check(t, os.WriteFile(filepath.Join(dir, "conf"), []byte(strings.ReplaceAll(conf, "DIR", dir)), 0o600))
	cmd := exec.Command("radicale", "--config", filepath.Join(dir, "conf"))
	out, err := cmd.StderrPipe()
	check(t, err)
	check(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines, ready := bufio.NewScanner(out), regexp.MustCompile(`Listening on '\[127\.0\.0\.1\]:(\d+)'`)
	for lines.Scan() {
		if m := ready.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			s := server{t, "http://127.0.0.1:" + m[1]}
			s.call("MKCALENDAR", "/hanna/praca/", "")
			s.call("MKCALENDAR", "/hanna/home/", "")
			return s
		}
	}
	t.Fatal("radicale did not start")
	return server{}
}

// call is what another program of Hanna's does.
func (s server) call(method, path, body string) string {
	s.Helper()
	req, err := http.NewRequest(method, s.root+path, strings.NewReader(body))
	check(s.T, err)
	req.SetBasicAuth("hanna", serverPassword)
	req.Header.Set("Depth", "1")
	resp, err := http.DefaultClient.Do(req)
	check(s.T, err)
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	check(s.T, err)
	return string(text)
}

func TestAnAccountIsFoundReadAndWrittenInto(t *testing.T) {
	f, topic, day := talks(t)
	s := newServer(t)
	c := &Calendars{desk: f.desk}
	form := CalendarForm{Kind: "caldav", Address: s.root, Login: "hanna", Password: "wrong", AllDay: true}
	if _, err := c.Find(form); code(t, err) != "calendar-auth" {
		t.Errorf("with a wrong password: %v", err)
	}
	form.Password = serverPassword
	found := got[Found](t)(c.Find(form))
	if len(found.Collections) != 2 || !found.Collections[0].Writable || found.Collections[0].Known {
		t.Fatalf("found %+v", found)
	}
	work := slices.IndexFunc(found.Collections, func(v Collection) bool { return strings.Contains(v.Address, "praca") })
	form.Address, form.Name = found.Collections[work].Address, "Praca"
	added := got[Calendar](t)(c.Add(form))
	if again := got[Found](t)(c.Find(CalendarForm{Address: s.root, Login: "hanna", Password: serverPassword})); !again.Collections[work].Known || again.Collections[1-work].Known {
		t.Errorf("found again: %+v", again)
	}
	form.Address, form.Name = found.Collections[1-work].Address, "Dom"
	home := got[Calendar](t)(c.Add(form))

	f.must(c.Publish(home.ID))
	f.must(c.Publish(added.ID))
	list := got[Sources](t)(c.List()).Calendars
	if !list[0].Publish || list[1].Publish {
		t.Errorf("written into %+v", list)
	}

	id, bookings := f.booked(topic, at(t, day, 12)), &Bookings{f.desk}
	f.work()
	v := got[BookingDetail](t)(bookings.Get(id))
	if v.Booking.Calendar.State != "done" {
		t.Fatalf("the calendar's light: %+v", v.Booking.Steps)
	}
	for _, step := range v.Booking.Steps {
		if step.Kind == "calendar" && step.To != "Praca" {
			t.Errorf("the step goes to %q", step.To)
		}
	}
	if !slices.ContainsFunc(v.History, func(e Event) bool { return e.Kind == "calendar-written" && e.Target == "calendar:Praca" }) {
		t.Errorf("the history: %+v", v.History)
	}

	// Somebody moves the entry by hand: it is not written over until a person says so.
	entry := regexp.MustCompile(`/hanna/praca/[^<]+\.ics`).FindString(s.call("PROPFIND", "/hanna/praca/", ""))
	page := s.call("GET", entry, "")
	s.call("PUT", entry, strings.Replace(page, "SUMMARY:", "SUMMARY:moved by hand ", 1))
	f.moved(id, at(t, day, 14))
	f.work()
	v = got[BookingDetail](t)(bookings.Get(id))
	if v.Booking.Calendar.State != "failed" || v.Booking.Calendar.Code != "calendar-changed" || !strings.Contains(s.call("GET", entry, ""), "moved by hand") {
		t.Fatalf("changed by hand: %+v", v.Booking.Calendar)
	}
	got[Booking](t)(bookings.Retry(id))
	f.work()
	if v := got[BookingDetail](t)(bookings.Get(id)); v.Booking.Calendar.State != "done" || strings.Contains(s.call("GET", entry, ""), "moved by hand") {
		t.Errorf("asked again: %+v", v.Booking.Calendar)
	}

	f.must(c.Publish(""))
	if list := got[Sources](t)(c.List()).Calendars; list[0].Publish || list[1].Publish {
		t.Errorf("still written into: %+v", list)
	}
}

// booked keeps a booking whose steps are due at once.
func (f *fixture) booked(topic, start string) string {
	f.t.Helper()
	when, err := time.Parse(time.RFC3339, start)
	check(f.t, err)
	return got[string](f.t)(change(f.desk, func(ctx context.Context, h *house.House) (string, error) {
		a, err := h.Booking.Book(ctx, booking.Request{Topic: topic, Start: when, Attendees: []kwadrans.Attendee{{Name: "Anna Nowak", Email: "anna@example.com"}}})
		return a.Booking.ID, err
	}))
}

// moved gives a booking another start.
func (f *fixture) moved(id, start string) {
	f.t.Helper()
	when, err := time.Parse(time.RFC3339, start)
	check(f.t, err)
	f.must(alter(f.desk, func(ctx context.Context, h *house.House) error {
		_, err := h.Booking.Move(ctx, id, booking.Wish{Start: when})
		return err
	}))
}

// work carries out what is due.
func (f *fixture) work() {
	f.t.Helper()
	f.must(act(f.desk, func(ctx context.Context, h *house.House) error { return h.Drain(ctx) }))
}

// Without the key nothing can be brought back, and a dead calendar goes all the same.
func TestACalendarWhoseKeyIsLostGoesForGood(t *testing.T) {
	f, _, day := talks(t)
	site := newFeed(t, hearing("Rozprawa", day, 10))
	c := &Calendars{desk: f.desk}
	added := got[Calendar](t)(c.Add(CalendarForm{Kind: "feed", Address: site.URL, Near: true}))
	f.must(alter(f.desk, func(ctx context.Context, h *house.House) error { return h.RenewKey(ctx) }))
	if r := got[Sources](t)(c.Look(added.ID)).Calendars[0].Reading; r.Code != string(kwadrans.CodeKeyChanged) {
		t.Fatalf("after the key was renewed: %+v", r)
	}
	if gone := got[Removed](t)(c.Remove(added.ID)); gone.UndoUntil != "" {
		t.Errorf("it could be brought back without its address: %+v", gone)
	}
	if list := got[Sources](t)(c.List()); len(list.Calendars) != 0 {
		t.Errorf("it is still there: %+v", list)
	}
}
