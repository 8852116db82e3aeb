package booking

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"kwadrans/internal/kwadrans"
)

// How often Zoom is swept for meetings that carry our mark.
const (
	sweepEvery  = 6 * time.Hour
	sweepRest   = 10 * time.Minute // after an attempt of unknown outcome
	doubleAfter = 2 * time.Minute  // a double is deleted only when it is still one so much later
)

// Notes of the sweep, in Unix milliseconds.
const (
	metaSweep = "sweep_due"   // when the next one is due
	metaDoubt = "sweep_doubt" // the last attempt of unknown outcome
)

// Swept says what a sweep found.
type Swept struct {
	Deleted []int64          // doubles and leftovers of cancelled bookings
	Strays  []kwadrans.Stray // still there; unknown ones are never deleted by the program
}

// SweepDue says whether it is time to sweep.
func (s *Service) SweepDue(ctx context.Context) (bool, error) {
	due, err := s.noted(ctx, metaSweep)
	return err == nil && !due.IsZero() && !s.Now().Before(due), err
}

// PlanSweep makes the first sweep due where none was ever planned: what was lost
// before this data file knew of it would not be looked for otherwise.
func (s *Service) PlanSweep(ctx context.Context) error {
	due, err := s.noted(ctx, metaSweep)
	if err != nil || !due.IsZero() {
		return err
	}
	return s.note(ctx, metaSweep, s.Now().Add(sweepEvery))
}

// SweepNow makes a sweep due at once: Zoom may have meetings of ours that a
// restored data file does not know.
func (s *Service) SweepNow(ctx context.Context) error { return s.note(ctx, metaSweep, s.Now()) }

// Sweep looks at every meeting of the host that carries the mark of this data
// file. A second meeting of a booking is deleted when it was seen in two sweeps,
// the meeting of a cancelled booking at once; a meeting whose booking is not
// here is shown and left alone, since an older backup or another computer looks
// the same.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	began := s.Now()
	res, err := s.sweep(ctx)
	next := began.Add(sweepEvery)
	if err != nil || slices.ContainsFunc(res.Strays, func(v kwadrans.Stray) bool { return v.Why == kwadrans.StrayDouble }) {
		next = began.Add(sweepRest)
	}
	if doubt, noteErr := s.noted(ctx, metaDoubt); noteErr != nil {
		err = errors.Join(err, noteErr)
	} else if late := doubt.Add(sweepRest); late.After(began) && late.Before(next) { // a request that was given up may still land
		next = late
	}
	return res, errors.Join(err, s.note(context.WithoutCancel(ctx), metaSweep, next))
}

// sweep goes on where one meeting cannot be deleted.
func (s *Service) sweep(ctx context.Context) (res Swept, failed error) {
	list, err := s.Zoom.List(ctx, zoomUser, time.Time{}, time.Time{})
	if err != nil {
		return res, err
	}
	present := map[int64]bool{}
	for _, m := range list {
		present[m.ID] = true
	}
	for _, m := range list {
		id, ok, err := s.marked(ctx, m.Agenda)
		if err != nil {
			return res, err
		}
		if ok {
			failed = errors.Join(failed, s.sweepOne(ctx, m, id, present, &res))
		}
	}
	return res, errors.Join(failed, s.forgetGone(ctx, present))
}

func (s *Service) sweepOne(ctx context.Context, m kwadrans.Meeting, id string, present map[int64]bool, res *Swept) error {
	why, err := s.strayed(ctx, m, id, present)
	if err != nil {
		return err
	}
	if why == "" {
		return s.Store.ForgetStray(ctx, m.ID)
	}
	v, err := s.Store.SeeStray(ctx, kwadrans.Stray{MeetingID: m.ID, Booking: id, Why: why, Topic: m.Topic, Start: m.Start}, s.Now())
	if err != nil {
		return err
	}
	drop := why == kwadrans.StrayCancelled || why == kwadrans.StrayDouble && v.Seen >= 2 && v.Last.Sub(v.First) >= doubleAfter
	if !drop {
		res.Strays = append(res.Strays, v)
		return nil
	}
	if err := s.Zoom.Delete(ctx, m.ID); err != nil {
		return err
	}
	s.Log.Info("booking: removed a stray meeting", "meeting", m.ID, "booking", id, "why", why)
	res.Deleted = append(res.Deleted, m.ID)
	return s.Store.ForgetStray(ctx, m.ID)
}

// strayed says what is wrong with a marked meeting; "" for the booking's own
// meeting, for one that its step is still busy with, and for one that may be the
// only one: the booking knows of none, or its own is not in the list.
func (s *Service) strayed(ctx context.Context, m kwadrans.Meeting, id string, present map[int64]bool) (kwadrans.StrayWhy, error) {
	b, steps, err := s.Booking(ctx, id)
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFound {
		return kwadrans.StrayUnknown, nil
	}
	if err != nil {
		return "", err
	}
	for _, st := range steps {
		if st.Target == kwadrans.TargetZoom && !st.Done() && !st.Dead {
			return "", nil
		}
	}
	switch {
	case b.State == kwadrans.Cancelled:
		return kwadrans.StrayCancelled, nil
	case b.Zoom == nil, b.Zoom.ID == m.ID, !present[b.Zoom.ID]:
		return "", nil
	default:
		return kwadrans.StrayDouble, nil
	}
}

func (s *Service) forgetGone(ctx context.Context, present map[int64]bool) error {
	strays, err := s.Store.Strays(ctx)
	if err != nil {
		return err
	}
	for _, v := range strays {
		if !present[v.MeetingID] {
			if err := s.Store.ForgetStray(ctx, v.MeetingID); err != nil {
				return err
			}
		}
	}
	return nil
}

// sweepSoon makes a sweep due ten minutes after an attempt of unknown outcome: a
// request that was given up may still land. A sweep that is due earlier stays.
func (s *Service) sweepSoon(ctx context.Context) {
	ctx = context.WithoutCancel(ctx) // it matters most when the attempt was cut
	due, err := s.noted(ctx, metaSweep)
	if err == nil {
		err = s.note(ctx, metaDoubt, s.Now())
	}
	if soon := s.Now().Add(sweepRest); err == nil && (due.IsZero() || soon.Before(due)) {
		err = s.note(ctx, metaSweep, soon)
	}
	if err != nil {
		s.Log.Warn("booking: the next sweep could not be planned", "err", err)
	}
}

func (s *Service) sweepAfter(ctx context.Context, err error) {
	var f *kwadrans.Fault
	if !errors.As(err, &f) || f.Outcome == kwadrans.MaybeExecuted {
		s.sweepSoon(ctx)
	}
}

func (s *Service) note(ctx context.Context, key string, at time.Time) error {
	return s.Store.SetMeta(ctx, key, strconv.FormatInt(at.UnixMilli(), 10))
}

// noted returns a noted time; the zero time for none. What cannot be read counts as long ago.
func (s *Service) noted(ctx context.Context, key string) (time.Time, error) {
	v, err := s.Store.Meta(ctx, key)
	if err != nil || v == "" {
		return time.Time{}, err
	}
	ms, _ := strconv.ParseInt(v, 10, 64)
	return time.UnixMilli(ms), nil
}
