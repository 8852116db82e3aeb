package booking

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Shelf is a calendar of the host that bookings are written into. Failures are
// kwadrans.Fault; CodeCalendarChanged is an event that is not as it was left.
type Shelf interface {
	// Put writes the event anew when etag is empty, or in place of the one with that etag.
	Put(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, uid string, page []byte, etag string) (href, newETag string, err error)
	// Find tells where the event lies and its etag; CodeNotFound when it is not there.
	Find(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, uid string) (href, etag string, err error)
	// Get returns the event as it is; CodeNotFound when it is gone.
	Get(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, href string) (page []byte, etag string, err error)
	// Delete removes the event with that etag; one that is gone already counts as removed.
	Delete(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, href, etag string) error
}

// Pages writes what stands in such a calendar.
type Pages interface {
	// Entry writes a booking for its host, without METHOD, ORGANIZER and ATTENDEE, with the
	// reminders of the event as it was found; nil for none.
	Entry(b kwadrans.Booking, p kwadrans.Profile, found []byte) ([]byte, error)
	// EntryKey is the same for two pages that tell of the same event; empty for an unreadable one.
	EntryKey(page []byte) string
}

// EventTarget is the outbox target that writes a booking into the host's calendar.
type EventTarget struct{ *Service }

// Act brings the calendar to the wanted revision. It replaces only what the program
// left there: an event that somebody changed or removed by hand stays as it is until
// a person asks again.
func (t EventTarget) Act(ctx context.Context, st kwadrans.Step) (kwadrans.Done, error) {
	b, err := t.claimed(ctx, st)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	c, err := t.Store.Calendar(ctx, st.Address())
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	secret, _, err := t.Store.CalendarSecret(ctx, c.ID)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	p, _, err := t.Store.Profile(ctx)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	s := shelf{EventTarget: t, c: c, secret: secret, b: b, profile: p, left: placed(st.RemoteID), again: st.Code == kwadrans.CodeCalendarChanged}
	if b.State == kwadrans.Cancelled {
		return s.drop(ctx, st)
	}
	return s.put(ctx, st)
}

// shelf is a calendar during one attempt.
type shelf struct {
	EventTarget
	c       kwadrans.Calendar
	secret  kwadrans.Secret
	b       kwadrans.Booking
	profile kwadrans.Profile
	left    left
	again   bool // a person asked again after the event was found changed
}

// left is what the program left in the calendar: nothing when href is empty.
type left struct {
	href, etag, key string
}

func (s shelf) put(ctx context.Context, st kwadrans.Step) (kwadrans.Done, error) {
	now, err := s.write(ctx, s.left.etag, nil)
	if kwadrans.CodeOf(err) == kwadrans.CodeCalendarChanged {
		now, err = s.settle(ctx, now.href, err)
	}
	if err != nil {
		return kwadrans.Done{}, err
	}
	return kwadrans.Done{Rev: s.b.Rev, RemoteID: now.String(),
		Event: kwadrans.Event{Actor: "program", Kind: "calendar-written", Target: st.Target, Detail: s.c.Name}}, nil
}

// write puts the event in place of the one with that etag, which was found so.
func (s shelf) write(ctx context.Context, etag string, found []byte) (now left, err error) {
	page, err := s.Pages.Entry(s.b, s.profile, found)
	if err != nil {
		return now, unwritable(err)
	}
	now.key = s.Pages.EntryKey(page)
	now.href, now.etag, err = s.Shelf.Put(ctx, s.c, s.secret, s.b.UID, page, etag)
	return now, err
}

// settle looks at an event that is not as it was left. One that says what is wanted was
// written by an earlier attempt, whose answer was lost; one that still says what was left
// only got a reminder or a colour. Anything else is a person's, who is asked.
func (s shelf) settle(ctx context.Context, href string, changed error) (now left, err error) {
	found, etag, err := s.Shelf.Get(ctx, s.c, s.secret, cmp.Or(href, s.left.href))
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFound {
		if s.again {
			return s.write(ctx, "", nil)
		}
		return now, changed
	}
	if err != nil {
		return now, err
	}
	wanted, err := s.Pages.Entry(s.b, s.profile, nil)
	if err != nil {
		return now, unwritable(err)
	}
	switch key := s.Pages.EntryKey(found); {
	case key != "" && key == s.Pages.EntryKey(wanted):
		return left{cmp.Or(href, s.left.href), etag, key}, nil
	case s.again, key != "" && key == s.left.key:
		return s.write(ctx, etag, found)
	}
	return now, changed
}

// drop removes the event of a cancelled booking: the known one, or after an attempt of
// unknown outcome what that one may have left.
func (s shelf) drop(ctx context.Context, st kwadrans.Step) (kwadrans.Done, error) {
	done := kwadrans.Done{Rev: s.b.Rev, Forget: true}
	if s.left.href == "" && !st.MaybeSent {
		done.Never = true
		return done, nil
	}
	href, etag, err := s.Shelf.Find(ctx, s.c, s.secret, s.b.UID)
	if kwadrans.CodeOf(err) == kwadrans.CodeNotFound {
		return done, nil
	}
	if err != nil && st.MaybeSent {
		return kwadrans.Done{}, stillUnknown(err)
	}
	if err != nil {
		return kwadrans.Done{}, err
	}
	if err := s.Shelf.Delete(ctx, s.c, s.secret, href, etag); err != nil {
		return kwadrans.Done{}, err
	}
	done.Event = kwadrans.Event{Actor: "program", Kind: "calendar-removed", Target: st.Target, Detail: s.c.Name}
	return done, nil
}

// String writes what was left as one text: an etag has no blank (RFC 9110 §8.8.3).
func (l left) String() string { return l.etag + " " + l.key + " " + l.href }

// placed reads what String wrote.
func placed(remote string) (l left) {
	l.etag, remote, _ = strings.Cut(remote, " ")
	l.key, l.href, _ = strings.Cut(remote, " ")
	return l
}

// shelves are the calendars that are told of a change of a booking: those that know
// it, and for a live one the calendar that bookings are written into.
func (s *Service) shelves(ctx context.Context, b kwadrans.Booking) (targets []string, err error) {
	steps, err := s.Store.Steps(ctx, b.ID)
	if err != nil {
		return nil, err
	}
	for _, st := range steps {
		if st.Kind() == "calendar" {
			targets = append(targets, st.Target)
		}
	}
	if b.State == kwadrans.Cancelled {
		return targets, nil
	}
	c, ok, err := s.publishing(ctx)
	if target := kwadrans.EventIn(c.ID); ok && !slices.Contains(targets, target) {
		targets = append(targets, target)
	}
	return targets, err
}

// publishing returns the calendar that bookings are written into, if there is one.
func (s *Service) publishing(ctx context.Context) (kwadrans.Calendar, bool, error) {
	list, err := s.Store.Calendars(ctx)
	if err != nil {
		return kwadrans.Calendar{}, false, err
	}
	i := slices.IndexFunc(list, func(c kwadrans.Calendar) bool { return c.Publish })
	if i < 0 {
		return kwadrans.Calendar{}, false, nil
	}
	return list[i], true, nil
}
