package desk

import (
	"context"
	"reflect"
	"strings"
	"testing"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// hosted is a desk whose host is known.
func hosted(t *testing.T) *fixture {
	t.Helper()
	f := newFixture(t)
	settings := &Settings{f.desk}
	_, err := settings.SaveProfile(Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: "en"})
	check(t, err)
	return f
}

func TestASchedulesWay(t *testing.T) {
	f := hosted(t)
	s, topics := &Schedules{f.desk}, &Topics{f.desk}
	if list := got[[]Hours](t)(s.List()); len(list) != 0 {
		t.Errorf("before anything was made: %+v", list)
	}
	v := got[Hours](t)(s.Fresh())
	if v.Zone != "Europe/Warsaw" || len(v.Week) != 7 || !reflect.DeepEqual(v.Week[0], []Opening{{540, 1020}}) || len(v.Week[6]) != 0 {
		t.Errorf("a fresh one: %+v", v)
	}
	if _, err := s.Add(v); code(t, err) != "invalid-input" {
		t.Error("one without a name was kept")
	}
	v.Name = "  Wieczory  "
	v.Week[6] = []Opening{{1320, 1560}, {600, 660}}
	v.Days = []DayHours{{Date: "2027-12-24", Reason: "Wigilia"}, {Date: "2027-01-06", Hours: []Opening{{600, 720}}}}
	v = got[Hours](t)(s.Add(v))
	if v.Name != "Wieczory" || !reflect.DeepEqual(v.Week[6], []Opening{{600, 660}, {1320, 1560}}) || v.Days[0].Date != "2027-01-06" {
		t.Errorf("kept as %+v", v)
	}
	if _, err := s.Add(v); code(t, err) != "exists" {
		t.Error("a second one of the name was kept")
	}
	if fresh := got[Topic](t)(topics.Fresh()); fresh.Schedule != "Wieczory" {
		t.Errorf("a new topic has the hours of %q", fresh.Schedule)
	}
	_, err := topics.Add(Topic{Name: "Porada", Colour: "green", On: true, Duration: 30, Step: 15, MaxDays: 90, Schedule: "Wieczory", Places: []Place{{Kind: "phone", Detail: "1"}}})
	check(t, err)
	if _, err := s.Remove("Wieczory"); code(t, err) != "in-use" || !strings.Contains(err.Error(), "Porada") {
		t.Errorf("removed under a topic: %v", err)
	}
	v.Name = "Noce"
	v = got[Hours](t)(s.Change("Wieczory", v))
	if len(v.Topics) != 1 || v.Topics[0].Name != "Porada" {
		t.Errorf("renamed, its topics are %+v", v.Topics)
	}
	if list := got[[]Hours](t)(s.List()); len(list) != 1 || !reflect.DeepEqual(list[0], v) {
		t.Errorf("the list says %+v", list)
	}
	if _, err := s.Change("Wieczory", v); code(t, err) != "exists" {
		t.Error("a rename onto a name that is taken went well")
	}
	_, err = topics.Remove("porada")
	check(t, err)
	gone := got[Hours](t)(s.Remove("Noce"))
	gone.Topics = v.Topics
	if !reflect.DeepEqual(gone, v) {
		t.Errorf("for undo: %+v", gone)
	}
	if _, err := s.Change("Noce", v); code(t, err) != "not-found" {
		t.Error("one that is gone was changed")
	}
}

func TestTheOutlookOfASchedule(t *testing.T) {
	f := hosted(t)
	s := &Schedules{f.desk}
	v := got[Hours](t)(s.Fresh())
	out := got[Outlook](t)(s.Look(v))
	monday, err := kwadrans.ParseDate(out.From)
	check(t, err)
	if out.Minutes != 40*60 || monday.AddDays(6).String() != out.To || monday.Weekday() != 1 {
		t.Errorf("five days of eight hours: %+v", out)
	}
	check(t, act(f.desk, func(_ context.Context, h *house.House) error {
		if today := kwadrans.DateOf(h.Now()); !today.Before(monday) || today.AddDays(7).Before(monday) {
			t.Errorf("the week after %s begins on %s", today, monday)
		}
		return nil
	}))
	v.Days = []DayHours{{Date: out.From}, {Date: out.To, Hours: []Opening{{1380, 1500}}}}
	v.Week[1] = []Opening{{540, 600}, {570, 660}}
	if _, err := s.Add(v); code(t, err) != "invalid-input" {
		t.Error("hours that overlap were kept")
	}
	// Closed on Monday, two hours on Tuesday, one of Sunday's two hours: the other is of the week after.
	if out := got[Outlook](t)(s.Look(v)); out.Minutes != (2+24+1)*60 {
		t.Errorf("%d minutes", out.Minutes)
	}
	v.Days = []DayHours{{Date: "24.12."}}
	if _, err := s.Look(v); code(t, err) != "invalid-input" {
		t.Error("no date was taken for one")
	}
	v.Zone, v.Days = "Europe/Nowhere", nil
	if _, err := s.Look(v); code(t, err) != "invalid-input" {
		t.Error("no zone was taken for one")
	}
}
