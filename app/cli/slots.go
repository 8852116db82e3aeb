package cli

import (
	"context"

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
	list, reasons, err := h.Booking.Offer(ctx, slug, span)
	if err != nil {
		return err
	}
	shapes := []slotShape{}
	for _, s := range list {
		shapes = append(shapes, slotShape{stamp(s.Start, zone), stamp(s.End, zone)})
	}
	err = r.show(shapes, func() {
		for _, s := range list {
			r.line(stamp(s.Start, zone) + "  " + r.when(s.Start, s.End, zone))
		}
		if len(list) == 0 {
			r.line(r.t("cli.slots.none"))
		}
	})
	for _, c := range reasons {
		if err == nil && c.Code == kwadrans.SourceUnknown {
			return &notFree{sourceUnknown(), []kwadrans.Conflict{c}}
		}
	}
	return err
}

func (r *run) whyNot(ctx context.Context, h *house.House, slug string, span kwadrans.Span, zone string) error {
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

func sourceUnknown() *kwadrans.Error {
	return kwadrans.Errorf(kwadrans.CodeSourceUnknown, "a source could not be read, so nothing there counts as free").
		WithHint("try again when it can be read, or book with --anyway --reason TEXT")
}
