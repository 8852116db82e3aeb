package desk

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Bookings is the screen of the bookings and their details.
type Bookings struct{ desk *Desk }

// mostRows is the longest page of a list.
const mostRows = 200

// List returns one page of the bookings to come (soonest first), of the past
// ones or of the cancelled ones (latest first).
func (b *Bookings) List(ask BookingList) (BookingPage, error) {
	return call(b.desk, func(ctx context.Context, h *house.House) (BookingPage, error) {
		if ask.Limit <= 0 || ask.Limit > mostRows {
			ask.Limit = 50
		}
		rows, more, err := h.Store.BookingList(ctx, kwadrans.ListAsk{
			When: kwadrans.ListWhen(ask.When), Search: ask.Search, Now: h.Now(), Limit: ask.Limit, Offset: max(0, ask.Offset),
		})
		if err != nil {
			return BookingPage{}, err
		}
		list, err := bookingsOf(ctx, h, rows)
		return BookingPage{Rows: list, More: more}, err
	})
}

// Attention returns the bookings that need a person, those with a failed step first.
func (b *Bookings) Attention() ([]Booking, error) {
	return call(b.desk, func(ctx context.Context, h *house.House) ([]Booking, error) {
		rows, err := h.Store.Attention(ctx, h.Now())
		if err != nil {
			return nil, err
		}
		return bookingsOf(ctx, h, rows)
	})
}

// Get returns a booking with its history.
func (b *Bookings) Get(id string) (BookingDetail, error) {
	return call(b.desk, func(ctx context.Context, h *house.House) (BookingDetail, error) {
		v, err := oneBooking(ctx, h, id)
		if err != nil {
			return BookingDetail{}, err
		}
		events, err := h.Store.History(ctx, v.ID)
		if err != nil {
			return BookingDetail{}, err
		}
		shelves, err := shelvesOf(ctx, h)
		l := b.desk.language(ctx, h)
		return BookingDetail{Booking: v, History: each(events, func(e kwadrans.Event) Event {
			return Event{At: stamp(e.At, v.Zone), Actor: e.Actor, Kind: e.Kind, Target: shelves.told(e), Detail: lang.Words(l, e.Detail)}
		})}, err
	})
}

// Undo takes the last change back while nothing of it went out.
func (b *Bookings) Undo(id string) (Booking, error) {
	return change(b.desk, func(ctx context.Context, h *house.House) (Booking, error) {
		w, err := h.Booking.Undo(ctx, id)
		if err != nil {
			return Booking{}, err
		}
		return oneBooking(ctx, h, w.ID)
	})
}

// Retry tries every open step of a booking again, now.
func (b *Bookings) Retry(id string) (Booking, error) {
	return change(b.desk, func(ctx context.Context, h *house.House) (Booking, error) {
		if err := h.Store.RetryBooking(ctx, id); err != nil {
			return Booking{}, err
		}
		return oneBooking(ctx, h, id)
	})
}

// Join opens the Zoom meeting in the browser or in Zoom: as its host when Zoom
// gives the link for that, else as everybody.
func (b *Bookings) Join(id string) error {
	return act(b.desk, func(ctx context.Context, h *house.House) error {
		w, _, err := h.Booking.Booking(ctx, id)
		if err != nil {
			return err
		}
		switch {
		case w.State == kwadrans.Cancelled:
			return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: the booking is cancelled")
		case w.Place.Kind == kwadrans.PlaceLink:
			return b.desk.Browser(w.Place.Detail)
		case w.Place.Kind != kwadrans.PlaceZoom:
			return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: the booking is not held over a link")
		case w.Zoom == nil:
			return kwadrans.Errorf(kwadrans.CodeWaiting, "desk: the booking has no link yet")
		}
		link := w.Zoom.JoinURL
		ask, cancel := context.WithTimeout(ctx, 4*time.Second)
		defer cancel()
		if start, err := h.Zoom.StartURL(ask, w.Zoom.ID); err == nil {
			link = string(start)
		}
		if err := b.desk.Browser(link); err != nil { // whatever its words are: the link is a credential
			return kwadrans.Errorf(kwadrans.CodeOf(err), "desk: the meeting could not be opened").WithHint("copy the address and open it yourself")
		}
		return nil
	})
}

// Export writes a booking as a calendar file where the user says, and returns
// where; empty when the user cancelled.
func (b *Bookings) Export(id string) (string, error) {
	var title, name string
	page, err := call(b.desk, func(ctx context.Context, h *house.House) ([]byte, error) {
		w, _, err := h.Booking.Booking(ctx, id)
		if err != nil {
			return nil, err
		}
		title, name = lang.T(b.desk.language(ctx, h), "win.bookings.export.title"), exportName(w)
		return h.Calendar(ctx, []kwadrans.Booking{w})
	})
	if err != nil {
		return "", err
	}
	path, err := b.desk.choose(func() (string, error) { return b.desk.Dialogs.Save(title, name) })
	if err != nil || path == "" {
		return "", err
	}
	if err := b.desk.write(path, page); err != nil {
		return "", b.desk.say(kwadrans.Errorf(kwadrans.CodeReadOnly, "%s cannot be written", path).WithHint("choose another place").Because(err))
	}
	return path, nil
}

// write writes a file that the user chose: whole or not at all, and never over what
// is the program's own.
func (d *Desk) write(path string, content []byte) error {
	dir, err := filepath.Abs(filepath.Dir(path))
	if err != nil {
		return err
	}
	if own, err := filepath.Abs(d.Dir); err != nil || dir == own {
		return fmt.Errorf("%s is the program's own directory (%v)", dir, err)
	}
	f, err := os.CreateTemp(dir, ".kwadrans-*")
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		_ = os.Remove(f.Name())
	}
	return err
}

// exportName is the name of the topic, when it has Latin letters, and the day there.
func exportName(w kwadrans.Booking) string {
	return strings.TrimPrefix(kwadrans.Slug(w.TopicName)+"-"+w.Wall.Date.String(), "-") + ".ics"
}
