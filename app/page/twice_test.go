package page

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// TestMain lets this binary be the other process: a page over the same data.
func TestMain(m *testing.M) {
	if dir := os.Getenv("PAGE_CHILD"); dir != "" {
		os.Exit(childPage(dir))
	}
	os.Exit(m.Run())
}

func childPage(dir string) int {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	defer stop()
	h, err := house.Open(ctx, house.Config{Dir: dir, Env: os.Getenv, Tune: quick, Timeout: 2 * time.Second})
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	defer func() { _ = h.Close() }()
	l, err := Listen("127.0.0.1:0", public)
	if err != nil {
		fmt.Println("error", err)
		return 1
	}
	fmt.Println("http://" + l.Addr().String())
	if err := New(h, public).Serve(ctx, l); err != nil {
		fmt.Println("error", err)
		return 1
	}
	return 0
}

// child starts the other process and returns its address, and what waits for its end.
func (s *stage) child() (url string, end func() error) {
	s.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "PAGE_CHILD="+s.sb.Dir)
	for name, value := range s.sb.Env() {
		cmd.Env = append(cmd.Env, name+"="+value)
	}
	out, err := cmd.StdoutPipe()
	s.ok(err)
	cmd.Stderr = os.Stderr
	s.ok(cmd.Start())
	line := make([]byte, 200)
	n, err := out.Read(line)
	s.ok(err)
	url = strings.TrimSpace(string(line[:n]))
	if !strings.HasPrefix(url, "http://") {
		s.Fatal(url)
	}
	return url, func() error {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		return cmd.Wait()
	}
}

// Two processes serve one file, and the host books beside them: nobody has the same
// time twice, every letter goes out once, and both end when they are asked to.
func TestTwoProcesses(t *testing.T) {
	s := open(t)
	other, end := s.child()
	n := 16
	if testing.Short() {
		n = 6
	}
	var all sync.WaitGroup
	for i := range n {
		at := s.day(5, 8, 0).Add(time.Duration(i/2) * 30 * time.Minute) // two for each start, one through each door
		all.Go(func() {
			b := s.browser(fmt.Sprintf("198.51.100.%d", i+1))
			if i%2 == 1 {
				b.url = other
			}
			if g := b.book("szybka", at, "Anna", fmt.Sprintf("anna%d@example.com", i)); g.status != 200 && g.status != 409 {
				t.Errorf("%d %s", g.status, g.text())
			}
		})
		all.Go(func() {
			_, err := s.h.Booking.Book(t.Context(), booking.Request{Topic: "rozmowa", Start: at, Attendees: []kwadrans.Attendee{{Email: "gosc@example.com"}}})
			if err != nil && kwadrans.CodeOf(err) != kwadrans.CodeNotFree {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.settle()
	list := s.bookings()
	if len(list) != n/2 {
		t.Errorf("%d bookings at %d starts", len(list), n/2)
	}
	letters := map[string]int{}
	for _, m := range s.mail.Letters() {
		letters[m.MessageID]++
	}
	for i, a := range list {
		for _, b := range list[i+1:] {
			if a.Blocked.Overlaps(b.Blocked) {
				t.Errorf("%v and %v overlap", a.Span(), b.Span())
			}
		}
	}
	for id, n := range letters {
		if n > 1 {
			t.Errorf("the letter %s went out %d times", id, n)
		}
	}
	if len(letters) != 2*len(list) || s.calls("POST /users/{userId}/meetings") != len(list) {
		t.Errorf("%d letters and %d meetings for %d bookings", len(letters), s.calls("POST /users/{userId}/meetings"), len(list))
	}
	began := time.Now()
	if err := end(); err != nil || time.Since(began) > grace {
		t.Errorf("the other process ended with %v after %v", err, time.Since(began))
	}
}

// A page that has ended is in no letter any more, and one that was never reachable
// from elsewhere is in none.
func TestLettersKnowThePage(t *testing.T) {
	s := open(t)
	url, err := s.h.Booking.PageURL(t.Context())
	if err != nil || url != public {
		t.Fatalf("%q %v", url, err)
	}
	book := func(day int, email string) string {
		_, err := s.h.Booking.Book(t.Context(), booking.Request{Topic: "rozmowa", Start: s.day(day, 10, 0), Attendees: []kwadrans.Attendee{{Email: email, Lang: kwadrans.Polish}}})
		s.ok(err)
		s.ok(s.h.Await(t.Context(), s.bookings()[len(s.bookings())-1].ID, 20*time.Second))
		s.await("the letter", func() bool { return len(s.letters(email)) == 1 })
		return s.letters(email)[0]
	}
	if l := book(5, "anna@example.com"); !strings.Contains(l, public+"/r/") || !strings.Contains(l, "Przełóż lub odwołaj") || strings.Contains(l, "Odpowiedz na ten list; ") {
		t.Errorf("the letter beside a page:\n%s", l)
	}
	s.stop()
	err = <-s.ended
	s.ended <- err
	if url, err := s.h.Booking.PageURL(t.Context()); url != "" || err != nil {
		t.Errorf("a page that has ended is still there: %q %v", url, err)
	}
	if l := book(6, "jan@example.com"); strings.Contains(l, public) || !strings.Contains(l, "Inny termin albo odwołanie?") {
		t.Errorf("the letter without a page:\n%s", l)
	}
	s.ok(s.h.Booking.NotePage(t.Context(), "http://127.0.0.1:8080"))
	if l := book(7, "ola@example.com"); strings.Contains(l, "127.0.0.1") {
		t.Error("a letter leads to this computer")
	}
	s.ok(s.h.Booking.NotePage(t.Context(), public))
	s.later.Store(int64(time.Hour))
	if url, _ := s.h.Booking.PageURL(t.Context()); url != "" {
		t.Error("a page that crashed is believed for ever")
	}
}
