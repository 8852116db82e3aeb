package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// replyShape is one answer of an attendee, and what it means here.
type replyShape struct {
	Verdict  booking.Verdict      `json:"verdict"`
	Method   kwadrans.ReplyMethod `json:"method"`
	Booking  string               `json:"booking"` // id; empty where it is about none of ours
	Email    string               `json:"email"`
	Answer   kwadrans.Answer      `json:"answer"`
	Comment  string               `json:"comment"`
	Proposed string               `json:"proposed"` // start; of another time only
	Sender   string               `json:"sender"`   // of the letter, where it is somebody else
	Kept     bool                 `json:"kept"`
}

func (r *run) replyCmd() *cobra.Command {
	var yes bool
	c := &cobra.Command{Use: "reply FILE", Short: "Read an attendee's answer from a letter (.eml) or a calendar file (.ics)", Args: exactly("FILE"),
		Long: "Read what an attendee's calendar program sent back: yes, no, maybe, or another time. A file proves\n" +
			"nothing of who sent it, so it is only shown; with --yes it is kept. A proposed time is taken with\n" +
			"booking move. FILE may be - for the standard input.",
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			list, err := r.weigh(ctx, h, args[0])
			if err != nil {
				return err
			}
			return r.heed(ctx, h, list, yes)
		})}
	c.Flags().BoolVar(&yes, "yes", false, "keep what it says")
	return c
}

func (r *run) weigh(ctx context.Context, h *house.House, file string) ([]booking.Said, error) {
	if file == "-" {
		return h.WeighReplies(ctx, r.In)
	}
	return h.WeighFile(ctx, file)
}

// heed shows the answers and keeps those that apply, if that is wished.
func (r *run) heed(ctx context.Context, h *house.House, list []booking.Said, yes bool) error {
	shapes := make([]replyShape, len(list))
	kept := 0
	for i, said := range list {
		shapes[i] = r.replyShapeOf(said)
		if yes && may(said) {
			if _, err := h.Booking.Heed(ctx, said); err != nil {
				return err
			}
			shapes[i].Kept = true
			kept++
		}
	}
	err := r.show(shapes, func() {
		for i, said := range list {
			r.replyLine(said, shapes[i])
		}
	})
	if err == nil && yes && kept == 0 {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "nothing of it applies").WithHint("look at what it says and at the booking")
	}
	return err
}

func may(s booking.Said) bool {
	return s.Verdict == booking.ReplyApplies || s.Verdict == booking.ReplyProposes
}

func (r *run) replyShapeOf(s booking.Said) replyShape {
	v := replyShape{Verdict: s.Verdict, Method: s.Method, Booking: s.Booking.ID, Email: s.Email, Answer: s.Answer, Comment: s.Comment, Sender: s.Sender}
	if s.Verdict == booking.ReplyProposes {
		v.Proposed = stamp(s.Start, s.Booking.Wall.Zone)
	}
	return v
}

func (r *run) replyLine(s booking.Said, v replyShape) {
	args := []any{"who", s.Email, "topic", s.Booking.TopicName, "booking", s.Booking.Short(), "when", stamp(s.Booking.Start, s.Booking.Wall.Zone), "proposed", v.Proposed}
	key := "cli.reply." + string(s.Verdict)
	if s.Verdict == booking.ReplyApplies {
		key += "." + string(s.Answer)
	}
	r.line(r.t(key, args...))
	if s.Comment != "" {
		r.line("  " + r.t("cli.reply.comment", "text", kwadrans.CleanLine(s.Comment)))
	}
	if s.Sender != "" {
		r.line("  " + r.t("cli.reply.sender", "sender", s.Sender))
	}
	switch {
	case v.Kept:
		r.line("  " + r.t("cli.reply.kept"))
	case may(s):
		r.line("  " + r.t("cli.reply.notkept"))
	}
}
