package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

type slotShape struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

func (r *run) slotsCmd() *cobra.Command {
	var from, to, zone string
	var why bool
	c := &cobra.Command{Use: "slots SLUG", Short: "List when a topic can be booked", Args: exactly("SLUG"),
		Long: "List when a topic can be booked, by the days of --zone. With --why the starts that cannot be\n" +
			"booked are listed instead, each with its reason. Where a source could not be read nothing is\n" +
			"free, and the exit code is 4.",
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			topic, err := h.Store.Topic(ctx, args[0])
			if err != nil {
				return err
			}
			if zone == "" {
				schedule, err := h.Store.Schedule(ctx, topic.Schedule)
				if err != nil {
					return err
				}
				zone = schedule.Zone
			}
			span, err := parseSpan(from, to, zone)
			if err != nil {
				return err
			}
			if why {
				return r.whyNot(ctx, h, topic.Slug, span, zone)
			}
			return r.slots(ctx, h, topic.Slug, span, zone)
		})}
	f := c.Flags()
	f.StringVar(&from, "from", "", "first day, or a time")
	f.StringVar(&to, "to", "", "last day, or a time")
	f.StringVar(&zone, "zone", "", "IANA zone to show the times in; the schedule's when left out")
	f.BoolVar(&why, "why", false, "list what is not free, and why")
	_ = c.MarkFlagRequired("from")
	_ = c.MarkFlagRequired("to")
	return c
}

func (r *run) slots(ctx context.Context, h *house.House, slug string, span kwadrans.Span, zone string) error {
	if err := h.Look(ctx); err != nil {
		return err
	}
	list, reasons, err := h.Booking.Offer(ctx, slug, span)
	if err != nil {
		return err
	}
	shapes := []slotShape{}
	for _, s := range list {
		shapes = append(shapes, slotShape{stamp(s.Start, zone), stamp(s.End, zone)})
	}
	unknown := slices.IndexFunc(reasons, func(c kwadrans.Conflict) bool { return c.Code == kwadrans.SourceUnknown })
	err = r.show(shapes, func() {
		for _, s := range list {
			r.line(stamp(s.Start, zone) + "  " + r.when(s.Start, s.End, zone))
		}
		if len(list) == 0 && unknown < 0 {
			r.line(r.t("cli.slots.none"))
		}
	})
	if err == nil && unknown >= 0 {
		return &notFree{sourceUnknown(ctx, h), reasons[unknown : unknown+1]}
	}
	return err
}

func (r *run) whyNot(ctx context.Context, h *house.House, slug string, span kwadrans.Span, zone string) error {
	if err := h.Look(ctx); err != nil {
		return err
	}
	_, list, err := h.Booking.Offer(ctx, slug, span)
	if err != nil {
		return err
	}
	shapes := []whyShape{}
	for _, c := range list {
		shapes = append(shapes, whyShapeOf(c, zone))
	}
	return r.show(shapes, func() {
		for _, c := range list {
			r.line(stamp(c.Start, zone) + "  " + r.why(c))
		}
		if len(list) == 0 {
			r.line(r.t("cli.slots.allfree"))
		}
	})
}

// sourceUnknown says what to do about a source that cannot be read: a key or a
// sign-in that is missing is mended by a person, the rest by time.
func sourceUnknown(ctx context.Context, h *house.House) *kwadrans.Error {
	e := kwadrans.Errorf(kwadrans.CodeSourceUnknown, "a source could not be read, so nothing there counts as free")
	if st := h.KeyState(ctx); st.Hint != "" {
		return e.WithHint("the key of the sign-in cannot be had, see: kwadrans key status")
	}
	if c, err := h.Store.Connection(ctx, kwadrans.Personal); err == nil && !c.Usable() {
		return e.WithHint("connect Zoom with: kwadrans zoom connect (or book with --anyway --reason TEXT)")
	}
	return e.WithHint("try again when it can be read, or book with --anyway --reason TEXT")
}
