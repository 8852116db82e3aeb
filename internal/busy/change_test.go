package busy

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestAddLooksFirst(t *testing.T) {
	w := newWorld(t)
	w.edge.set(kwadrans.CalendarChange{}, refusal(kwadrans.CodeCalendarAuth))
	c := kwadrans.Calendar{Kind: kwadrans.CalendarFeed, Address: " https://calendar.example/s3cr3t ", Login: "anna"}
	_, err := w.Add(t.Context(), c, "pass")
	if kwadrans.CodeOf(err) != kwadrans.CodeCalendarAuth || len(w.list) > 0 {
		t.Errorf("%v, kept %d", err, len(w.list))
	}
	w.edge.set(kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{{Body: []byte("x")}}}, nil)
	if _, err = w.Add(t.Context(), c, "pass"); kwadrans.CodeOf(err) != kwadrans.CodeCalendarUnreadable || len(w.list) > 0 {
		t.Errorf("%v, kept %d", err, len(w.list))
	}
	w.edge.set(whole("X-WR-CALNAME:Praca\\, dom\r\n", busyEvent), nil)
	got, err := w.Add(t.Context(), c, "pass")
	if err != nil || got.Name != "Praca, dom" || got.Address != "https://calendar.example/s3cr3t" || !got.Added.Equal(w.now) || !got.Reading.Good.Equal(w.now) || got.ID == "" {
		t.Errorf("%+v %v", got, err)
	}
	if w.edge.secret != "pass" || w.secrets[got.ID] != "pass" || w.edge.have != nil {
		t.Error("the secret or the tags are wrong")
	}
	if free(w.ask(t, week), span(0, 9, 1)) {
		t.Error("what was found is not kept")
	}
	if _, err = w.Add(t.Context(), c, ""); kwadrans.CodeOf(err) != kwadrans.CodeExists {
		t.Errorf("twice: %v", err)
	}
}

func TestNames(t *testing.T) {
	w := newWorld(t)
	for address, row := range map[string]struct {
		kind       kwadrans.CalendarKind
		head, want string
	}{
		"https://calendar.example/s3cr3t/basic.ics": {kwadrans.CalendarFeed, "", "calendar.example"},
		"webcal://calendar.example:8443/s3cr3t":     {kwadrans.CalendarFeed, "", "calendar.example"},
		"/home/anna/Praca.ics":                      {kwadrans.CalendarFile, "", "Praca"},
		"/home/anna/dom.ics":                        {kwadrans.CalendarFile, "X-WR-CALNAME:Dom\r\n", "Dom"},
	} {
		w.edge.set(whole(row.head), nil)
		if c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: row.kind, Address: address}, ""); err != nil || c.Name != row.want {
			t.Errorf("%s: %q %v", address, c.Name, err)
		}
	}
}

func TestLongNameIsCut(t *testing.T) {
	if got := nameOf(kwadrans.Calendar{}, strings.Repeat("ż", 300)); got != strings.Repeat("ż", longest) {
		t.Errorf("%q", got)
	}
}

func TestWhatCannotBeKept(t *testing.T) {
	w := newWorld(t)
	for name, c := range map[string]kwadrans.Calendar{
		"no address": {Kind: kwadrans.CalendarFeed},
		"long name":  {Kind: kwadrans.CalendarFeed, Address: "x", Name: strings.Repeat("a", 121)},
		"colour":     {Kind: kwadrans.CalendarFeed, Address: "x", Colour: "red"},
		"publish":    {Kind: kwadrans.CalendarFeed, Address: "x", Publish: true},
		"kind":       {Kind: "fax", Address: "x"},
	} {
		if _, err := w.Add(t.Context(), c, ""); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
	if w.edge.count() > 0 {
		t.Error("somebody was asked")
	}
}

func TestChange(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, busyEvent)
	n := w.edge.count()
	c.Name, c.Colour = "Dom", "#a0b1c2"
	got, err := w.Change(t.Context(), c, nil)
	if err != nil || got.Name != "Dom" || got.Colour != "#a0b1c2" || w.edge.count() != n {
		t.Errorf("%+v %v, %d looks", got, err, w.edge.count()-n)
	}
	secret := kwadrans.Secret("new")
	w.edge.set(kwadrans.CalendarChange{}, refusal(kwadrans.CodeCalendarAuth))
	old := c.Address
	c.Address = "https://calendar.example/elsewhere"
	if _, err = w.Change(t.Context(), c, &secret); kwadrans.CodeOf(err) != kwadrans.CodeCalendarAuth || w.list[0].Address != old || w.secrets[c.ID] != "" {
		t.Errorf("%v: %+v", err, w.list)
	}
	if free(w.ask(t, week), span(0, 9, 1)) {
		t.Error("the copy is gone")
	}
	w.edge.set(whole("", "b 20261201T090000Z 1"), nil)
	if got, err = w.Change(t.Context(), c, &secret); err != nil || got.Address != c.Address || w.secrets[c.ID] != "new" || w.edge.secret != "new" || w.edge.have != nil {
		t.Errorf("%+v %v", got, err)
	}
	if ids := uids(w.ask(t, week)); !slices.Equal(ids, []string{"b"}) {
		t.Errorf("%q", ids)
	}
	if _, err := w.Change(t.Context(), kwadrans.Calendar{ID: "other-one", Address: "x"}, nil); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		t.Errorf("%v", err)
	}
}

// The data file breaks half-way: the new place must not be asked with what the old
// one gave, since it could say that nothing has changed.
func TestHalfAChangeForgetsTheMarks(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, busyEvent)
	w.unwritable = errors.New("disk")
	c.Address = "https://calendar.example/elsewhere"
	secret := kwadrans.Secret("new")
	if _, err := w.Change(t.Context(), c, &secret); err == nil {
		t.Fatal("nothing is said")
	}
	if w.list[0].Address != c.Address || w.readings[c.ID].Mark != (kwadrans.SourceMark{}) {
		t.Errorf("%+v %+v", w.list[0], w.readings[c.ID])
	}
}

func TestAllDayEventsBySetting(t *testing.T) {
	w := newWorld(t)
	w.edge.set(kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{{Body: []byte(strings.NewReplacer(
		"DTSTART:20261202T000000Z", "DTSTART;VALUE=DATE:20261202", "DURATION:PT1H\r\n", "").Replace(string(page("", "d 20261202T000000Z 1"))))}}}, nil)
	c, err := w.Add(t.Context(), kwadrans.Calendar{Kind: kwadrans.CalendarFile, Address: "/x"}, "")
	if err != nil || !free(w.ask(t, week), week) {
		t.Fatalf("%v", err)
	}
	n := w.edge.count()
	c.AllDay = true
	if _, err := w.Change(t.Context(), c, nil); err != nil || w.edge.count() != n {
		t.Fatal(err)
	}
	if len(w.memory.copies[c.ID].Instances) != 1 || free(w.ask(t, week), span(2, 9, 1)) {
		t.Error("the setting changes nothing")
	}
}

func TestRemove(t *testing.T) {
	w := newWorld(t)
	c := w.add(t, busyEvent)
	w.edge.set(kwadrans.CalendarChange{}, refusal(kwadrans.CodeOffline))
	w.pass(48 * time.Hour)
	if free(w.ask(t, week), span(0, 12, 1)) {
		t.Fatal("a dead source is free")
	}
	if got, err := w.Remove(t.Context(), c.ID[:8]); err != nil || got.ID != c.ID {
		t.Errorf("%+v %v", got, err)
	}
	if !free(w.ask(t, week), week) {
		t.Error("it still counts")
	}
	if _, err := w.Remove(t.Context(), c.ID); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		t.Errorf("%v", err)
	}
	if _, err := w.Refresh(t.Context(), c.ID); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		t.Errorf("%v", err)
	}
}

// Somebody leads a calendar elsewhere while it is being read at its old place.
func TestOldPlaceIsNotWrittenDown(t *testing.T) {
	for _, err := range []error{nil, refusal(kwadrans.CodeOffline)} {
		inTime(t, func(t *testing.T, w *world) {
			c := w.add(t, busyEvent)
			began, slow := make(chan struct{}), &edge{change: whole("", "old 20261130T090000Z 1"), err: err}
			release := make(chan struct{})
			slow.wait = func(_ ctxt) { close(began); <-release }
			w.Edges[c.Kind] = slow
			done := make(chan error)
			go func() { _, err := w.Refresh(t.Context()); done <- err }()
			<-began
			w.Edges[c.Kind] = w.edge
			w.edge.set(whole("", "new 20261130T120000Z 1"), nil)
			c.Address = "https://calendar.example/elsewhere"
			if _, err := w.Change(t.Context(), c, nil); err != nil {
				t.Fatal(err)
			}
			close(release)
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			if list := w.memory.copies[c.ID].Instances; len(list) != 1 || list[0].UID != "new" || w.readings[c.ID].Fails > 0 {
				t.Errorf("%+v %+v", list, w.readings[c.ID])
			}
		})
	}
}

func TestRemovedWhileItIsRead(t *testing.T) {
	inTime(t, func(t *testing.T, w *world) {
		c := w.add(t, busyEvent)
		w.edge.wait = func(ctxt) { _ = w.RemoveCalendar(t.Context(), c.ID) }
		if _, err := w.Refresh(t.Context()); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
			t.Errorf("%v", err)
		}
		if _, left := w.readings[c.ID]; left {
			t.Error("it is written down")
		}
	})
}

func TestDataFileThatBreaksIsAnError(t *testing.T) {
	w := newWorld(t)
	w.add(t, busyEvent)
	w.Keeper.Rules = func(ctxt) (Rules, error) { return Rules{}, errors.New("disk") }
	if _, err := w.reader.Read(t.Context(), Ask{Host: kwadrans.Me, Span: week}); err == nil {
		t.Error("reading goes on")
	}
	if _, err := w.Refresh(t.Context()); err == nil {
		t.Error("looking goes on")
	}
}
