package booking

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// Plan is what a change would send, before anything of it is kept: it comes from the code
// that sends, so that both say the same. Answer says whether the new start is free; when
// it is not, there are no parts.
type Plan struct {
	Answer
	Was   kwadrans.Booking
	Next  kwadrans.Booking
	Parts []Part
}

// Part is one thing that would go out.
type Part struct {
	Target string // of the step
	Act    PartAct
	Place  string // the meeting id at Zoom, or the name of the calendar; empty for a letter
	To     kwadrans.Attendee
	ToHost bool
	Bytes  []byte        // the letter, but for the moment it is sent; nil when it cannot be written yet
	Before []byte        // the letter of the present revision; nil when there was none
	Code   kwadrans.Code // why there are no bytes
}

// PartAct is what a part does.
type PartAct string

// What can be done to a meeting, a letter and an entry in a calendar.
const (
	PartCreate PartAct = "create"
	PartChange PartAct = "change"
	PartDelete PartAct = "delete"
	PartSend   PartAct = "send"
)

// PlanMove is what Move would send. Errors as Move.
func (s *Service) PlanMove(ctx context.Context, prefix string, w Wish) (Plan, error) {
	if err := wholeMinute(w.Start); err != nil {
		return Plan{}, err
	}
	return s.planChange(ctx, prefix, w, moveTo(w))
}

// PlanRestore is what Restore would send. Errors as Restore.
func (s *Service) PlanRestore(ctx context.Context, prefix string, w Wish) (Plan, error) {
	return s.planChange(ctx, prefix, w, s.revive(ctx))
}

func (s *Service) planChange(ctx context.Context, prefix string, w Wish, alter alteration) (Plan, error) {
	c, err := s.propose(ctx, prefix, w, alter)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Was: c.was, Next: c.next, Answer: Answer{Booking: c.was, Booked: true}}
	if c.event.Kind == "" {
		return p, nil
	}
	a, may := c.may(w)
	a.Booking, a.Booked = c.was, may
	p.Answer = a
	if !may {
		return p, nil
	}
	p.Next.Rev, p.Next.Updated = c.was.Rev+1, s.Now().UTC()
	p.Parts, err = s.parts(ctx, p.Was, p.Next, w.Silent)
	return p, err
}

// PlanCancel is what End would send. Errors as End.
func (s *Service) PlanCancel(ctx context.Context, prefix string, e Ending) (Plan, error) {
	b, err := s.Store.Booking(ctx, prefix)
	if err != nil {
		return Plan{}, err
	}
	p := Plan{Was: b, Next: b, Answer: Answer{Booking: b, Booked: true}}
	if b.State == kwadrans.Cancelled {
		return p, nil
	}
	if p.Next.Reason, err = cleanReason(e.Reason); err != nil {
		return Plan{}, err
	}
	p.Next.State, p.Next.Updated = kwadrans.Cancelled, s.Now().UTC()
	p.Next.Rev++
	if b.State != kwadrans.Held { // nobody was told of a held seat
		p.Parts, err = s.parts(ctx, b, p.Next, e.Silent)
	}
	return p, err
}

// parts are what the steps of next would do.
func (s *Service) parts(ctx context.Context, was, next kwadrans.Booking, silent bool) ([]Part, error) {
	steps, err := s.steps(ctx, next, telling{silent: silent})
	if err != nil {
		return nil, err
	}
	there, err := s.Store.Steps(ctx, was.ID)
	if err != nil {
		return nil, err
	}
	known := map[string]kwadrans.Step{}
	for _, st := range there {
		known[st.Target] = st
	}
	account, haveMail, err := s.Store.MailAccount(ctx)
	if err != nil {
		return nil, err
	}
	list := []Part{}
	for _, st := range steps {
		now := known[st.Target]
		st.RemoteID, st.Ever, st.MaybeSent = now.RemoteID, now.Ever, now.MaybeSent
		p := Part{Target: st.Target}
		switch st.Kind() {
		case "letter":
			if next.State == kwadrans.Cancelled && !st.Ever { // who never got an invitation is told nothing
				continue
			}
			err = s.letterPart(ctx, was, next, st, account, haveMail, &p)
		case "zoom":
			p.Act, p.Place = partAct(next, st), st.RemoteID
		default:
			var c kwadrans.Calendar
			c, err = s.Store.Calendar(ctx, st.Address())
			p.Act, p.Place = partAct(next, st), c.Name
		}
		if err != nil {
			return nil, err
		}
		if p.Act != "" {
			list = append(list, p)
		}
	}
	return list, nil
}

// partAct is what a step does to a meeting or an entry; empty for nothing.
func partAct(next kwadrans.Booking, st kwadrans.Step) PartAct {
	there := st.RemoteID != ""
	switch live := next.State != kwadrans.Cancelled; {
	case live && there:
		return PartChange
	case live:
		return PartCreate
	case there || st.MaybeSent:
		return PartDelete
	}
	return ""
}

func (s *Service) letterPart(ctx context.Context, was, next kwadrans.Booking, st kwadrans.Step, account kwadrans.MailAccount, haveMail bool, p *Part) error {
	p.Act, p.ToHost = PartSend, kwadrans.SameEmail(st.Address(), next.Host.Email)
	if p.To, _ = next.Attendee(st.Address()); p.ToHost {
		host, _, err := s.Store.Profile(ctx)
		if err != nil {
			return err
		}
		p.To = kwadrans.Attendee{Name: next.Host.Name, Email: next.Host.Email, Lang: host.Lang, Zone: host.Zone}
	}
	before, _, err := s.Store.Letter(ctx, was.ID, st.Target, was.Rev)
	if err != nil {
		return err
	}
	p.Before = before.Bytes
	if next.Place.Kind == kwadrans.PlaceZoom && next.Zoom == nil && next.State != kwadrans.Cancelled {
		p.Code = kwadrans.CodeWaiting // no letter without its link
		return nil
	}
	from, compose := account.From, s.Composer.Compose
	if !haveMail {
		from, compose = next.Host.Email, s.Composer.Draft
	}
	l, err := s.letter(ctx, next, st.Target, from)
	if err != nil {
		return err
	}
	e, err := compose(l)
	p.Bytes = e.Bytes
	return err
}
