package page

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// changeBody is a change that is about to be made.
type changeBody struct {
	Topic    string
	Old, New []moment
	Action   string
	Rev      int
	At       string
	Back     string
}

func (p *Page) change(v *visitor, b kwadrans.Booking) changeBody {
	return changeBody{Topic: b.TopicName, Old: v.moments(b.Start, b.End, b.Wall.Zone), Action: v.link(v.r.URL.Path), Rev: b.Rev, Back: v.link("/r/" + v.r.PathValue("pass"))}
}

// pickMove shows the starts that a booking can move to, and for a chosen one what changes.
func (p *Page) pickMove(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, ok := p.opened(w, v)
	switch {
	case !ok:
		return
	case !p.visits.Leave(b).Move:
		p.showBooking(w, v, b, who, http.StatusForbidden, v.t("page.late"))
		return
	}
	at, chosen := readAt(r.URL.Query().Get("at"))
	if !chosen {
		p.offerMove(w, v, b, "")
		return
	}
	body := p.change(v, b)
	body.New, body.At = v.moments(at, at.Add(b.Span().Duration()), b.Wall.Zone), formAt(at)
	body.Back = v.link(r.URL.Path, "day", kwadrans.DateOf(at.In(v.loc)).String())
	p.show(w, http.StatusOK, "move", view{v: v, Title: v.t("page.move.title", "topic", b.TopicName), Refuse: true, Body: body})
}

func (p *Page) offerMove(w http.ResponseWriter, v *visitor, b kwadrans.Booking, notice string) {
	t, err := p.House.Store.Topic(v.r.Context(), b.Topic)
	if err != nil {
		p.failed(w, v, err)
		return
	}
	t.Name, t.Duration = b.TopicName, kwadrans.Duration(b.Span().Duration())
	path := "/r/" + v.r.PathValue("pass") + "/move"
	p.choose(w, v, chooser{topic: t, moving: &b, path: path, start: func(at time.Time) string { return v.link(path, "at", formAt(at)) }}, notice)
}

// move moves a booking.
func (p *Page) move(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, ok := p.opened(w, v)
	if !ok {
		return
	}
	at, fine := readAt(r.PostFormValue("at"))
	rev, err := strconv.Atoi(r.PostFormValue("rev"))
	if !fine || err != nil {
		p.say(w, v, http.StatusBadRequest, "page.unread")
		return
	}
	if !p.limits.post(block(r, p.Public != "")) {
		p.say(w, v, http.StatusTooManyRequests, "page.slow")
		return
	}
	a, err := p.visits.Move(r.Context(), b.ID, rev, at)
	switch {
	case err != nil:
		p.refused(w, v, b, who, err)
	case !a.Booked:
		alert, _ := v.taken(a.Conflicts)
		p.offerMove(w, v, b, strings.TrimSpace(alert))
	default:
		p.offers.forget()
		p.toBooking(w, v, a.Booking, who)
	}
}

// refused answers a change that was not made.
func (p *Page) refused(w http.ResponseWriter, v *visitor, b kwadrans.Booking, who kwadrans.Attendee, err error) {
	if now, e := p.House.Store.Booking(v.r.Context(), b.ID); e == nil {
		b = now
	}
	switch {
	case errors.Is(err, booking.ErrNoLeave):
		p.showBooking(w, v, b, who, http.StatusForbidden, v.t("page.late"))
	case errors.Is(err, booking.ErrChanged):
		p.showBooking(w, v, b, who, http.StatusConflict, v.t("page.changed"))
	default:
		p.failed(w, v, err)
	}
}

// askCancel shows what is about to be cancelled.
func (p *Page) askCancel(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, ok := p.opened(w, v)
	switch {
	case !ok:
		return
	case b.State == kwadrans.Cancelled:
		p.toBooking(w, v, b, who)
	case !p.visits.Leave(b).Cancel:
		p.showBooking(w, v, b, who, http.StatusForbidden, v.t("page.late"))
	default:
		p.show(w, http.StatusOK, "cancel", view{v: v, Title: v.t("page.cancel.title", "topic", b.TopicName), Refuse: true, Body: p.change(v, b)})
	}
}

// cancel cancels a booking.
func (p *Page) cancel(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, ok := p.opened(w, v)
	if !ok {
		return
	}
	rev, err := strconv.Atoi(r.PostFormValue("rev"))
	if err != nil {
		p.say(w, v, http.StatusBadRequest, "page.unread")
		return
	}
	if !p.limits.post(block(r, p.Public != "")) {
		p.say(w, v, http.StatusTooManyRequests, "page.slow")
		return
	}
	if _, err := p.visits.CallOff(r.Context(), b.ID, rev, r.PostFormValue("reason")); err != nil {
		p.refused(w, v, b, who, err)
		return
	}
	p.offers.forget()
	p.toBooking(w, v, b, who)
}
