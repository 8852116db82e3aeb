package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

type bookFlags struct {
	at, zone, language, note string
	attendees                []string
	over                     overFlags
	wait                     time.Duration
}

func (r *run) bookCmd() *cobra.Command {
	var in bookFlags
	c := &cobra.Command{Use: "book SLUG", Short: "Book a meeting", Args: exactly("SLUG"),
		Long: "Book a meeting: the time is reserved at once, then the Zoom meeting is made and everybody gets\n" +
			"the letter. Steps that are not done within --wait go on with the next command, or with\n" +
			"outbox run. When the time is not free the exit code is 4 and the reasons are told.",
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			req, err := in.request(args[0])
			if err != nil {
				return err
			}
			if err := h.LookAside(ctx); err != nil {
				return err
			}
			a, err := h.Booking.Book(ctx, req)
			if err != nil {
				return err
			}
			if !a.Booked {
				return refused(ctx, h, a, in.over)
			}
			return r.seeThrough(ctx, h, a.Booking.ID, in.wait)
		})}
	f := c.Flags()
	f.StringVar(&in.at, "at", "", "start, such as 2026-12-01T10:00:00+01:00")
	f.StringArrayVar(&in.attendees, "attendee", nil, `"Anna Nowak <anna@example.com>"; may be given several times`)
	f.StringVar(&in.zone, "zone", "", "IANA zone that the attendees' letters show first; the profile's when left out")
	f.StringVar(&in.language, "lang", "", "language of the attendees' letters: pl or en; the profile's when left out")
	f.StringVar(&in.note, "note", "", "message to the attendees")
	in.over.add(f)
	f.DurationVar(&in.wait, "wait", 30*time.Second, "how long to wait for the steps")
	_ = c.MarkFlagRequired("at")
	return c
}

func (in *bookFlags) request(slug string) (booking.Request, error) {
	req := booking.Request{Topic: slug, Note: in.note, OverZoom: in.over.overZoom}
	start, err := parseTime(in.at)
	if err != nil {
		return req, err
	}
	req.Start = start
	if req.Over, err = in.over.over(); err != nil {
		return req, err
	}
	for _, s := range in.attendees {
		name, email, err := kwadrans.ParsePerson(s)
		if err != nil {
			return req, err
		}
		req.Attendees = append(req.Attendees, kwadrans.Attendee{Name: name, Email: email, Zone: in.zone, Lang: kwadrans.Lang(in.language)})
	}
	return req, nil
}

// refused explains why nothing was booked.
func refused(ctx context.Context, h *house.House, a booking.Answer, over overFlags) error {
	e := kwadrans.Errorf(kwadrans.CodeNotFree, "the time is not free").WithHint("choose another start, or book with --anyway --reason TEXT")
	if len(a.Conflicts) > 0 && a.Conflicts[0].Code == kwadrans.SourceUnknown {
		e = sourceUnknown(ctx, h)
	}
	if over.anyway && !over.overZoom && a.OverZoom {
		e = e.WithHint("a Zoom user can run only one meeting at a time: add --over-zoom if you mean it")
	}
	return &notFree{e, a.Conflicts}
}

// seeThrough waits for the steps of a booking and shows where it stands.
func (r *run) seeThrough(ctx context.Context, h *house.House, id string, wait time.Duration) error {
	if err := h.Await(ctx, id, wait); err != nil {
		return err
	}
	return r.showBooking(ctx, h, id)
}

// showBooking shows a booking; CodeWaiting when a step is not done.
func (r *run) showBooking(ctx context.Context, h *house.House, id string) error {
	b, steps, err := h.Booking.Booking(ctx, id)
	if err != nil {
		return err
	}
	pauses, err := h.Store.Pauses(ctx, h.Now())
	if err != nil {
		return err
	}
	if err := r.show(shapeOf(b, steps, pauses), func() { r.printBooking(b, steps, pauses) }); err != nil {
		return err
	}
	for _, s := range steps {
		if !s.Done() {
			return r.waiting(s, pauses)
		}
	}
	return nil
}

// waiting says what the first open step waits for.
func (r *run) waiting(s kwadrans.Step, pauses []kwadrans.Pause) error {
	name := r.t("step."+s.Kind(), "to", s.Address())
	if s.Dead {
		return kwadrans.Errorf(kwadrans.CodeWaiting, "saved, but %s failed", name).
			WithHint("mend the cause, then: kwadrans outbox retry %s", s.Subject)
	}
	e := kwadrans.Errorf(kwadrans.CodeWaiting, "saved, but %s is not done", name)
	code := s.Code
	if p, ok := kwadrans.PauseOf(s, pauses); ok {
		code = p.Code
	}
	switch code {
	case kwadrans.CodeNotConnected, kwadrans.CodeReconnect, kwadrans.CodeRemovedAtZoom, kwadrans.CodeMissingPermissions, kwadrans.CodeOtherAccount:
		return e.WithHint("reconnect Zoom with: kwadrans zoom connect")
	case kwadrans.CodeMailNotSet, kwadrans.CodeMailAuth, kwadrans.CodeMailTLS:
		return e.WithHint("set the mail account with: kwadrans mail set")
	}
	return e.WithHint("it goes on with: kwadrans outbox run")
}
