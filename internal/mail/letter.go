package mail

import (
	"slices"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// sheet is one letter as it will be read, in the reader's language. It is set
// twice, as HTML and as text; what is empty in it is left out of both.
type sheet struct {
	Lang      kwadrans.Lang
	Subject   string
	Preheader string // what a mailbox list shows after the subject; HTML only
	Brand     string // who writes
	Alarm     bool   // red in place of green
	Kicker    string // the kind of letter; HTML only, Lead says it in the text
	Title     string // HTML only
	Lead      string // the first line of the text: topic, date, time and zone
	Meta      phrase
	When      *when
	Opening   string // before the button
	Join      *join
	Intro     string
	Rows      []row
	Heading   string
	Numbered  bool
	Points    []point
	Manage    *join // the page's own link
	Closing   string
	Foot      []string
}

// phrase is a text with one strong place.
type phrase struct{ Before, Strong, After string }

// String returns the phrase as plain text.
func (p phrase) String() string { return p.Before + p.Strong + p.After }

// point is one thing that the reader can do.
type point = phrase

// row is a label with what it names.
type row struct {
	Label string
	Lines []phrase
}

// join is the way into an online meeting; URL is checked.
type join struct{ Label, URL string }

// author writes the sheet of one letter.
type author struct {
	kwadrans.Letter
	lang  kwadrans.Lang
	draft bool   // a person sends it by hand; the calendar file invites nobody
	link  string // checked; empty where there is none
	page  string // checked; the page's own link, empty where there is none
	own   clock  // the reader's
	home  clock  // the booking's
}

// author takes a letter in hand: texts from outside are cleaned once, here.
func (c *Composer) author(l kwadrans.Letter, draft bool) (*author, error) {
	link, err := c.link(l)
	if err != nil {
		return nil, err
	}
	page, err := pageLink(l)
	if err != nil {
		return nil, err
	}
	a := &author{Letter: clean(l), draft: draft, link: link, page: page, lang: l.To.Lang}
	if a.lang != kwadrans.Polish {
		a.lang = kwadrans.English
	}
	if a.home, err = clockOf(l.Booking.Wall.Zone); err != nil {
		return nil, err
	}
	if a.own, err = clockOf(l.To.Zone); err != nil {
		a.own = a.home // a zone that is for showing only holds no letter up
	}
	return a, nil
}

// clean returns the letter with one-line names and texts without control characters.
func clean(l kwadrans.Letter) kwadrans.Letter {
	b := &l.Booking
	for _, s := range []*string{&b.TopicName, &b.Host.Name, &b.Host.Email, &b.Place.Detail, &l.To.Name, &l.To.Email, &l.Org, &l.Short} {
		*s = kwadrans.CleanLine(*s)
	}
	b.Note, b.Form, b.Reason = kwadrans.CleanText(b.Note), kwadrans.CleanText(b.Form), kwadrans.CleanText(b.Reason)
	b.Attendees = slices.Clone(b.Attendees)
	for i := range b.Attendees {
		p := &b.Attendees[i]
		p.Name, p.Email, p.Zone = kwadrans.CleanLine(p.Name), kwadrans.CleanLine(p.Email), kwadrans.CleanLine(p.Zone)
	}
	if b.Zoom != nil {
		z := *b.Zoom
		z.Passcode, z.HostMail = kwadrans.CleanLine(z.Passcode), kwadrans.CleanLine(z.HostMail)
		b.Zoom = &z
	}
	return l
}

func (a *author) t(key string, args ...any) string { return lang.T(a.lang, "letter."+key, args...) }

func (a *author) off() bool { return a.Kind == kwadrans.LetterCancelled }

func (a *author) moved() bool { return a.Kind == kwadrans.LetterMoved }

func (a *author) known() bool {
	switch a.Kind {
	case kwadrans.LetterInvitation, kwadrans.LetterMoved, kwadrans.LetterCancelled:
		return true
	case kwadrans.LetterConfirm:
		return !a.ToHost
	}
	return a.Kind == kwadrans.LetterHost && a.ToHost
}

// sheet writes the letter.
func (a *author) sheet() (sheet, error) {
	if !a.known() {
		return sheet{}, kwadrans.Errorf(kwadrans.CodeInternal, "mail: there is no letter %q to this reader", a.Kind)
	}
	s := sheet{
		Lang: a.lang, Subject: a.subject(), Preheader: a.preheader(), Brand: a.brand(),
		Alarm: a.off(), Kicker: a.kicker(), Title: a.Booking.TopicName, Lead: a.lead(), Meta: a.meta(),
		When: a.when(), Heading: a.heading(), Foot: a.foot(),
	}
	switch {
	case a.asks():
		a.question(&s)
		return s, nil
	case a.ToHost:
		s.Rows, s.Points = a.hostRows(), a.hostPoints()
	default:
		s.Rows, s.Points = a.rows(), a.points()
		a.manage(&s)
	}
	if a.link != "" {
		s.Join = &join{Label: a.joinLabel(), URL: a.link}
		s.Intro = a.start()
	}
	return s, nil
}
