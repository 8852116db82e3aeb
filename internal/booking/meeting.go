package booking

import (
	"context"
	"sort"
	"strconv"
	"time"

	"kwadrans/internal/kwadrans"
)

// MeetingTarget is the outbox target that gives a booking its Zoom meeting.
type MeetingTarget struct{ *Service }

// Act brings Zoom to the wanted revision: makes the meeting, moves it, or
// deletes it. After an attempt of unknown outcome it looks for the mark before
// it makes anything; a list that cannot be read leaves the outcome unknown.
func (t MeetingTarget) Act(ctx context.Context, st kwadrans.Step) (kwadrans.Done, error) {
	b, err := t.claimed(ctx, st)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	account, err := t.account(ctx, st, b)
	if err != nil {
		return kwadrans.Done{}, err
	}
	if b.State == kwadrans.Cancelled {
		return t.drop(ctx, st, b)
	}
	plan, err := t.plan(ctx, b)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	if st.RemoteID != "" {
		return t.change(ctx, st, b, plan)
	}
	if st.MaybeSent {
		t.sweepSoon(ctx)
		found, err := t.find(ctx, b)
		if err != nil {
			return kwadrans.Done{}, stillUnknown(err)
		}
		if len(found) > 0 {
			return t.adopt(ctx, st, b, plan, found[0])
		}
	}
	if st.Account != account {
		if err := t.Store.KeepAccount(ctx, st, account); err != nil {
			return kwadrans.Done{}, notSent(err)
		}
	}
	m, err := t.Zoom.Create(ctx, zoomUser, plan)
	if err != nil {
		t.sweepAfter(ctx, err)
		return kwadrans.Done{}, err
	}
	if err := sameTime(m, plan); err != nil {
		return kwadrans.Done{}, err
	}
	return t.has(ctx, st, b, m, "zoom-created"), nil
}

func (t MeetingTarget) plan(ctx context.Context, b kwadrans.Booking) (kwadrans.MeetingPlan, error) {
	mark, err := t.mark(ctx, b.ID)
	if err != nil {
		return kwadrans.MeetingPlan{}, err
	}
	return kwadrans.MeetingPlan{
		Topic: b.TopicName, Agenda: mark, Start: b.Start, Duration: b.End.Sub(b.Start), Zone: b.Wall.Zone,
		WaitingRoom: b.Place.WaitingRoom, JoinBeforeHost: b.Place.JoinBeforeHost,
	}, nil
}

// change PATCHes the meeting that the booking has, reads it back and compares
// the instant. A meeting that is gone was deleted in Zoom by hand.
func (t MeetingTarget) change(ctx context.Context, st kwadrans.Step, b kwadrans.Booking, plan kwadrans.MeetingPlan) (kwadrans.Done, error) {
	id, err := strconv.ParseInt(st.RemoteID, 10, 64)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	if err := t.Zoom.Update(ctx, id, plan); err != nil {
		if t.Zoom.Gone(err) {
			return kwadrans.Done{}, &kwadrans.Fault{Permanent: true, Code: kwadrans.CodeZoomDrift, Words: "the meeting was deleted in Zoom", Err: err}
		}
		return kwadrans.Done{}, err // PATCH is idempotent: an unknown outcome is simply repeated
	}
	m, err := t.Zoom.Get(ctx, id)
	if err != nil {
		return kwadrans.Done{}, err
	}
	if err := sameTime(m, plan); err != nil {
		return kwadrans.Done{}, err
	}
	return t.has(ctx, st, b, m, "zoom-changed"), nil
}

// adopt takes a meeting that an earlier attempt made, moved if need be.
func (t MeetingTarget) adopt(ctx context.Context, st kwadrans.Step, b kwadrans.Booking, plan kwadrans.MeetingPlan, m kwadrans.Meeting) (kwadrans.Done, error) {
	if !m.Start.Equal(plan.Start) || m.Duration != plan.Duration {
		if err := t.Zoom.Update(ctx, m.ID, plan); err != nil {
			return kwadrans.Done{}, stillUnknown(err)
		}
	}
	full, err := t.Zoom.Get(ctx, m.ID) // lists carry no passcode
	if err != nil {
		return kwadrans.Done{}, stillUnknown(err)
	}
	if err := sameTime(full, plan); err != nil {
		return kwadrans.Done{}, err
	}
	return t.has(ctx, st, b, full, "zoom-found"), nil
}

func (t MeetingTarget) has(ctx context.Context, st kwadrans.Step, b kwadrans.Booking, m kwadrans.Meeting, kind string) kwadrans.Done {
	z := kwadrans.ZoomMeeting{ID: m.ID, JoinURL: m.JoinURL, Passcode: m.Passcode, HostMail: m.HostMail}
	c, err := t.Connections.Connection(context.WithoutCancel(ctx), kwadrans.Personal)
	if err != nil {
		t.Log.Warn("booking: nobody knows in which account the meeting is", "err", err)
	}
	return kwadrans.Done{
		Rev: b.Rev, RemoteID: z.MeetingID(), Account: c.Account.Key(), Meeting: &z,
		Event: kwadrans.Event{Actor: "program", Kind: kind, Target: st.Target, Detail: z.MeetingID()},
	}
}

// drop deletes the meeting of a cancelled booking: the known one, or, after an
// attempt of unknown outcome, whatever carries its mark.
func (t MeetingTarget) drop(ctx context.Context, st kwadrans.Step, b kwadrans.Booking) (kwadrans.Done, error) {
	done := kwadrans.Done{Rev: b.Rev, Forget: true}
	var ids []int64
	switch {
	case st.RemoteID != "":
		id, err := strconv.ParseInt(st.RemoteID, 10, 64)
		if err != nil {
			return kwadrans.Done{}, notSent(err)
		}
		ids = append(ids, id)
	case st.MaybeSent:
		t.sweepSoon(ctx)
		found, err := t.find(ctx, b)
		if err != nil {
			return kwadrans.Done{}, stillUnknown(err)
		}
		for _, m := range found {
			ids = append(ids, m.ID)
		}
	}
	for _, id := range ids {
		if err := t.Zoom.Delete(ctx, id); err != nil {
			return kwadrans.Done{}, err
		}
	}
	if done.Never = len(ids) == 0; !done.Never {
		done.Event = kwadrans.Event{Actor: "program", Kind: "zoom-deleted", Target: st.Target, Detail: strconv.FormatInt(ids[0], 10)}
	}
	return done, nil
}

// find returns the meetings with the booking's mark, the oldest first: that one
// is kept when there are several. A first revision can only lie on the days
// around its start; a later one is looked for everywhere, since what was lost
// may have another start.
func (t MeetingTarget) find(ctx context.Context, b kwadrans.Booking) ([]kwadrans.Meeting, error) {
	var from, to time.Time
	if b.Rev == 1 {
		from, to = b.Start.AddDate(0, 0, -1), b.Start.AddDate(0, 0, 1)
	}
	list, err := t.Zoom.List(ctx, zoomUser, from, to)
	if err != nil {
		return nil, err
	}
	var found []kwadrans.Meeting
	for _, m := range list {
		if mayBe(m, b) {
			if m, err = t.Zoom.Get(ctx, m.ID); t.Zoom.Gone(err) {
				continue
			} else if err != nil {
				return nil, err
			}
		}
		id, ok, err := t.marked(ctx, m.Agenda)
		if err != nil {
			return nil, err
		}
		if ok && id == b.ID {
			found = append(found, m)
		}
	}
	sort.Slice(found, func(i, j int) bool {
		if !found[i].Created.Equal(found[j].Created) {
			return found[i].Created.Before(found[j].Created)
		}
		return found[i].ID < found[j].ID
	})
	return found, nil
}

// mayBe says whether a row without an agenda could be the booking's: every field
// of a list row is optional.
func mayBe(m kwadrans.Meeting, b kwadrans.Booking) bool {
	return m.Agenda == "" && m.Kind == kwadrans.ScheduledMeeting && (m.Topic == "" || m.Topic == b.TopicName)
}

// sameTime compares the instant that Zoom has with the one that was meant: the
// field's most frequent defect is a meeting at the wrong hour.
func sameTime(m kwadrans.Meeting, plan kwadrans.MeetingPlan) error {
	if m.Start.Equal(plan.Start) {
		return nil
	}
	return &kwadrans.Fault{
		Outcome: kwadrans.MaybeExecuted, Permanent: true, Code: kwadrans.CodeZoomDrift,
		Words: "Zoom has the meeting at " + m.Start.UTC().Format(time.RFC3339) + " instead of " + plan.Start.UTC().Format(time.RFC3339),
	}
}
