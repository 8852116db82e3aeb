package slots_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
	"kwadrans/internal/slots/naive"
)

func TestChoose(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	ago := func(days int) time.Time { return noon.AddDate(0, 0, -days) }
	booked := func(texts ...string) (list []kwadrans.Busy) {
		for _, text := range texts {
			s := at(t, text)
			list = append(list, kwadrans.Busy{Span: kwadrans.Span{Start: s, End: s.Add(time.Hour)}, Kind: kwadrans.FromBooking, Topic: "other"})
		}
		return list
	}
	once, twice := booked("2027-06-14 09:00 +0200"), booked("2027-06-14 09:00 +0200", "2027-06-20 23:30 +0200")
	for _, c := range []struct {
		name             string
		anna, piotr, zoe slots.Host
		want             slots.Choice
	}{
		{"fewest", slots.Host{Busy: twice, LastBooked: ago(9)}, slots.Host{Busy: once, LastBooked: ago(1)}, slots.Host{Busy: twice, LastBooked: ago(10)},
			slots.Choice{Host: "piotr", Next: "zoe", Basis: slots.Fewest, Free: 3, Week: 1, NextWeek: 2, Last: ago(1), NextLast: ago(10)}},
		{"longest ago", slots.Host{LastBooked: ago(2)}, slots.Host{LastBooked: ago(3)}, slots.Host{Busy: once},
			slots.Choice{Host: "piotr", Next: "anna", Basis: slots.LongestAgo, Free: 3, Last: ago(3), NextLast: ago(2)}},
		{"never is longest ago", slots.Host{LastBooked: ago(2)}, slots.Host{LastBooked: ago(3)}, slots.Host{},
			slots.Choice{Host: "zoe", Next: "piotr", Basis: slots.LongestAgo, Free: 3, NextLast: ago(3)}},
		{"in order", slots.Host{LastBooked: ago(2)}, slots.Host{LastBooked: ago(2)}, slots.Host{LastBooked: ago(2)},
			slots.Choice{Host: "anna", Next: "piotr", Basis: slots.InOrder, Free: 3, Last: ago(2), NextLast: ago(2)}},
		{"only one is free", slots.Host{Busy: booked("2027-06-16 12:00 +0200")}, slots.Host{Busy: booked("2027-06-16 11:30 +0200")}, slots.Host{Busy: twice},
			slots.Choice{Host: "zoe", Basis: slots.OnlyFree, Free: 1, Week: 2}},
		{"only bookings of this week count", slots.Host{Busy: once},
			slots.Host{Busy: append(booked("2027-06-13 23:59 +0200", "2027-06-21 00:00 +0200"), kwadrans.Busy{Span: kwadrans.Span{Start: ago(1), End: ago(0)}, Kind: kwadrans.FromZoom})},
			slots.Host{Busy: booked("2027-06-14 00:00 +0200")},
			slots.Choice{Host: "piotr", Next: "anna", Basis: slots.Fewest, Free: 3, NextWeek: 1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := slots.Query{Topic: topic(time.Hour, time.Hour), Mode: slots.Any, Now: ago(1), Hosts: []slots.Host{c.anna, c.piotr, c.zoe}}
			for i, id := range []string{"anna", "piotr", "zoe"} {
				h := &q.Hosts[i]
				h.ID, h.Active, h.Schedule = id, true, hours("Europe/Warsaw", "0:00-24:00")
			}
			if got, ok := engine(t, q).Choose(noon); !ok || got != c.want {
				t.Errorf("got  %+v %v\nwant %+v", got, ok, c.want)
			}
		})
	}
}

// The week is the host's own: Monday in Kiribati is Sunday in Honolulu.
func TestChooseCountsTheHostsWeek(t *testing.T) {
	monday := time.Date(2027, 6, 14, 0, 0, 0, 0, time.UTC) // 14:00 on Monday, and on Sunday
	saturday := monday.Add(-40 * time.Hour)
	busy := []kwadrans.Busy{{Span: kwadrans.Span{Start: saturday, End: saturday.Add(time.Hour)}, Kind: kwadrans.FromBooking}}
	q := slots.Query{Topic: topic(time.Hour, time.Hour), Mode: slots.Any, Now: saturday, Hosts: []slots.Host{
		{ID: "honolulu", Active: true, Schedule: hours("Pacific/Honolulu", "0:00-24:00"), Busy: busy},
		{ID: "kiribati", Active: true, Schedule: hours("Pacific/Kiritimati", "0:00-24:00"), Busy: busy},
	}}
	want := slots.Choice{Host: "kiribati", Next: "honolulu", Basis: slots.Fewest, Free: 2, NextWeek: 1}
	if got, ok := engine(t, q).Choose(monday); !ok || got != want {
		t.Errorf("%+v %v", got, ok)
	}
}

func TestNobodyToChoose(t *testing.T) {
	noon := at(t, wednesday+"12:00 +0200")
	q := one(topic(time.Hour, time.Hour), noon.Add(-time.Hour), hours("Europe/Warsaw", "9:00-17:00"))
	if c, ok := engine(t, q).Choose(noon); !ok || c.Host != "me" || c.Basis != slots.OnlyFree {
		t.Errorf("one host: %+v %v", c, ok)
	}
	for name, spoil := range map[string]func(*slots.Query){
		"all are needed": func(q *slots.Query) { q.Mode = slots.All },
		"topic is off":   func(q *slots.Query) { q.Topic.On = false },
		"not active":     func(q *slots.Query) { q.Hosts[0].Active = false },
		"past":           func(q *slots.Query) { q.Now = noon.Add(time.Hour) },
	} {
		bad := q
		bad.Hosts = slices.Clone(q.Hosts)
		spoil(&bad)
		if c, ok := engine(t, bad).Choose(noon); ok || c.Host != "" {
			t.Errorf("%s: %+v", name, c)
		}
	}
}

// fair compares a choice at each slot with sorting whoever is free.
func fair(w world, choose func(e *slots.Engine, s slots.Slot) (string, bool)) error {
	w.q.Mode = slots.Any
	e := made(w)
	n, err := naive.New(w.q, w.from, w.to)
	if err != nil {
		return err
	}
	for _, s := range e.Slots(w.from, w.to) {
		free := slices.DeleteFunc(slices.Clone(w.q.Hosts), func(h slots.Host) bool { return !slices.Contains(n.FreeHosts(s.Start), h.ID) })
		slices.SortStableFunc(free, func(a, b slots.Host) int {
			if d := inWeek(a, s.Start) - inWeek(b, s.Start); d != 0 {
				return d
			}
			return a.LastBooked.Compare(b.LastBooked)
		})
		if got, ok := choose(e, s); !ok || got != free[0].ID {
			return fmt.Errorf("%v: chose %s, want %s", s.Start, got, free[0].ID)
		}
	}
	return nil
}

func inWeek(h slots.Host, t time.Time) (n int) {
	loc, _ := kwadrans.Zone(h.Schedule.Zone)
	for _, b := range h.Busy {
		if b.Kind == kwadrans.FromBooking && b.Start.Before(b.End) && isoWeek(b.Start.In(loc)) == isoWeek(t.In(loc)) {
			n++
		}
	}
	return n
}

func TestTheChoiceIsFair(t *testing.T) {
	holds(t, lively(func(w world) error {
		return fair(w, func(e *slots.Engine, s slots.Slot) (string, bool) {
			c, ok := e.Choose(s.Start)
			return c.Host, ok && c.Free == len(s.Hosts)
		})
	}))
	noticed(t, lively(func(w world) error {
		return fair(w, func(_ *slots.Engine, s slots.Slot) (string, bool) { return s.Hosts[0], true })
	}))
}
