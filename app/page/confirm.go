package page

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// seatBody is a held seat: before it is confirmed, and while somebody waits for the letter.
type seatBody struct {
	Topic, Email string
	Times        []moment
	Until        string // by the visitor's clock
	Action       string
	Alert        string
	Near         []near
	Done         bool // for who waits: it was confirmed
	Again        bool // the script may look again
}

func (p *Page) seat(v *visitor, b kwadrans.Booking, who kwadrans.Attendee) *seatBody {
	v.as(who)
	return &seatBody{
		Topic: b.TopicName, Email: who.Email, Times: v.moments(b.Start, b.End, b.Wall.Zone),
		Until: lang.Clock(b.HeldUntil().In(v.loc)), Done: b.State != kwadrans.Held, Action: v.link(v.r.URL.Path),
	}
}

// as takes the zone of an attendee where the address names none.
func (v *visitor) as(who kwadrans.Attendee) {
	if !v.picked {
		v.setZone(who.Zone)
	}
}

// wait tells who took a seat to look into the mail.
func (p *Page) wait(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, err := p.visits.Open(r.Context(), booking.PassWait, r.PathValue("pass"))
	if err != nil {
		p.closed(w, v, err)
		return
	}
	body := p.seat(v, b, who)
	body.Again = !body.Done
	title := v.t("page.wait.title")
	if body.Done {
		title = v.t("page.wait.done")
	}
	p.show(w, http.StatusOK, "wait", view{v: v, Title: title, Refuse: true, Body: body})
}

// closed answers a pass that opens nothing; who comes too late is told so.
func (p *Page) closed(w http.ResponseWriter, v *visitor, err error) {
	if errors.Is(err, booking.ErrReleased) {
		p.say(w, v, http.StatusGone, "page.released")
		return
	}
	p.failed(w, v, err)
}

// ask shows what is to be confirmed. It changes nothing: mail scanners open links too.
func (p *Page) ask(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, err := p.visits.Open(r.Context(), booking.PassConfirm, r.PathValue("pass"))
	switch {
	case err == nil && b.State == kwadrans.Held && !p.now().Before(b.HeldUntil()):
		err = booking.ErrReleased
	case err == nil && b.State != kwadrans.Held: // done before
		p.toBooking(w, v, b, who)
		return
	}
	if err != nil {
		p.closed(w, v, err)
		return
	}
	p.show(w, http.StatusOK, "confirm", view{v: v, Title: v.t("page.confirm.title"), Refuse: true, Body: p.seat(v, b, who)})
}

// confirm makes the booking.
func (p *Page) confirm(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	b, who, err := p.visits.Open(r.Context(), booking.PassConfirm, r.PathValue("pass"))
	if err != nil {
		p.closed(w, v, err)
		return
	}
	if !p.limits.post(block(r, p.Public != "")) {
		p.say(w, v, http.StatusTooManyRequests, "page.slow")
		return
	}
	var start time.Time
	if at := r.PostFormValue("at"); at != "" {
		start, _ = readAt(at)
	}
	a, err := p.visits.Confirm(r.Context(), b.ID, start)
	if err != nil {
		p.closed(w, v, err)
		return
	}
	p.offers.forget()
	if a.Booked {
		p.House.WaitForLink(r.Context(), a.Booking, linkTime)
		p.toBooking(w, v, a.Booking, who)
		return
	}
	body := p.seat(v, b, who)
	body.Alert, body.Near = v.taken(a.Conflicts)
	p.show(w, http.StatusConflict, "confirm", view{v: v, Title: v.t("page.confirm.title"), Refuse: true, Body: body})
}

// taken says what is said of a start that cannot be had, and the nearest that can.
func (v *visitor) taken(conflicts []kwadrans.Conflict) (alert string, list []near) {
	if len(conflicts) == 0 {
		return "", nil
	}
	if conflicts[0].Code == kwadrans.SourceUnknown {
		return v.t("page.details.unknown"), nil
	}
	for i, t := range conflicts[0].Nearest {
		m := v.moment(v.zone, t, t)
		clock, _, _ := strings.Cut(m.Range, "–")
		list = append(list, near{At: formAt(t), Text: m.Date + ", " + clock, On: i == 0})
	}
	if len(list) == 0 {
		return v.t("page.details.gone"), nil
	}
	return v.t("page.details.taken"), list
}

// toBooking leads to the booking of an attendee.
func (p *Page) toBooking(w http.ResponseWriter, v *visitor, b kwadrans.Booking, who kwadrans.Attendee) {
	pass, err := p.visits.Pass(v.r.Context(), booking.PassManage, b.ID, who.Email)
	if err != nil {
		p.failed(w, v, err)
		return
	}
	http.Redirect(w, v.r, v.link("/r/"+pass), http.StatusSeeOther)
}
