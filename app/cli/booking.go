package cli

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

func (r *run) bookingCmd() *cobra.Command {
	show := &cobra.Command{Use: "show ID", Short: "Show a booking and its steps", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			err := r.showBooking(ctx, h, args[0])
			if kwadrans.CodeOf(err) == kwadrans.CodeWaiting {
				return nil // to look at it is not a failure
			}
			return err
		})}
	return group("booking", "Bookings", r.bookingList(), show, r.bookingHistory(), r.bookingMove(), r.bookingCancel(), r.bookingRestore(), r.bookingExport(), r.bookingLetters())
}

func (r *run) bookingList() *cobra.Command {
	var from, to string
	var limit, offset int
	c := &cobra.Command{Use: "list", Short: "List bookings by their start; without --from from today on", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			span, err := r.listSpan(h, from, to)
			if err != nil {
				return err
			}
			list, err := h.Store.Bookings(ctx, span, limit, offset)
			if err != nil {
				return err
			}
			pauses, err := h.Store.Pauses(ctx, h.Now())
			if err != nil {
				return err
			}
			shapes := []bookingShape{}
			for _, b := range list {
				steps, err := h.Store.Steps(ctx, b.ID)
				if err != nil {
					return err
				}
				shapes = append(shapes, shapeOf(b, steps, pauses))
			}
			return r.show(shapes, func() { r.printList(list) })
		})}
	f := c.Flags()
	f.StringVar(&from, "from", "", "first day, or a time")
	f.StringVar(&to, "to", "", "last day, or a time")
	f.IntVar(&limit, "limit", 200, "how many at the most")
	f.IntVar(&offset, "offset", 0, "how many to leave out first")
	return c
}

// listSpan is the range of a list: from today on, two years ahead, unless told otherwise.
func (r *run) listSpan(h *house.House, from, to string) (kwadrans.Span, error) {
	now := inZone(h.Now(), r.zone)
	if from == "" {
		from = now.Format(time.DateOnly)
		if to != "" {
			from = "2000-01-01"
		}
	}
	start, err := parseBound(from, r.zone, false)
	if err != nil {
		return kwadrans.Span{}, err
	}
	if to == "" {
		return kwadrans.Span{Start: start, End: start.AddDate(10, 0, 0)}, nil
	}
	end, err := parseBound(to, r.zone, true)
	if err == nil && !start.Before(end) {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "the range from %s to %s is empty", from, to).WithHint("name an end after the start")
	}
	return kwadrans.Span{Start: start, End: end}, err
}

func (r *run) printList(list []kwadrans.Booking) {
	for _, b := range list {
		who := ""
		for i, a := range b.Attendees {
			if i > 0 {
				who += ", "
			}
			who += first(a.Name, a.Email)
		}
		r.line(short(b.ID) + "  " + r.when(b.Start, b.End, b.Wall.Zone) + "  " + b.TopicName + " · " + who + " · " + r.t("state."+string(b.State)))
	}
	if len(list) == 0 {
		r.line(r.t("cli.booking.none"))
	}
}

// short is the part of an id that holds its time in milliseconds: eight
// characters are the same for a minute's bookings.
func short(id string) string { return id[:min(len(id), 13)] }

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

type eventShape struct {
	At     string `json:"at"`
	Actor  string `json:"actor"`
	Kind   string `json:"kind"`
	Target string `json:"target"`
	Detail string `json:"detail"`
}

func (r *run) bookingHistory() *cobra.Command {
	return &cobra.Command{Use: "history ID", Short: "Show what happened to a booking", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			b, err := h.Store.Booking(ctx, args[0])
			if err != nil {
				return err
			}
			list, err := h.Store.History(ctx, b.ID)
			if err != nil {
				return err
			}
			shapes := []eventShape{}
			for _, e := range list {
				shapes = append(shapes, eventShape{stamp(e.At, b.Wall.Zone), e.Actor, e.Kind, e.Target, e.Detail})
			}
			return r.show(shapes, func() {
				for _, e := range list {
					text := inZone(e.At, b.Wall.Zone).Format("2006-01-02 15:04:05") + "  " + r.t("event."+e.Kind)
					for _, more := range []string{e.Target, e.Detail} {
						if more != "" {
							text += " · " + more
						}
					}
					r.line(text)
				}
			})
		})}
}

func (r *run) bookingCancel() *cobra.Command {
	var reason string
	var tell tellFlags
	var wait time.Duration
	c := &cobra.Command{Use: "cancel ID", Short: "Cancel a booking: the time is free, the Zoom meeting goes, everybody is told", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			old, err := h.Store.Booking(ctx, args[0])
			if err != nil {
				return err
			}
			e := booking.Ending{Reason: reason, Silent: tell.silent}
			if tell.plan {
				p, err := h.Booking.PlanCancel(ctx, old.ID, e)
				if err != nil {
					return err
				}
				return r.showPlan(p)
			}
			if old.State == kwadrans.Cancelled {
				r.line(r.t("cli.booking.wascancelled"))
			}
			b, err := h.Booking.End(ctx, old.ID, e)
			if err != nil {
				return err
			}
			return r.seeThrough(ctx, h, b.ID, wait)
		})}
	c.Flags().StringVar(&reason, "reason", "", "told to the attendees")
	tell.add(c.Flags())
	c.Flags().DurationVar(&wait, "wait", 30*time.Second, "how long to wait for the steps")
	return c
}

func (r *run) bookingExport() *cobra.Command {
	var out, from, to string
	c := &cobra.Command{Use: "export [ID]", Short: "Write one booking, or a range of them, as an .ics file", Args: cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" || (len(args) == 1) == (from != "" || to != "") {
				return usage("name a booking or a range, and a file").WithHint("kwadrans booking export ID --out F.ics, or --from D --to D --out F.ics")
			}
			return r.with(func(ctx context.Context, h *house.House, args []string) error {
				list, err := r.exported(ctx, h, args, from, to)
				if err != nil {
					return err
				}
				page, err := h.Calendar(ctx, list)
				if err != nil {
					return err
				}
				if err := writeFile(out, page); err != nil {
					return err
				}
				return r.show(map[string]any{"file": out, "bookings": len(list)}, func() { r.line(r.t("cli.written", "file", out)) })
			})(cmd, args)
		}}
	f := c.Flags()
	f.StringVar(&out, "out", "", "file to write")
	f.StringVar(&from, "from", "", "first day of the range")
	f.StringVar(&to, "to", "", "last day of the range")
	return c
}

func (r *run) exported(ctx context.Context, h *house.House, args []string, from, to string) ([]kwadrans.Booking, error) {
	if len(args) == 1 {
		b, err := h.Store.Booking(ctx, args[0])
		return []kwadrans.Booking{b}, err
	}
	span, err := r.listSpan(h, from, to)
	if err != nil {
		return nil, err
	}
	return h.Store.Bookings(ctx, span, 0, 0)
}

type letterShape struct {
	To    string         `json:"to"`
	File  string         `json:"file,omitempty"`
	State kwadrans.Light `json:"state"`
	Code  kwadrans.Code  `json:"code,omitempty"`
}

func (r *run) bookingLetters() *cobra.Command {
	var out string
	c := &cobra.Command{Use: "letters ID", Short: "Save the letters of a booking as .eml, as they are or would be sent", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			if out == "" {
				return usage("--out is missing").WithHint("kwadrans booking letters ID --out DIR")
			}
			_, list, err := h.Booking.Letters(ctx, args[0])
			if err != nil {
				return err
			}
			if err := os.MkdirAll(out, 0o700); err != nil {
				return kwadrans.Errorf(kwadrans.CodeInvalid, "%s cannot be made", out).Because(err)
			}
			shapes := []letterShape{}
			for _, p := range list {
				v := letterShape{To: p.To, State: p.State, Code: p.Code}
				if p.Bytes != nil {
					v.File = filepath.Join(out, p.Name+".eml")
					if err := writeFile(v.File, p.Bytes); err != nil {
						return err
					}
				}
				shapes = append(shapes, v)
			}
			return r.show(shapes, func() {
				for _, v := range shapes {
					if v.File == "" {
						r.line("… " + v.To + ": " + r.t("cli.letter.nolink"))
						continue
					}
					r.line(r.t("cli.written", "file", v.File))
				}
			})
		})}
	c.Flags().StringVar(&out, "out", "", "directory to write them to")
	return c
}
