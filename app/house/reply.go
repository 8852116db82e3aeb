package house

import (
	"context"
	"io"
	"os"

	"kwadrans/internal/booking"
	"kwadrans/internal/ical/foreign"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/mail"
)

// WeighFile says what the answers in a letter (.eml) or a calendar file (.ics) mean; it
// changes nothing. Errors: CodeNotFound, CodeInvalid when there is no answer in it.
func (h *House) WeighFile(ctx context.Context, path string) ([]booking.Said, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeNotFound, "%s cannot be read", path).Because(err)
	}
	defer func() { _ = f.Close() }()
	return h.WeighReplies(ctx, f)
}

// WeighReplies is WeighFile for what is read from r.
func (h *House) WeighReplies(ctx context.Context, r io.Reader) ([]booking.Said, error) {
	b, err := io.ReadAll(io.LimitReader(r, mail.MaxAnswer+1))
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "the answer cannot be read").Because(err)
	}
	letter, err := mail.ReadAnswer(b)
	if err != nil {
		return nil, err
	}
	p, _, err := h.Store.Profile(ctx)
	if err != nil {
		return nil, err
	}
	loc, _ := kwadrans.Zone(p.Zone) // nil is UTC: floating times of an answer are rare
	var list []booking.Said
	for _, page := range letter.Pages {
		replies, failed := foreign.Replies(ctx, page, loc)
		if failed != nil {
			err = failed
			continue
		}
		for _, reply := range replies {
			said, err := h.Booking.Weigh(ctx, reply, letter.From)
			if err != nil {
				return nil, err
			}
			list = append(list, said)
		}
	}
	if len(list) > 0 {
		err = nil
	}
	return list, err
}
