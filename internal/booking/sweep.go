package booking

import (
	"context"
	"errors"
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

const metaSweep = "sweep_due"

// Swept says what a sweep found.
type Swept struct {
	Deleted []int64          // doubles and leftovers of cancelled bookings
	Strays  []kwadrans.Stray // still there; unknown ones are never deleted by the program
}

// SweepDue says whether it is time to sweep.
func (s *Service) SweepDue(ctx context.Context) (bool, error) {
	v, err := s.Store.Meta(ctx, metaSweep)
	if err != nil || v == "" {
		return false, err
	}
	ms, err := strconv.ParseInt(v, 10, 64)
	return err != nil || !s.Now().Before(time.UnixMilli(ms)), nil
}

// Sweep looks at every meeting of the host that carries the mark of this data
// file. A second meeting of a booking is deleted when it was seen in two sweeps,
// the meeting of a cancelled booking at once; a meeting whose booking is not
// here is shown and left alone, since an older backup or another computer looks
// the same.
func (s *Service) Sweep(ctx context.Context) (Swept, error) {
	var res Swept
	list, err := s.Zoom.List(ctx, zoomUser, time.Time{}, time.Time{})
	if err != nil {
		return res, err
	}
	present := map[int64]bool{}
	for _, m := range list {
		present[m.ID] = true
		id, ok, err := s.marked(ctx, m.Agenda)
		if err != nil {
			return res, err
		}
		if !ok {
			continue
		}
		if err := s.sweepOne(ctx, m, id, &res); err != nil {
			return res, err
		}
	}
	if err := s.forgetGone(ctx, present); err != nil {
		return res, err
	}
	return res, s.sweepAt(ctx, s.Now().Add(sweepEvery))
}

func (s *Service) sweepOne(ctx context.Context, m kwadrans.Meeting, id string, res *Swept) error {
	why, err := s.strayed(ctx, m, id)
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
// meeting and for one that its step is still busy with.
func (s *Service) strayed(ctx context.Context, m kwadrans.Meeting, id string) (kwadrans.StrayWhy, error) {
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
	case b.Zoom != nil && b.Zoom.ID == m.ID:
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

func (s *Service) sweepAt(ctx context.Context, at time.Time) error {
	return s.Store.SetMeta(ctx, metaSweep, strconv.FormatInt(at.UnixMilli(), 10))
}

// sweepSoon makes a sweep due ten minutes after an attempt of unknown outcome:
// a request that was given up may still land.
func (s *Service) sweepSoon(ctx context.Context) {
	if err := s.sweepAt(ctx, s.Now().Add(sweepRest)); err != nil {
		s.Log.Warn("booking: the next sweep could not be planned", "err", err)
	}
}

func (s *Service) sweepAfter(ctx context.Context, err error) {
	var f *kwadrans.Fault
	if !errors.As(err, &f) || f.Outcome == kwadrans.MaybeExecuted {
		s.sweepSoon(ctx)
	}
}
