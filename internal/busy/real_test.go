package busy

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"kwadrans/internal/calendar"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/sqlite"
	"kwadrans/internal/store/storetest"
)

// onFile puts a world onto a real data file, with the real edges.
func onFile(t testing.TB, dir string) *world {
	t.Helper()
	s, err := sqlite.Open(t.Context(), dir, storetest.Sealer("k"))
	if err != nil {
		t.Fatal(err)
	}
	w := newWorld(t)
	t.Cleanup(func() { _ = s.Close() })
	w.Store, w.reader.Own = s, s
	w.NewID = func() string { return uuid.Must(uuid.NewV7()).String() }
	w.Edges = map[kwadrans.CalendarKind]Edge{kwadrans.CalendarFile: calendar.File{}, kwadrans.CalendarFeed: calendar.Feed{}}
	return w
}

func TestOnARealDataFile(t *testing.T) {
	dir, events, asked := t.TempDir(), []string{busyEvent, "r 20261201T120000Z 1 RRULE:FREQ=DAILY"}, 0
	server := httptest.NewServer(http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		asked++
		if rw.Header().Set("ETag", `"1"`); r.Header.Get("If-None-Match") == `"1"` && len(events) == 2 {
			rw.WriteHeader(http.StatusNotModified)
			return
		}
		_, _ = rw.Write(page("X-WR-CALNAME:Praca\r\n", events...))
	}))
	defer server.Close()
	path := filepath.Join(t.TempDir(), "home.ics")
	if err := os.WriteFile(path, page("", "h 20261130T150000Z 1"), 0o600); err != nil {
		t.Fatal(err)
	}
	w := onFile(t, dir)
	feed, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarFeed, Address: server.URL + "/s3cr3t", Near: true}, "")
	if err != nil || feed.Name != "Praca" {
		t.Fatal(feed, err)
	}
	if _, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarFile, Address: path}, ""); err != nil {
		t.Fatal(err)
	}
	w.users = []ZoomUser{{kwadrans.Me, "acc/1"}}
	w.zoom.list = []kwadrans.Busy{meeting(1, span(2, 9, 1))}
	w.pass(time.Hour)
	for _, s := range refresh(t, w) {
		if s.Err != nil {
			t.Errorf("%s: %v", s.Name, s.Err)
		}
	}
	want := []string{"1", "a", "h", "r", "r", "r", "r", "r", "r"}
	if rep := w.zoomAsk(t, week, false); !slices.Equal(uids(rep), want) || len(rep.Unknown) > 0 {
		t.Errorf("%+v", rep)
	}
	w.Close()
	again := onFile(t, dir) // the next process, which has nothing in memory
	again.users = w.users
	n := asked
	if rep := again.zoomAsk(t, week, false); !slices.Equal(uids(rep), want) || len(rep.Unknown) > 0 || asked != n {
		t.Errorf("the next process: %+v", rep)
	}
	changesOnFile(t, again, feed.ID)
	events = events[:1]
	refresh(t, again, feed.ID[:13])
	if got := uids(again.ask(t, week)); !slices.Equal(got, []string{"a", "h"}) {
		t.Errorf("%q", got)
	}
	if _, err := again.Remove(t.Context(), feed.ID); err != nil {
		t.Fatal(err)
	}
	if got := uids(again.ask(t, week)); !slices.Equal(got, []string{"h"}) {
		t.Errorf("%q", got)
	}
}

// The list shows only a part of a feed's address; giving that back changes nothing.
func changesOnFile(t *testing.T, w *world, id string) {
	t.Helper()
	c := *w.state(t, id).Calendar
	if strings.Contains(c.Address, "s3cr3t") {
		t.Errorf("the list tells %q", c.Address)
	}
	c.Name, c.AllDay = "Biuro", true
	got, err := w.Change(t.Context(), c, nil)
	if err != nil || got.Name != "Biuro" || !strings.HasSuffix(got.Address, "/s3cr3t") {
		t.Errorf("%+v %v", got, err)
	}
	c.Address = ""
	secret := kwadrans.Secret("pass")
	if got, err = w.Change(t.Context(), c, &secret); err != nil || !strings.HasSuffix(got.Address, "/s3cr3t") {
		t.Errorf("%+v %v", got, err)
	}
}
