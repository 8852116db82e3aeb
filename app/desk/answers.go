package desk

import (
	"context"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Answers are what attendees sent back, in a letter or a calendar file.
type Answers struct{ desk *Desk }

// Dropped tells the page that files were dropped on the window.
func (d *Desk) Dropped(paths []string) {
	if len(paths) > 0 {
		d.Emit(EventDropped, paths[0])
	}
}

// Choose asks for a letter or a calendar file and returns where it is; empty when the
// user cancelled.
func (a *Answers) Choose() (string, error) {
	l := a.desk.tongue()
	kinds := []FileKind{{Name: lang.T(l, "win.answers.file.kind"), Pattern: "*.eml;*.ics"}, {Name: lang.T(l, "win.calendars.file.all"), Pattern: "*"}}
	return a.desk.choose(func() (string, error) { return a.desk.Dialogs.OpenFile(lang.T(l, "win.answers.file"), kinds...) })
}

// Weigh says what the answers in a file mean; nothing is kept. CodeNotFound, CodeInvalid.
func (a *Answers) Weigh(path string) ([]Said, error) {
	return call(a.desk, func(ctx context.Context, h *house.House) ([]Said, error) {
		list, err := h.WeighFile(ctx, path)
		if err != nil {
			return nil, err
		}
		out := make([]Said, 0, len(list))
		for _, s := range list {
			v, err := saidOf(ctx, h, s)
			if err != nil {
				return nil, err
			}
			out = append(out, v)
		}
		return out, nil
	})
}

// Keep keeps the answer of an address in a file, and returns the booking. CodeInvalid when
// it does not apply (any more).
func (a *Answers) Keep(path, email string) (Booking, error) {
	return change(a.desk, func(ctx context.Context, h *house.House) (Booking, error) {
		list, err := h.WeighFile(ctx, path)
		if err != nil {
			return Booking{}, err
		}
		for _, s := range list {
			if kwadrans.SameEmail(s.Email, email) {
				b, err := h.Booking.Heed(ctx, s)
				if err != nil {
					return Booking{}, err
				}
				return oneBooking(ctx, h, b.ID)
			}
		}
		return Booking{}, kwadrans.Errorf(kwadrans.CodeNotFound, "desk: the file has no answer of %s any more", email)
	})
}

func saidOf(ctx context.Context, h *house.House, s booking.Said) (Said, error) {
	v := Said{Verdict: string(s.Verdict), Email: s.Email, Name: s.Who.Name, Answer: string(s.Answer), Comment: s.Comment, Sender: s.Sender}
	if s.Booking.ID == "" {
		return v, nil
	}
	b, err := oneBooking(ctx, h, s.Booking.ID)
	if v.Booking = &b; s.Verdict == booking.ReplyProposes {
		v.Proposed = stamp(s.Start, s.Booking.Wall.Zone)
	}
	return v, err
}
