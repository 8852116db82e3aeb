package booking

import (
	"context"
	"slices"
	"strings"
	"time"

	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
)

// Request is what somebody wants to book.
type Request struct {
	Topic     string // slug
	Start     time.Time
	Attendees []kwadrans.Attendee
	Note      string        // the host's message to the attendees
	form      string        // of a visitor
	Over      string        // the host's reason to book over conflicts; empty: do not
	OverZoom  bool          // the stronger yes: also over a Zoom meeting of the same host
	Hold      time.Duration // keep the steps back so long, for Undo
}

// Answer is the booking, or why it was not made. Conflicts that were booked
// over stand beside the booking.
type Answer struct {
	Booking   kwadrans.Booking
	Conflicts []kwadrans.Conflict
	Booked    bool
	OverZoom  bool // a Zoom meeting of the same host is in the way: it needs the stronger yes
}

// limits of one booking.
const (
	maxAttendees = 50
	maxNote      = 1000
)

// Book reserves a start for the host of the file. It checks the rules, reads
// the busy sources anew, and commits the booking with its steps before any call
// goes out. A start that is not free is an answer, not an error. Errors: CodeInvalid,
// CodeNotFound, CodeNotConnected for a Zoom topic without a connection.
func (s *Service) Book(ctx context.Context, r Request) (Answer, error) {
	profile, topic, schedule, err := s.recipe(ctx, r.Topic)
	if err != nil {
		return Answer{}, err
	}
	people, err := cleanAttendees(r.Attendees, profile)
	if err != nil {
		return Answer{}, err
	}
	if len([]rune(r.Note)) > maxNote {
		return Answer{}, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the message is longer than %d characters", maxNote)
	}
	if err := wholeMinute(r.Start); err != nil {
		return Answer{}, err
	}
	if err := s.canProvision(ctx, topic); err != nil {
		return Answer{}, err
	}
	for range 5 {
		a, taken, err := s.reserve(ctx, r, profile, topic, schedule, people)
		if err != nil || !taken {
			return a, err
		}
		// somebody was faster: the engine explains it on the newest data, unless that one is gone again
		if a.Conflicts, err = s.Check(ctx, r.Topic, r.Start); err != nil || len(a.Conflicts) > 0 {
			return a, err
		}
	}
	return Answer{}, errRestless
}

var errRestless = kwadrans.Errorf(kwadrans.CodeNotFree, "booking: others take and leave this start at this moment").WithHint("try again, or choose another start")

// reserve asks the engine and then the data file; taken says that the start was
// lost to somebody between the two.
func (s *Service) reserve(ctx context.Context, r Request, p kwadrans.Profile, t kwadrans.Topic, sch kwadrans.Schedule, people []kwadrans.Attendee) (a Answer, taken bool, err error) {
	v, err := s.lookAnew(ctx, r.Topic, kwadrans.Span{Start: r.Start, End: r.Start.Add(t.Duration.Std())}, nil)
	if err != nil {
		return a, false, err
	}
	a.Conflicts = v.engine.Check(r.Start)
	over := kwadrans.CleanLine(r.Over)
	if !mayGoOn(a.Conflicts, v.report, t, r, over) {
		a.OverZoom = overZoom(v.report, t, r.Start)
		return a, false, nil
	}
	if len(a.Conflicts) == 0 {
		over = ""
	}
	b, err := s.draft(p, t, sch, r, people, over)
	if err != nil {
		return Answer{}, false, err
	}
	inTheWay, err := s.take(ctx, b, r.Hold, kwadrans.Event{At: b.Created, Actor: "host", Kind: "created", Detail: over})
	if err != nil {
		return Answer{}, false, err
	}
	if len(inTheWay) > 0 {
		return Answer{}, true, nil
	}
	s.Log.Info("booking: reserved", "booking", b.ID, "topic", b.Topic, "attendees", len(b.Attendees))
	a.Booking, a.Booked = b, true
	return a, false, nil
}

func wholeMinute(t time.Time) error {
	if t.Second() != 0 || t.Nanosecond() != 0 {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "booking: a start is a whole minute")
	}
	return nil
}

func (s *Service) recipe(ctx context.Context, slug string) (p kwadrans.Profile, t kwadrans.Topic, sch kwadrans.Schedule, err error) {
	p, ok, err := s.Store.Profile(ctx)
	if err == nil && !ok {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "booking: who hosts is not known yet").
			WithHint("say it with: kwadrans profile set --name N --email E --zone Europe/Warsaw --lang pl")
	}
	if err == nil {
		t, err = s.Store.Topic(ctx, slug)
	}
	if err == nil {
		sch, err = s.Store.Schedule(ctx, t.Schedule)
	}
	return p, t, sch, err
}

// canProvision refuses a Zoom topic that could not get its meeting at all. A
// connection that asks for a new sign-in is not refused here: its meetings are
// unknown to the engine, and the host may book anyway with a reason.
func (s *Service) canProvision(ctx context.Context, t kwadrans.Topic) error {
	if t.Place().Kind != kwadrans.PlaceZoom {
		return nil
	}
	c, err := s.Connections.Connection(ctx, kwadrans.Personal)
	if err != nil {
		return err
	}
	if c.State == kwadrans.NotConnected {
		return kwadrans.Errorf(kwadrans.CodeNotConnected, "booking: the topic %q meets in Zoom, and Zoom is not connected", t.Slug).
			WithHint("connect it with: kwadrans zoom connect")
	}
	return nil
}

// mayGoOn says whether a booking may be made with these conflicts. What lies in
// the past never may; a Zoom meeting of the same host needs the stronger yes,
// since a Zoom user can run only one meeting at a time on most plans.
func mayGoOn(conflicts []kwadrans.Conflict, rep busy.Report, t kwadrans.Topic, r Request, over string) bool {
	if len(conflicts) == 0 {
		return true
	}
	if over == "" {
		return false
	}
	for _, c := range conflicts {
		if c.Code == kwadrans.Past || c.Code == kwadrans.HostNotActive {
			return false
		}
	}
	return r.OverZoom || !overZoom(rep, t, r.Start)
}

func overZoom(rep busy.Report, t kwadrans.Topic, start time.Time) bool {
	if t.Place().Kind != kwadrans.PlaceZoom {
		return false
	}
	span := kwadrans.Span{Start: start, End: start.Add(t.Duration.Std())}
	for _, b := range rep.Busy {
		if b.Zoom && b.Overlaps(span) {
			return true
		}
	}
	return false
}

func cleanAttendees(list []kwadrans.Attendee, host kwadrans.Profile) ([]kwadrans.Attendee, error) {
	if len(list) == 0 {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: somebody must attend").WithHint(`name them with --attendee "Anna Nowak <anna@example.com>"`)
	}
	if len(list) > maxAttendees {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: at most %d attendees", maxAttendees)
	}
	clean := make([]kwadrans.Attendee, 0, len(list))
	for _, a := range list {
		email, err := kwadrans.CleanEmail(a.Email)
		if err != nil {
			return nil, err
		}
		if kwadrans.SameEmail(email, host.Email) || slices.ContainsFunc(clean, func(o kwadrans.Attendee) bool { return kwadrans.SameEmail(o.Email, email) }) {
			return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: %s is the host or is invited twice", email).WithHint("name each attendee once")
		}
		a.Email, a.Name, a.Answer = email, kwadrans.CleanLine(a.Name), kwadrans.NoAnswer
		if strings.Contains(a.Name, "<") && strings.Contains(a.Name, "@") { // somebody else would get no letter
			return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the name %q has a mail address in it", a.Name).WithHint("name each attendee once")
		}
		if len([]rune(a.Name)) > 120 {
			return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "booking: the name of %s is longer than 120 characters", email)
		}
		if a.Zone == "" {
			a.Zone = host.Zone
		}
		if a.Lang == "" {
			a.Lang = host.Lang
		}
		if _, err := kwadrans.Zone(a.Zone); err != nil {
			return nil, err
		}
		if _, err := kwadrans.ParseLang(string(a.Lang)); err != nil {
			return nil, err
		}
		clean = append(clean, a)
	}
	return clean, nil
}

// draft writes the booking down; its zone is the schedule's, which keeps the wall clock.
func (s *Service) draft(p kwadrans.Profile, t kwadrans.Topic, sch kwadrans.Schedule, r Request, people []kwadrans.Attendee, over string) (kwadrans.Booking, error) {
	now := s.Now().UTC()
	wall, err := kwadrans.WallOf(r.Start, sch.Zone)
	if err != nil {
		return kwadrans.Booking{}, err
	}
	id := s.NewID()
	b := kwadrans.Booking{
		ID: id, UID: id + "@kwadrans", Topic: t.Slug, TopicName: t.Name,
		Host: kwadrans.Host{ID: kwadrans.Me, Name: p.Name, Email: p.Email},
		Wall: wall, Start: r.Start.UTC(), End: r.Start.UTC().Add(t.Duration.Std()),
		Place: t.Place(), Change: t.Change, Note: kwadrans.CleanText(r.Note), Form: kwadrans.CleanText(r.form), Rev: 1, Attendees: people, Over: over,
		State: kwadrans.Confirmed, Created: now, Updated: now,
	}
	b.Blocked = b.Span().Widen(t.BufferBefore.Std(), t.BufferAfter.Std())
	if b.Place.Kind == kwadrans.PlaceZoom {
		b.State = kwadrans.Provisioning
	}
	return b, nil
}

// take reserves the time of a new booking, or returns what is in the way.
func (s *Service) take(ctx context.Context, b kwadrans.Booking, hold time.Duration, e kwadrans.Event) ([]kwadrans.Busy, error) {
	steps, err := s.steps(ctx, b, telling{hold: hold})
	if err != nil {
		return nil, err
	}
	return s.Store.Reserve(ctx, b, steps, e)
}

// keep puts b in place of the revision rev; false when somebody else was faster.
func (s *Service) keep(ctx context.Context, b kwadrans.Booking, rev int, hold time.Duration, e kwadrans.Event) (bool, error) {
	return s.keepTold(ctx, b, rev, telling{hold: hold}, e)
}

// telling is how the outside is told of a change.
type telling struct {
	hold   time.Duration // not before so long
	silent bool          // the attendees are not
}

func (s *Service) keepTold(ctx context.Context, b kwadrans.Booking, rev int, t telling, e kwadrans.Event) (bool, error) {
	steps, err := s.steps(ctx, b, t)
	if err != nil {
		return false, err
	}
	return s.Store.Revise(ctx, b, rev, steps, e)
}

// steps are what the outside must be told of the present revision.
func (s *Service) steps(ctx context.Context, b kwadrans.Booking, t telling) ([]kwadrans.Step, error) {
	shelves, err := s.shelves(ctx, b)
	return s.wanted(b, t, shelves), err
}

func (s *Service) wanted(b kwadrans.Booking, t telling, shelves []string) []kwadrans.Step {
	base := kwadrans.Step{Subject: b.ID, Want: b.Rev}
	if t.hold > 0 {
		base.NotBefore = s.Now().Add(t.hold)
	}
	if b.State == kwadrans.Held { // nobody is told before the visitor has confirmed
		base.Target, base.Lane = kwadrans.LetterTo(b.Attendees[0].Email), kwadrans.LaneMail
		return []kwadrans.Step{base}
	}
	live := b.State != kwadrans.Cancelled
	var list []kwadrans.Step
	needs := ""
	if b.Place.Kind == kwadrans.PlaceZoom {
		zoom := base
		zoom.Target, zoom.Lane = kwadrans.TargetZoom, kwadrans.LaneZoomDrop+b.Host.ID
		if live {
			zoom.Lane, needs = kwadrans.LaneZoomMake+b.Host.ID, kwadrans.TargetZoom
		}
		list = append(list, zoom)
	}
	event := base
	event.Needs = needs
	for _, event.Target = range shelves {
		event.Lane = kwadrans.LaneCalendar + event.Address()
		list = append(list, event)
	}
	letter := base
	letter.Lane, letter.Needs = kwadrans.LaneMail, needs
	for _, a := range b.Attendees {
		if !t.silent {
			letter.Target = kwadrans.LetterTo(a.Email)
			list = append(list, letter)
		}
	}
	letter.Target = kwadrans.LetterTo(b.Host.Email)
	return append(list, letter)
}
