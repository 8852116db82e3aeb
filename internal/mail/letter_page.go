package mail

import (
	"net/url"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// asks says whether the letter asks a visitor of the page to confirm the address.
func (a *author) asks() bool { return a.Kind == kwadrans.LetterConfirm }

// byPage says whether the reader changes the booking on the page.
func (a *author) byPage() bool {
	c := a.Booking.Change
	return a.page != "" && !a.ToHost && !a.off() && (c.MayMove || c.MayCancel)
}

// question is the letter before a booking: nothing is booked, and nothing happens
// when it is not answered.
func (a *author) question(s *sheet) {
	until := a.Booking.HeldUntil()
	key, args := "confirm.hold", []any{"time", lang.Clock(a.own.at(until)), "city", a.own.city(a.lang)}
	if a.home.name != a.own.name {
		key, args = "confirm.hold.both", append(args, "other", lang.Clock(a.home.at(until)), "othercity", a.home.city(a.lang))
	}
	s.Opening = a.t(key, args...)
	s.Heading, s.Points = "", nil
	s.Join = &join{Label: a.t("confirm"), URL: a.page}
	s.Closing = a.t("confirm.then")
	s.Foot = []string{a.t("why.confirm", "org", a.brand(), "to", a.To.Email), a.t("sentBy")}
	if s.When != nil {
		s.When.Label = a.t("when.chosen")
	}
}

// manage adds where the reader moves and cancels.
func (a *author) manage(s *sheet) {
	if !a.byPage() {
		return
	}
	s.Manage = &join{Label: a.t("manage" + a.allowed()), URL: a.page}
	s.Closing = a.t("manage.own")
}

// allowed is the ending of a key by what the topic allows.
func (a *author) allowed() string {
	switch c := a.Booking.Change; {
	case c.MayMove && c.MayCancel:
		return ""
	case c.MayMove:
		return ".move"
	}
	return ".cancel"
}

// pageLink returns the page's address that the letter may link to: https, or this
// computer for who stands before it. Empty for none.
func pageLink(l kwadrans.Letter) (string, error) {
	if l.ManageURL == "" {
		if l.Kind == kwadrans.LetterConfirm {
			return "", kwadrans.Errorf(kwadrans.CodeWaiting, "mail: no page is served where the address could be confirmed")
		}
		return "", nil
	}
	if plainHTTPS(l.ManageURL) == nil && !here(l.ManageURL) {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "mail: the page is not at an https address")
	}
	return l.ManageURL, nil
}

func here(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "http" && u.Hostname() == "127.0.0.1" && plainHTTPS("https"+s[len("http"):]) != nil
}
