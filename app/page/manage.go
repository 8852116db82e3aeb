package page

import (
	"net/http"
	"strings"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// bookingBody is a booking as one attendee sees it.
type bookingBody struct {
	State            string // booked, soon (no link yet), off, over
	Head, Lead       string
	Topic, Host      string
	Email            string
	Times            []moment
	Place, PlaceIcon string
	Link             string
	MeetingID, Pass  string
	Calendar         string
	Move, Cancel     string // links; empty where it is not allowed
	Rules            []string
	Alert            string
	Again            bool // the script may look again for the link
}

// opened opens the pass of a booking, or answers.
func (p *Page) opened(w http.ResponseWriter, v *visitor) (b kwadrans.Booking, who kwadrans.Attendee, ok bool) {
	b, who, err := p.visits.Open(v.r.Context(), booking.PassManage, v.r.PathValue("pass"))
	if err != nil {
		p.closed(w, v, err)
		return b, who, false
	}
	v.as(who)
	return b, who, true
}

// manage shows a booking, with what its attendee may still change.
func (p *Page) manage(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	if b, who, ok := p.opened(w, v); ok {
		p.showBooking(w, v, b, who, http.StatusOK, "")
	}
}

func (p *Page) showBooking(w http.ResponseWriter, v *visitor, b kwadrans.Booking, who kwadrans.Attendee, status int, alert string) {
	body := p.bookingOf(v, b, who)
	body.Alert = alert
	p.show(w, status, "booking", view{v: v, Title: body.Head + ": " + b.TopicName, Refuse: true, Body: body})
}

func (p *Page) bookingOf(v *visitor, b kwadrans.Booking, who kwadrans.Attendee) bookingBody {
	self := "/r/" + v.r.PathValue("pass")
	body := bookingBody{
		State: stateOf(b, p.now()), Topic: b.TopicName, Host: b.Host.Name, Email: who.Email, Times: v.moments(b.Start, b.End, b.Wall.Zone),
		Place: v.t("page.place." + string(b.Place.Kind)), PlaceIcon: string(b.Place.Kind),
	}
	body.Head, body.Lead = v.t("page.booking."+body.State), v.t("page.booking."+body.State+".lead")
	switch b.Place.Kind {
	case kwadrans.PlacePhone, kwadrans.PlaceAddress:
		body.Place = b.Place.Detail
	case kwadrans.PlaceLink:
		body.Link = b.Place.Detail
	case kwadrans.PlaceZoom:
		if b.Zoom != nil && body.State == "booked" {
			body.Link, body.MeetingID, body.Pass = b.Zoom.JoinURL, grouped(b.Zoom.MeetingID()), b.Zoom.Passcode
		}
	}
	if body.State == "off" || body.State == "over" {
		body.Link = ""
	}
	leave := p.visits.Leave(b)
	if body.State == "booked" {
		body.Calendar = self + "/booking.ics"
	}
	if leave.Move {
		body.Move = v.link(self + "/move")
	}
	if leave.Cancel {
		body.Cancel = v.link(self + "/cancel")
	}
	body.Again = body.State == "soon"
	if body.State == "booked" || body.State == "soon" {
		body.Rules = v.rules(leave)
	}
	return body
}

func stateOf(b kwadrans.Booking, now time.Time) string {
	switch {
	case b.State == kwadrans.Cancelled:
		return "off"
	case now.After(b.End):
		return "over"
	case b.Place.Kind == kwadrans.PlaceZoom && b.Zoom == nil:
		return "soon"
	}
	return "booked"
}

// rules say what may be changed, how often and until when.
func (v *visitor) rules(l booking.Leave) (list []string) {
	until := func(t time.Time) string {
		t = t.In(v.loc)
		return lang.Date(v.lang, t) + ", " + lang.Clock(t) + " (" + lang.City(v.lang, v.zone) + ")"
	}
	switch {
	case !l.Move && !l.Cancel:
		return []string{v.t("page.rules.none")}
	case l.Move && l.Cancel && l.MoveUntil.Equal(l.CancelUntil):
		list = append(list, v.t("page.rules.both", "until", until(l.MoveUntil)))
	default:
		if l.Move {
			list = append(list, v.t("page.rules.move", "until", until(l.MoveUntil)))
		}
		if l.Cancel {
			list = append(list, v.t("page.rules.cancel", "until", until(l.CancelUntil)))
		}
	}
	if l.Move && l.Moves > 0 {
		list = append(list, v.counted("page.rules.left", l.Moves))
	}
	return list
}

// grouped writes a meeting id as Zoom does: 845 2210 7719.
func grouped(id string) string {
	switch len(id) {
	case 9, 10:
		return id[:3] + " " + id[3:6] + " " + id[6:]
	case 11:
		return id[:3] + " " + id[3:7] + " " + id[7:]
	}
	return id
}

// calendar is the booking as a file for the attendee's own calendar.
func (p *Page) calendar(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, ok := p.opened(w, v)
	if !ok {
		return
	}
	if stateOf(b, p.now()) != "booked" {
		p.missing(w, v)
		return
	}
	page, err := p.House.GuestCalendar(b, who, p.URL()+strings.TrimSuffix(r.URL.Path, "/booking.ics"))
	if err != nil {
		p.failed(w, v, err)
		return
	}
	w.Header().Set("Content-Type", "text/calendar; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="booking.ics"`)
	_, _ = w.Write(page)
}
