package house_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

const denseAttempts = 60

// denseStart is one of few starts: three days, every quarter of an hour.
func denseStart(rng *rand.Rand) time.Time {
	return time.Now().UTC().Truncate(24 * time.Hour).Add(72*time.Hour + time.Duration(rng.IntN(3*96))*15*time.Minute)
}

// dense books the same days as everybody else, and runs no outbox.
func dense(ctx context.Context, rng *rand.Rand) error {
	h, err := child(ctx, quick)
	if err != nil {
		return err
	}
	for range denseAttempts {
		a, err := h.Booking.Book(ctx, booking.Request{Topic: "dense", Start: denseStart(rng), Attendees: guests(1)})
		if err != nil {
			return err
		}
		if !a.Booked && len(a.Conflicts) == 0 {
			return errors.New("not booked, and nobody says why")
		}
		if a.Booked {
			fmt.Println("ACK", a.Booking.ID, a.Booking.Start.Format(time.RFC3339), ".")
		}
	}
	return h.Close()
}

// reckless is the mutant: it looks, and then writes as if it had a reason to
// book over what somebody else has written meanwhile.
func reckless(ctx context.Context, rng *rand.Rand) error {
	h, err := child(ctx, quick)
	if err != nil {
		return err
	}
	h.Booking.Store = unguarded{h.Booking.Store}
	for range denseAttempts {
		if _, err := h.Booking.Book(ctx, booking.Request{Topic: "dense", Start: denseStart(rng), Attendees: guests(1)}); err != nil {
			return err
		}
	}
	return h.Close()
}

type unguarded struct{ booking.Store }

func (u unguarded) Reserve(ctx context.Context, b kwadrans.Booking, steps []kwadrans.Step, e kwadrans.Event) ([]kwadrans.Busy, error) {
	time.Sleep(5 * time.Millisecond) // what another process needs to be faster
	b.Over = "never mind"
	return u.Store.Reserve(ctx, b, steps, e)
}

// crowd lets eight processes book the same days and returns what they did wrong.
func (s *stage) crowd(role string) (overlaps int, failed []string, acked int) {
	s.Helper()
	h := s.open()
	defer func() { _ = h.Close() }()
	topic := kwadrans.DefaultTopic("dense", kwadrans.Duration(40*time.Minute))
	topic.Places, topic.Schedule = []kwadrans.Place{{Kind: kwadrans.PlacePhone, Detail: "+48 600 000 000"}}, "always"
	topic.BufferAfter = kwadrans.Duration(10 * time.Minute)
	_, err := h.Setup.AddTopic(s.Context(), topic)
	s.ok(err)
	seed := seedOf(s.T)
	var list []*process
	for i := range 8 {
		list = append(list, s.start(s.T, role, seed+uint64(i)))
	}
	for _, p := range list {
		for _, words := range p.wait() {
			if words[0] == "ERROR" {
				failed = append(failed, fmtLine(words))
			}
			if words[0] == "ACK" {
				acked++
			}
		}
	}
	kept, err := h.Store.Bookings(s.Context(), kwadrans.Span{Start: time.Unix(0, 0), End: time.Now().AddDate(1, 0, 0)}, 0, 0)
	s.ok(err)
	for i, a := range kept {
		for _, b := range kept[i+1:] {
			if a.Blocked.Overlaps(b.Span()) || b.Blocked.Overlaps(a.Span()) {
				overlaps++
			}
		}
	}
	if role == "dense" && acked != len(kept) {
		failed = append(failed, fmt.Sprintf("%d said, %d kept", acked, len(kept)))
	}
	return overlaps, failed, acked
}

// Eight processes book the same three days: nothing overlaps, nothing fails.
func TestDenseBooking(t *testing.T) {
	began := time.Now()
	overlaps, failed, acked := build(t).crowd("dense")
	if overlaps > 0 || len(failed) > 0 || acked < 30 {
		t.Errorf("%d overlaps, %d booked, failures %q", overlaps, acked, failed)
	}
	t.Logf("8 processes, %d attempts, %d booked, %v", 8*denseAttempts, acked, time.Since(began).Round(time.Second))
}

// The control: without the question inside the transaction they overlap.
func TestDenseBookingFindsTheUnguarded(t *testing.T) {
	if overlaps, _, _ := build(t).crowd("reckless"); overlaps == 0 {
		t.Error("no overlap was found: the judge is blind")
	} else {
		t.Logf("%d overlaps found", overlaps)
	}
}

// runner runs the outbox until it is killed.
func runner(ctx context.Context, _ *rand.Rand) error {
	h, err := child(ctx, quick)
	if err != nil {
		return err
	}
	fmt.Println("READY .")
	return h.Work(ctx)
}
