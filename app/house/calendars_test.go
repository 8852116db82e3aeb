package house_test

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

const calendarPassword = kwadrans.Secret("Tajne-hasło-7!")

// shelf is a CalDAV server (Debian: radicale) with one calendar of Ola's.
type shelf struct {
	*testing.T
	address string
}

func newShelf(t *testing.T) shelf {
	t.Helper()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	write("users", "ola:"+calendarPassword.Reveal()+"\n")
	conf := write("conf", strings.ReplaceAll("[server]\nhosts = 127.0.0.1:0\n[auth]\ntype = htpasswd\nhtpasswd_filename = DIR/users\nhtpasswd_encryption = plain\ndelay = 0\n"+
		"[storage]\nfilesystem_folder = DIR/store\n[web]\ntype = none\n[logging]\nlevel = info\n", "DIR", dir))
	cmd := exec.Command("radicale", "--config", conf)
	out, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	lines, ready := bufio.NewScanner(out), regexp.MustCompile(`Listening on '\[127\.0\.0\.1\]:(\d+)'`)
	for lines.Scan() {
		if m := ready.FindStringSubmatch(lines.Text()); m != nil {
			go func() { _, _ = io.Copy(io.Discard, out) }()
			s := shelf{t, "http://127.0.0.1:" + m[1] + "/ola/praca/"}
			s.call("MKCALENDAR", "", "")
			return s
		}
	}
	t.Fatal("radicale did not start")
	return shelf{}
}

// call is what another program of Ola's does.
func (s shelf) call(method, name, body string) string {
	s.Helper()
	req, err := http.NewRequest(method, s.address+name, strings.NewReader(body))
	if err != nil {
		s.Fatal(err)
	}
	req.SetBasicAuth("ola", calendarPassword.Reveal())
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil {
		s.Fatal(err)
	}
	return fmt.Sprintf("%d %s", resp.StatusCode, text)
}

// A calendar on a real server makes the host busy, and gets the bookings.
func TestACalendarOnAServer(t *testing.T) {
	s, cal := build(t), newShelf(t)
	h := s.open()
	ctx := t.Context()
	found, err := h.Collections(ctx, strings.TrimSuffix(cal.address, "ola/praca/"), "ola", calendarPassword, false)
	if err != nil || len(found) != 1 || !found[0].Writable {
		t.Fatalf("found %+v, %v", found, err)
	}
	day := h.Now().AddDate(0, 0, 7).UTC().Truncate(24 * time.Hour)
	at := func(hour int) time.Time { return day.Add(time.Duration(hour) * time.Hour) }
	dentist := "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//X//EN\r\nBEGIN:VEVENT\r\nUID:dentist\r\nDTSTAMP:20260101T000000Z\r\nDTSTART:" +
		at(9).Format("20060102T150405Z") + "\r\nDURATION:PT1H\r\nSUMMARY:Dentysta\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
	if got := cal.call("PUT", "dentist.ics", dentist); !strings.HasPrefix(got, "201") {
		t.Fatal(got)
	}
	c, err := h.Keeper.Add(ctx, kwadrans.Calendar{Kind: kwadrans.CalendarServer, Name: "Praca", Address: found[0].Address, Login: "ola", Publish: true}, calendarPassword)
	s.ok(err)
	book := func(start time.Time) booking.Answer {
		t.Helper()
		a, err := h.Booking.Book(ctx, booking.Request{Topic: "rozmowa", Start: start, Attendees: []kwadrans.Attendee{{Name: "Anna", Email: "anna@example.com"}}})
		s.ok(err)
		return a
	}
	if a := book(at(9)); a.Booked || len(a.Conflicts) == 0 || a.Conflicts[0].Code != kwadrans.BusyCalendar || a.Conflicts[0].Item != "Dentysta" || a.Conflicts[0].Source != "Praca" || len(a.Conflicts[0].Nearest) == 0 {
		t.Errorf("over the dentist: %+v", a)
	}
	b := book(at(12)).Booking
	s.drain(h)
	name := b.UID + ".ics"
	page := cal.call("GET", name, "")
	for _, want := range []string{"200", "SUMMARY:Rozmowa", "DTSTART:" + at(12).Format("20060102T150405Z"), "zoom"} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s in %s", want, page)
		}
	}
	if strings.Contains(page, "ATTENDEE") || strings.Contains(page, "METHOD") {
		t.Errorf("the server would write to people: %s", page)
	}
	_, err = h.Booking.Move(ctx, b.ID, booking.Wish{Start: at(14)})
	s.ok(err)
	s.drain(h)
	if page := cal.call("GET", name, ""); !strings.Contains(page, at(14).Format("20060102T150405Z")) {
		t.Errorf("after the move: %s", page)
	}
	_, err = h.Keeper.Refresh(ctx, c.ID)
	s.ok(err)
	if a := book(at(12)); !a.Booked { // what stands in the calendar of our own holds nothing twice
		t.Errorf("%+v", a.Conflicts)
	}
	_, err = h.Booking.Cancel(ctx, b.ID, "", 0)
	s.ok(err)
	s.drain(h)
	if page := cal.call("GET", name, ""); !strings.HasPrefix(page, "404") {
		t.Errorf("after the cancellation: %s", page)
	}
}

// A calendar that bookings are written into from now on gets those to come as well.
func TestACalendarGetsTheBookingsToCome(t *testing.T) {
	s, cal := build(t), newShelf(t)
	h := s.open()
	b := s.book(h, 40, 1)
	s.drain(h)
	_, err := h.Keeper.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarServer, Name: "Praca", Address: cal.address, Login: "ola", Publish: true}, calendarPassword)
	s.ok(err)
	s.drain(h)
	if page := cal.call("GET", b.UID+".ics", ""); !strings.HasPrefix(page, "200") {
		t.Errorf("the booking of before: %s", page)
	}
}
