package booking

import (
	"context"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// LetterTarget is the outbox target that sends the letters of a booking, one to
// each person.
type LetterTarget struct{ *Service }

// Act sends the letter of the wanted revision. Its bytes are fixed when the
// revision is first claimed, so that a letter which may have gone out already
// is sent again to the letter, and mail programs show it once.
func (t LetterTarget) Act(ctx context.Context, st kwadrans.Step) (kwadrans.Done, error) {
	b, err := t.claimed(ctx, st)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	if b.State == kwadrans.Cancelled && !st.Ever { // who never got an invitation is told nothing
		return kwadrans.Done{Rev: b.Rev}, nil
	}
	if b.State == kwadrans.Cancelled && st.Want < b.Rev { // a question to who held the seat: its end is told to nobody
		return kwadrans.Done{Rev: st.Want, Never: true}, nil
	}
	account, ok, err := t.Store.MailAccountWithPassword(ctx)
	if err != nil {
		return kwadrans.Done{}, notSent(err)
	}
	if !ok {
		return kwadrans.Done{}, &kwadrans.Fault{Code: kwadrans.CodeMailNotSet, PauseLane: true, Until: kwadrans.Forever}
	}
	e, err := t.finished(ctx, b, st.Target, account.From)
	if err != nil {
		return kwadrans.Done{}, unwritable(err)
	}
	if err := t.Post.Send(ctx, account, e); err != nil {
		return kwadrans.Done{}, err
	}
	return kwadrans.Done{Rev: b.Rev, RemoteID: e.MessageID, Never: b.State == kwadrans.Held, // a question is no invitation
		Event: kwadrans.Event{Actor: "program", Kind: "letter-sent", Target: st.Target, Detail: e.MessageID}}, nil
}

// finished returns the letter of the present revision, made now if it never was.
func (s *Service) finished(ctx context.Context, b kwadrans.Booking, target, from string) (kwadrans.Envelope, error) {
	if e, ok, err := s.Store.Letter(ctx, b.ID, target, b.Rev); err != nil || ok {
		return e, err
	}
	l, err := s.letter(ctx, b, target, from)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	e, err := s.Composer.Compose(l)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	return s.Store.KeepLetter(ctx, b.ID, target, b.Rev, e, l.Stamp)
}

// letter gathers what the letter to a target says.
func (s *Service) letter(ctx context.Context, b kwadrans.Booking, target, from string) (kwadrans.Letter, error) {
	p, _, err := s.Store.Profile(ctx)
	if err != nil {
		return kwadrans.Letter{}, err
	}
	first, newest, err := s.Store.FirstLetter(ctx, b.ID, target)
	if err != nil {
		return kwadrans.Letter{}, err
	}
	l := kwadrans.Letter{
		Kind: kwadrans.LetterInvitation, Booking: b, From: from, Org: p.Org, Sequence: b.Sequence(),
		Stamp: s.stamp(newest), Short: b.Short(), InReplyTo: first,
	}
	email := strings.TrimPrefix(target, "letter:")
	if kwadrans.SameEmail(email, b.Host.Email) {
		l.Kind, l.ToHost = kwadrans.LetterHost, true
		c, _, err := s.publishing(ctx)
		if err != nil {
			return l, err
		}
		l.Shelf = c.Name
		l.To = kwadrans.Attendee{Name: b.Host.Name, Email: b.Host.Email, Zone: p.Zone, Lang: p.Lang}
	} else {
		a, ok := b.Attendee(email)
		if !ok {
			return l, kwadrans.Errorf(kwadrans.CodeNotFound, "booking: %s does not attend", email)
		}
		l.To = a
	}
	told, err := s.Store.ToldStart(ctx, b.ID, target)
	if err != nil {
		return l, err
	}
	switch {
	case b.State == kwadrans.Cancelled:
		l.Kind = kwadrans.LetterCancelled
	case b.State == kwadrans.Held:
		l.Kind = kwadrans.LetterConfirm
	case !told.IsZero() && !told.Equal(b.Start):
		l.Kind, l.OldStart = kwadrans.LetterMoved, told
	}
	if !l.ToHost {
		if l.ManageURL, err = s.pageLink(ctx, b, l.To.Email); err != nil {
			return l, err
		}
	}
	l.MessageID = messageID(b, target, from)
	return l, nil
}

// stamp is DTSTAMP: now, in whole seconds, later than every earlier revision's
// (RFC 5546 §2.1.5 orders revisions by it).
func (s *Service) stamp(newest time.Time) time.Time {
	now := s.Now().UTC().Truncate(time.Second)
	if !now.After(newest) {
		return newest.Add(time.Second)
	}
	return now
}

// messageID is the same however often it is made: booking, SEQUENCE and target name the letter.
func messageID(b kwadrans.Booking, target, from string) string {
	_, domain, _ := strings.Cut(from, "@")
	if domain == "" || strings.ContainsFunc(domain, func(r rune) bool { return r <= ' ' || r >= 0x7f }) { // RFC 5322 §3.6.4 knows ASCII only
		domain = "kwadrans.invalid"
	}
	who := sha256.Sum256([]byte(target))
	return fmt.Sprintf("%s.%d.%x@%s", b.ID, b.Sequence(), who[:4], domain)
}

// Preview is a letter as it went out or would go out.
type Preview struct {
	Target string
	To     string
	Name   string // a safe name for a file, without its ending
	State  kwadrans.Light
	Bytes  []byte        // nil when it cannot be written yet
	Code   kwadrans.Code // why not
}

// Letters returns the letters of the present revision: the finished ones as they
// are, the others as they would be. Without a mail account they are drafts
// that a mail program can open and send.
func (s *Service) Letters(ctx context.Context, prefix string) (kwadrans.Booking, []Preview, error) {
	b, steps, err := s.Booking(ctx, prefix)
	if err != nil {
		return b, nil, err
	}
	account, ok, err := s.Store.MailAccount(ctx)
	if err != nil {
		return b, nil, err
	}
	list := []Preview{}
	for _, st := range steps {
		if st.Kind() != "letter" || ok && b.State == kwadrans.Cancelled && !st.Ever { // who never got an invitation is told nothing
			continue
		}
		p, err := s.preview(ctx, b, st, account, ok)
		if err != nil {
			return b, nil, err
		}
		list = append(list, p)
	}
	return b, list, nil
}

func (s *Service) preview(ctx context.Context, b kwadrans.Booking, st kwadrans.Step, account kwadrans.MailAccount, haveMail bool) (Preview, error) {
	p := Preview{Target: st.Target, To: st.Address(), Name: fileName(st.Address()), State: st.Light()}
	if e, ok, err := s.Store.Letter(ctx, b.ID, st.Target, b.Rev); err != nil || ok {
		p.Bytes = e.Bytes
		return p, err
	}
	if b.State == kwadrans.Held || b.State != kwadrans.Cancelled && b.Place.Kind == kwadrans.PlaceZoom && b.Zoom == nil {
		p.Code = kwadrans.CodeWaiting // no letter without its link
		return p, nil
	}
	from, compose := account.From, s.Composer.Compose
	if !haveMail {
		from, compose = b.Host.Email, s.Composer.Draft
	}
	l, err := s.letter(ctx, b, st.Target, from)
	if err != nil {
		return p, err
	}
	e, err := compose(l)
	p.Bytes = e.Bytes
	return p, err
}

func fileName(email string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '.', r == '-', r == '_', r == '@', r == '+':
			return r
		}
		return '_'
	}, strings.ToLower(email))
}
