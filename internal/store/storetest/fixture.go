package storetest

import (
	"fmt"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	anna = "anna@example.com"
	jan  = "jan@example.com"
	host = "host@example.com"
)

// id names a booking; ids of different numbers differ in their first eight characters.
func id(n int) string { return fmt.Sprintf("%08x-0000-7000-8000-0000000000aa", n) }

// Sample is a Zoom booking of half an hour without buffers, minutes after the start of the tests' day.
func Sample(n, minutes int) kwadrans.Booking {
	yes := true
	at := start.Add(time.Duration(minutes) * time.Minute)
	wall, _ := kwadrans.WallOf(at, "Europe/Warsaw")
	b := kwadrans.Booking{
		ID: id(n), UID: id(n) + "@kwadrans", Topic: "rozmowa", TopicName: "Rozmowa „o wszystkim”",
		Host: kwadrans.Host{ID: kwadrans.Me, Name: "Ola Żak", Email: host},
		Wall: wall, Start: at, End: at.Add(30 * time.Minute),
		Place:  kwadrans.Place{Kind: kwadrans.PlaceZoom, WaitingRoom: &yes},
		Change: kwadrans.ChangePolicy{MayMove: true, MoveBefore: kwadrans.Duration(time.Hour), MaxMoves: 2},
		Note:   "Zażółć\ngęślą", Form: "Numer sprawy: II C 12/26", State: kwadrans.Provisioning, Rev: 1,
		Attendees: []kwadrans.Attendee{
			{Name: "Jan", Email: jan, Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Answer: kwadrans.NoAnswer},
			{Name: "Anna", Email: anna, Zone: "America/New_York", Lang: kwadrans.English, Answer: kwadrans.NoAnswer},
		},
		Created: start, Updated: start,
	}
	b.Blocked = b.Span()
	return b
}

// padded gives a booking buffers, in minutes.
func padded(b kwadrans.Booking, before, after int) kwadrans.Booking {
	b.Blocked = b.Span().Widen(time.Duration(before)*time.Minute, time.Duration(after)*time.Minute)
	return b
}

// Steps are the steps of a booking's revision as the act writes them: Zoom, and
// a letter to each attendee that waits for it.
func Steps(b kwadrans.Booking) []kwadrans.Step {
	zoom := kwadrans.Step{Subject: b.ID, Target: kwadrans.TargetZoom, Lane: kwadrans.LaneZoomMake + b.Host.ID, Want: b.Rev}
	needs := kwadrans.TargetZoom
	if b.State == kwadrans.Cancelled {
		zoom.Lane, needs = kwadrans.LaneZoomDrop+b.Host.ID, ""
	}
	list := []kwadrans.Step{zoom}
	for _, p := range b.Attendees {
		list = append(list, kwadrans.Step{Subject: b.ID, Target: kwadrans.LetterTo(p.Email), Lane: kwadrans.LaneMail, Needs: needs, Want: b.Rev})
	}
	return list
}

var created = kwadrans.Event{At: start, Actor: "host", Kind: "created"}

// reserve keeps a booking that must be free.
func (a *asker) reserve(b kwadrans.Booking, steps ...kwadrans.Step) kwadrans.Booking {
	a.Helper()
	inTheWay, err := a.s.Reserve(a.ctx, b, steps, created)
	a.ok(err)
	if len(inTheWay) > 0 {
		a.Fatalf("%s is not free: %+v", b.ID, inTheWay)
	}
	return b
}

// revise keeps the next revision of a booking, changed by edit.
func (a *asker) revise(id string, edit func(b *kwadrans.Booking)) kwadrans.Booking {
	a.Helper()
	b := a.booking(id)
	rev := b.Rev
	b.Rev++
	b.Updated = a.now
	edit(&b)
	done, err := a.s.Revise(a.ctx, b, rev, Steps(b), kwadrans.Event{At: a.now, Actor: "host", Kind: "changed"})
	a.ok(err)
	if !done {
		a.Fatal("somebody else was faster")
	}
	return b
}

func (a *asker) cancel(id string) { a.Helper(); a.revise(id, cancelled) }

func cancelled(b *kwadrans.Booking) { b.State, b.Reason = kwadrans.Cancelled, "choroba" }

func nothing(*kwadrans.Booking) {}

func (a *asker) booking(id string) kwadrans.Booking {
	a.Helper()
	b, err := a.s.Booking(a.ctx, id)
	a.ok(err)
	return b
}

// claim takes a step that must be due, and must be the one of that target.
func (a *asker) claim(target string) kwadrans.Step {
	a.Helper()
	st, ok, err := a.s.Claim(a.ctx, a.now, lease)
	a.ok(err)
	if !ok || st.Target != target {
		a.Fatalf("claimed %v %q, want %q", ok, st.Target, target)
	}
	return st
}

// idle expects that nothing is due.
func (a *asker) idle() {
	a.Helper()
	st, ok, err := a.s.Claim(a.ctx, a.now, lease)
	a.ok(err)
	if ok {
		a.Fatalf("%q of %s is due already", st.Target, st.Subject)
	}
}

// complete finishes a claimed step, which must be kept.
func (a *asker) complete(st kwadrans.Step, d kwadrans.Done) {
	a.Helper()
	kept, err := a.s.Complete(a.ctx, st, d, a.now)
	a.ok(err)
	if !kept {
		a.Fatalf("the claim of %q was lost", st.Target)
	}
}

// done is the success of a step that made a meeting of that number.
func done(rev int, meeting int64) kwadrans.Done {
	z := kwadrans.ZoomMeeting{ID: meeting, JoinURL: fmt.Sprintf("https://zoom.us/j/%d", meeting), Passcode: "żółw", HostMail: host}
	return kwadrans.Done{Rev: rev, RemoteID: z.MeetingID(), Meeting: &z,
		Event: kwadrans.Event{Actor: "program", Kind: "zoom-created", Target: kwadrans.TargetZoom, Detail: z.MeetingID()}}
}

// refuse fails a claimed step of which nothing reached the outside.
func (a *asker) refuse(st kwadrans.Step, wait time.Duration) bool {
	a.Helper()
	st.Attempt++
	st.NotBefore = a.now.Add(wait)
	return a.fail(st, nil)
}

// lose fails a claimed step whose outcome is not known.
func (a *asker) lose(st kwadrans.Step, wait time.Duration) bool {
	a.Helper()
	st.MaybeSent, st.MaybeSince, st.Ever = true, a.now, true
	return a.refuse(st, wait)
}

func (a *asker) fail(st kwadrans.Step, p *kwadrans.Pause) bool {
	a.Helper()
	st.Code, st.Words = kwadrans.CodeOffline, "no network"
	kept, err := a.s.Failed(a.ctx, st, p, kwadrans.Event{Actor: "program", Kind: "step-waiting", Target: st.Target}, a.now)
	a.ok(err)
	return kept
}

// step returns a step as it is kept.
func (a *asker) step(id, target string) kwadrans.Step {
	a.Helper()
	list, err := a.s.Steps(a.ctx, id)
	a.ok(err)
	for _, st := range list {
		if st.Target == target {
			return st
		}
	}
	a.Fatalf("%s has no step %q", id, target)
	return kwadrans.Step{}
}

// next expects when the next step comes due; the zero time for never.
func (a *asker) next(want time.Time) {
	a.Helper()
	got, any, err := a.s.NextDue(a.ctx, a.now)
	a.ok(err)
	if any != !want.IsZero() || !got.Equal(want) {
		a.Errorf("the next step comes due %v %v, want %v", any, got, want)
	}
}
