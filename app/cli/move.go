package cli

import (
	"context"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
)

// overFlags are the host's yes to a start that is not free.
type overFlags struct {
	anyway, overZoom bool
	reason           string
}

func (o *overFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&o.anyway, "anyway", false, "although the time is not free; needs --reason")
	f.BoolVar(&o.overZoom, "over-zoom", false, "with --anyway: also over a Zoom meeting of the same host")
	f.StringVar(&o.reason, "reason", "", "why it is done anyway")
}

// over returns the reason; empty when there is none.
func (o overFlags) over() (string, error) {
	if o.anyway != (o.reason != "") || o.overZoom && !o.anyway {
		return "", usage("--anyway and --reason go together").WithHint("say why: --anyway --reason TEXT")
	}
	return o.reason, nil
}

func (r *run) bookingMove() *cobra.Command {
	var to string
	var over overFlags
	var tell tellFlags
	var wait time.Duration
	c := &cobra.Command{Use: "move ID", Short: "Move a booking: the Zoom meeting and its link stay, everybody is told the new time", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			start, err := parseTime(to)
			if err != nil {
				return err
			}
			w := booking.Wish{Start: start, Silent: tell.silent}
			if tell.plan {
				return r.planned(ctx, h, args[0], w, over, h.Booking.PlanMove)
			}
			return r.changed(ctx, h, args[0], w, over, wait, h.Booking.Move)
		})}
	c.Flags().StringVar(&to, "to", "", "new start, such as 2026-12-01T10:00:00+01:00")
	_ = c.MarkFlagRequired("to")
	over.add(c.Flags())
	tell.add(c.Flags())
	c.Flags().DurationVar(&wait, "wait", 30*time.Second, "how long to wait for the steps")
	return c
}

func (r *run) bookingRestore() *cobra.Command {
	var over overFlags
	var tell tellFlags
	var wait time.Duration
	c := &cobra.Command{Use: "restore ID", Short: "Restore a cancelled booking: a new Zoom meeting is made, everybody is invited anew", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			w := booking.Wish{Silent: tell.silent}
			if tell.plan {
				return r.planned(ctx, h, args[0], w, over, h.Booking.PlanRestore)
			}
			return r.changed(ctx, h, args[0], w, over, wait, h.Booking.Restore)
		})}
	over.add(c.Flags())
	tell.add(c.Flags())
	c.Flags().DurationVar(&wait, "wait", 30*time.Second, "how long to wait for the steps")
	return c
}

// planned shows what a change would send, or why it cannot be made.
func (r *run) planned(ctx context.Context, h *house.House, id string, w booking.Wish, over overFlags,
	plan func(context.Context, string, booking.Wish) (booking.Plan, error)) (err error) {
	if w.Over, err = over.over(); err != nil {
		return err
	}
	w.OverZoom = over.overZoom
	if err := h.LookAside(ctx); err != nil {
		return err
	}
	p, err := plan(ctx, id, w)
	if err != nil {
		return err
	}
	if !p.Booked {
		return refused(ctx, h, p.Answer, over)
	}
	return r.showPlan(p)
}

// changed gives a booking another start, or says why not, and sees its steps through.
func (r *run) changed(ctx context.Context, h *house.House, id string, w booking.Wish, over overFlags, wait time.Duration,
	act func(context.Context, string, booking.Wish) (booking.Answer, error)) (err error) {
	if w.Over, err = over.over(); err != nil {
		return err
	}
	w.OverZoom = over.overZoom
	if err := h.LookAside(ctx); err != nil {
		return err
	}
	a, err := act(ctx, id, w)
	if err != nil {
		return err
	}
	if !a.Booked {
		return refused(ctx, h, a, over)
	}
	return r.seeThrough(ctx, h, a.Booking.ID, wait)
}
