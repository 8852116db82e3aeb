package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"testing"
	"time"

	"github.com/google/uuid"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

var (
	ctx     = context.Background()
	now     = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)
	created = kwadrans.Event{At: now, Actor: "host", Kind: "created"}
)

// raw opens a file beside the store, without its pragmas.
func raw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: "_pragma=busy_timeout(10000)"}).String())
	must(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// alter changes a file behind the store's back.
func alter(t testing.TB, path string, queries ...string) {
	t.Helper()
	db := raw(t, path)
	for _, q := range queries {
		if _, err := db.Exec(q); err != nil {
			t.Fatalf("%s: %v", q, err)
		}
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// ask reads one value from a file behind the store's back.
func ask[T any](t testing.TB, path, query string) (v T) {
	t.Helper()
	db := raw(t, path)
	defer func() { _ = db.Close() }()
	if err := db.QueryRow(query).Scan(&v); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

// book is a booking of its own id, minutes after now, for the host.
func book(minutes int) kwadrans.Booking {
	b := storetest.Sample(1, minutes)
	b.ID = uuid.Must(uuid.NewV7()).String()
	b.UID = b.ID
	return b
}

// fill opens a data file and puts something into every table.
func fill(t testing.TB, dir string) *Store {
	t.Helper()
	s := open(t, dir)
	account := kwadrans.MailAccount{From: "a@example.com", Host: "localhost", Port: 25, TLS: kwadrans.TLSNone, User: "a", Password: "mail canary"}
	topic := kwadrans.DefaultTopic("Rozmowa", kwadrans.Duration(30*time.Minute))
	topic.Places = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}
	must(t, s.SaveProfile(ctx, kwadrans.Profile{Name: "Ola", Email: "a@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish}))
	must(t, s.SaveMailAccount(ctx, account))
	must(t, s.SaveSchedule(ctx, kwadrans.DefaultSchedule("default", "Europe/Warsaw")))
	must(t, s.AddTopic(ctx, topic, now))
	must(t, s.SaveConnection(ctx, kwadrans.Connection{Kind: kwadrans.Personal, State: kwadrans.Connected, Connected: now}))
	_, err := s.SaveTokens(ctx, kwadrans.Personal, 0, kwadrans.Tokens{Access: "access canary", Refresh: "refresh canary", Expires: now})
	must(t, err)
	must(t, s.PauseLanes(ctx, "calendar", kwadrans.Pause{Until: kwadrans.Forever}))
	_, err = s.SeeStray(ctx, kwadrans.Stray{MeetingID: 9, Why: kwadrans.StrayUnknown, Start: now}, now)
	must(t, err)
	fillCalendars(t, s)
	for i := range 20 {
		b := storetest.Sample(i+1, i*60)
		_, err := s.Reserve(ctx, b, storetest.Steps(b), created)
		must(t, err)
		_, err = s.KeepLetter(ctx, b.ID, kwadrans.LetterTo(b.Attendees[0].Email), 1, kwadrans.Envelope{MessageID: "m", Bytes: []byte(b.ID)}, now)
		must(t, err)
	}
	return s
}

// fillCalendars adds a feed and a calendar of a server, each with what was read.
func fillCalendars(t testing.TB, s *Store) {
	t.Helper()
	feed := storetest.Feed(1)
	feed.Address = "https://calendar.example.com/private-canary/basic.ics"
	must(t, s.AddCalendar(ctx, feed, "feed canary"))
	server := kwadrans.Calendar{ID: storetest.Feed(2).ID, Kind: kwadrans.CalendarServer, Name: "Praca", Address: "https://dav.example.com/a/", Publish: true, Added: now}
	must(t, s.AddCalendar(ctx, server, "server canary"))
	for _, c := range []kwadrans.Calendar{feed, server} {
		objects := []kwadrans.CalendarObject{{Href: "", ETag: "1", Body: []byte("BEGIN:VCALENDAR\r\nżółw")}}
		copied := week(20)
		_, err := s.KeepLook(ctx, c.ID, kwadrans.Look{Reading: kwadrans.Reading{Good: now}, Change: &kwadrans.CalendarChange{Whole: true, Changed: objects}, Copy: &copied})
		must(t, err)
	}
}

// week is a copy with n instances, an hour apart.
func week(n int) kwadrans.Copy {
	c := kwadrans.Copy{Span: kwadrans.Span{Start: now, End: now.AddDate(0, 0, 60)}}
	for i := range n {
		start := now.Add(time.Duration(i) * time.Hour)
		c.Instances = append(c.Instances, kwadrans.Instance{UID: fmt.Sprint("event ", i%50), Summary: "Spotkanie", Span: kwadrans.Span{Start: start, End: start.Add(30 * time.Minute)}})
	}
	return c
}

// filled is the directory of a closed file with something in every table.
func filled(t testing.TB) string {
	t.Helper()
	dir := t.TempDir()
	must(t, fill(t, dir).Close())
	return dir
}

// readAll asks everything of a store that can be asked, and counts the bookings.
func readAll(s *Store) (bookings int, err error) {
	list, err := s.Bookings(ctx, kwadrans.Span{Start: now.AddDate(-1, 0, 0), End: now.AddDate(1, 0, 0)}, 0, 0)
	for _, b := range list {
		_, e1 := s.Steps(ctx, b.ID)
		_, e2 := s.History(ctx, b.ID)
		_, _, e3 := s.Letter(ctx, b.ID, "letter:jan@example.com", 1)
		err = first(err, e1, e2, e3)
	}
	_, _, e1 := s.Profile(ctx)
	_, _, e2 := s.MailAccountWithPassword(ctx)
	_, e3 := s.Topics(ctx)
	_, e4 := s.Schedules(ctx)
	_, e5 := s.Connection(ctx, kwadrans.Personal)
	_, e6 := s.Tokens(ctx, kwadrans.Personal)
	_, e7 := s.Pauses(ctx, now)
	_, e8 := s.Strays(ctx)
	_, e9 := s.OpenSteps(ctx)
	_, e10 := s.InstallID(ctx)
	_, e11 := s.OwnBusy(ctx, kwadrans.Me, kwadrans.Span{Start: now, End: now.AddDate(0, 1, 0)}, "")
	_, e12 := s.OwnUIDs(ctx)
	return len(list), first(err, e1, e2, e3, e4, e5, e6, e7, e8, e9, e10, e11, e12, readCalendars(s))
}

func readCalendars(s *Store) error {
	list, err := s.Calendars(ctx)
	for _, c := range list {
		_, e1 := s.Calendar(ctx, c.ID)
		_, _, e2 := s.CalendarSecret(ctx, c.ID)
		_, _, e3 := s.Objects(ctx, c.ID)
		_, e4 := s.Tags(ctx, c.ID)
		_, e5 := s.Reading(ctx, c.ID)
		_, _, _, e6 := s.Copy(ctx, c.ID)
		err = first(err, e1, e2, e3, e4, e5, e6)
	}
	return err
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// code expects a failure with a code.
func code(t testing.TB, err error, want kwadrans.Code) {
	t.Helper()
	if err == nil || kwadrans.CodeOf(err) != want {
		t.Errorf("got %v (%s), want the code %s", err, kwadrans.CodeOf(err), want)
	}
}

// bytesOf reads a file whole, with the WAL beside it.
func bytesOf(t testing.TB, path string) string {
	t.Helper()
	main, err := os.ReadFile(path)
	must(t, err)
	wal, _ := os.ReadFile(path + "-wal")
	return fmt.Sprintf("%s|%s", main, wal)
}

// copyFile copies a file that nobody has open.
func copyFile(t testing.TB, from, to string) {
	t.Helper()
	b, err := os.ReadFile(from)
	must(t, err)
	must(t, os.WriteFile(to, b, 0o600))
}
