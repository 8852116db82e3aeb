package outbox_test

import (
	"context"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestPauseHoldsOnlyItsLane(t *testing.T) {
	bubble(t, func(w *world) {
		until := time.Now().Add(5 * time.Hour)
		w.acts["letter"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			if s.Lane == "zoom/make/me" && time.Now().Before(until) {
				return kwadrans.Done{}, &kwadrans.Fault{Code: kwadrans.CodeZoomLimit, PauseLane: true, Until: until}
			}
			return kwadrans.Done{Rev: s.Want}, nil
		}
		held := []kwadrans.Booking{w.inLane("zoom/make/me"), w.inLane("zoom/make/me"), w.inLane("zoom/make/me"), w.inLane("zoom/make/me"), w.inLane("zoom/make/me")}
		free := []kwadrans.Booking{w.inLane("zoom/make/me2"), w.inLane("zoom/drop/me"), w.inLane(kwadrans.LaneMail)}
		w.run()
		w.sleep(4 * time.Hour)
		for _, b := range free {
			if st := w.step(b, jan); !st.Done() {
				t.Errorf("%s was held back", st.Lane)
			}
		}
		tried := 0
		for _, b := range held {
			tried += len(w.attempts(b, jan))
			if st := w.step(b, jan); st.Done() || st.Dead || st.Attempt != 0 {
				t.Errorf("%+v", st)
			}
		}
		if tried < 1 || tried > w.o.Workers {
			t.Errorf("%d attempts while the lane is paused", tried)
		}
		w.sleep(time.Hour + time.Second)
		for _, b := range held {
			if !w.step(b, jan).Done() {
				t.Error("not done after the pause")
			}
		}
	})
}

// A pause that only a person ends is no failure of the step: whenever it ends,
// the step goes on at once.
func TestPausedForWeeks(t *testing.T) {
	bubble(t, func(w *world) {
		w.acts["letter"] = always(&kwadrans.Fault{Code: kwadrans.CodeMailNotSet, PauseLane: true, Until: kwadrans.Forever})
		b := w.book(jan)
		w.run()
		w.sleep(40 * 24 * time.Hour)
		if n := len(w.attempts(b, jan)); n != 1 {
			t.Errorf("%d attempts", n)
		}
		w.acts["letter"] = nil
		w.ok(w.store.ResumeLanes(w.ctx, kwadrans.LaneMail))
		w.sleep(w.o.Poll)
		if !w.step(b, jan).Done() {
			t.Error("not done")
		}
	})
}

// A letter waits for the Zoom step of its own revision, whatever changes meanwhile.
func TestNoLetterBeforeItsMeeting(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Poll = time.Second
		w.acts["zoom"] = working(9 * time.Second)
		early := 0
		w.acts["letter"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			list, err := w.store.Steps(context.Background(), s.Subject)
			if err != nil || list[0].Target != zoom || list[0].Have < s.Want {
				early++
			}
			return kwadrans.Done{Rev: s.Want}, nil
		}
		var list []kwadrans.Booking
		for range 6 {
			list = append(list, w.book(zoom, jan, anna))
		}
		w.run()
		for i := range 30 {
			w.sleep(3 * time.Second)
			w.revise(list[i%len(list)].ID, kwadrans.Provisioning)
		}
		w.sleep(5 * time.Minute)
		for _, b := range list {
			if a, z := w.step(b, anna), w.step(b, zoom); !a.Done() || !z.Done() || a.Have != z.Have || z.Have != 6 {
				t.Errorf("%+v %+v", z, a)
			}
		}
		if early > 0 {
			t.Errorf("%d letters were sent before their meeting", early)
		}
	})
}

func TestCancelWhileTheCreateIsUnknown(t *testing.T) {
	bubble(t, func(w *world) {
		w.o.Poll = time.Second
		w.acts["zoom"] = func(_ context.Context, s kwadrans.Step) (kwadrans.Done, error) {
			if s.Want == 1 {
				return kwadrans.Done{}, fault(kwadrans.MaybeExecuted, kwadrans.CodeOffline)
			}
			return kwadrans.Done{Rev: s.Want, Forget: true}, nil
		}
		b := w.book(zoom, jan)
		w.run()
		w.sleep(2 * time.Second)
		w.revise(b.ID, kwadrans.Cancelled)
		w.sleep(time.Hour)
		list := w.attempts(b, zoom)
		if len(list) != 2 || !list[1].step.MaybeSent || list[1].step.Want != 2 {
			t.Fatalf("%+v", list)
		}
		if rest := list[1].at.Sub(list[0].at); rest < w.o.Settle || rest > w.o.Settle+2*time.Second {
			t.Errorf("looked up after %v", rest)
		}
		if letters := w.attempts(b, jan); len(letters) != 1 || letters[0].step.Ever {
			t.Errorf("letters: %+v", letters)
		}
	})
}
