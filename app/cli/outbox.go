package cli

import (
	"context"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) outboxCmd() *cobra.Command {
	list := &cobra.Command{Use: "list", Short: "List the steps that are not done", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			return r.showOpen(ctx, h)
		})}
	return group("outbox", "What the outside still has to be told", list, r.outboxRun(), r.outboxRetry())
}

func (r *run) showOpen(ctx context.Context, h *house.House) error {
	steps, err := h.Store.OpenSteps(ctx)
	if err != nil {
		return err
	}
	pauses, err := h.Store.Pauses(ctx, h.Now())
	if err != nil {
		return err
	}
	shapes := []stepShape{}
	for _, s := range steps {
		v := stepShapeOf(s, pauses, r.zone)
		v.Booking = s.Subject
		shapes = append(shapes, v)
	}
	return r.show(shapes, func() {
		for _, s := range steps {
			r.line(short(s.Subject) + "  " + r.step(s, pauses))
		}
		if len(steps) == 0 {
			r.line(r.t("cli.outbox.empty"))
		}
	})
}

func (r *run) outboxRun() *cobra.Command {
	var idle bool
	c := &cobra.Command{Use: "run", Short: "Carry out the waiting steps", Args: exactly(),
		Long: "Carry out the waiting steps until interrupted. With --until-idle it ends when nothing comes due\n" +
			"within 90 seconds; the exit code is 6 when steps are left.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			if !idle {
				ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
				defer stop()
				r.line(r.t("cli.outbox.running"))
				return h.Work(ctx)
			}
			if err := h.Drain(ctx); err != nil {
				return err
			}
			if err := r.showOpen(ctx, h); err != nil {
				return err
			}
			steps, err := h.Store.OpenSteps(ctx)
			if err != nil || len(steps) == 0 {
				return err
			}
			pauses, err := h.Store.Pauses(ctx, h.Now())
			if err != nil {
				return err
			}
			return r.waiting(steps[0], pauses)
		})}
	c.Flags().BoolVar(&idle, "until-idle", false, "end when nothing is due")
	return c
}

func (r *run) outboxRetry() *cobra.Command {
	return &cobra.Command{Use: "retry ID", Short: "Try the open steps of a booking again now", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			b, steps, err := h.Booking.Booking(ctx, args[0])
			if err != nil {
				return err
			}
			for _, s := range steps {
				if s.Done() {
					continue
				}
				if err := h.Store.RetryStep(ctx, b.ID, s.Target); err != nil && kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
					return err
				}
			}
			return r.seeThrough(ctx, h, b.ID, house.Patience)
		})}
}
