package page

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// detailsBody is the form in which a visitor says who comes.
type detailsBody struct {
	facts
	Times  []moment
	Change string // where another start is chosen
	Action string
	Pass   string
	At     string
	Fields []field
	Alert  string
	Near   []near // in place of a start that is taken
	Faults int
}

// near is a free start close to one that is not.
type near struct {
	At, Text string
	On       bool
}

// field is one thing that is asked.
type field struct {
	Name, Label, Value, Kind, Complete, Hint, Fault string
	Required, Long                                  bool
	Most                                            int
}

// input is what a visitor sent.
type input struct {
	name, email, guests string
	answers             []string
	at                  time.Time
	pass                string
}

// details shows the form for a start.
func (p *Page) details(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	t, found, err := p.topic(r.Context(), r.PathValue("topic"))
	at, ok := readAt(r.URL.Query().Get("at"))
	if err != nil || !found || !ok || !v.known {
		p.lost(w, v, err)
		return
	}
	pass, err := p.visits.Form(r.Context())
	if err != nil {
		p.failed(w, v, err)
		return
	}
	in := input{at: at, pass: pass}
	conflicts, err := p.House.Booking.Check(r.Context(), t.Slug, at)
	if err != nil {
		p.failed(w, v, err)
		return
	}
	body := p.form(v, t, in, nil)
	status := body.taken(v, conflicts)
	p.show(w, status, "details", view{v: v, Title: v.t("page.details.title", "topic", t.Name), Refuse: true, Body: body})
}

// form is the form with what was typed, and what is wrong with it by field.
func (p *Page) form(v *visitor, t kwadrans.Topic, in input, faults map[string]string) *detailsBody {
	path := "/t/" + v.r.PathValue("topic")
	local := in.at.In(v.loc)
	b := &detailsBody{
		facts: v.facts(t), Times: v.moments(in.at, in.at.Add(t.Duration.Std()), v.host.Zone), Change: v.link(path, "day", kwadrans.DateOf(local).String()),
		Action: v.link(path + "/book"), Pass: in.pass, At: formAt(in.at), Faults: len(faults),
	}
	b.Fields = []field{
		{Name: "name", Label: v.t("page.field.name"), Value: in.name, Kind: "text", Complete: "name", Required: true, Most: 120},
		{Name: "email", Label: v.t("page.field.email"), Value: in.email, Kind: "email", Complete: "email", Required: true, Most: 254},
		{Name: "guests", Label: v.t("page.field.guests"), Value: in.guests, Kind: "text", Complete: "off", Hint: v.t("page.field.guests.hint"), Most: 1500},
	}
	for i, q := range questions(v, t) {
		f := field{Name: "q" + strconv.Itoa(i), Label: q.Label, Required: q.Required, Long: q.Long, Kind: "text", Complete: "off", Most: 500}
		if q.Long {
			f.Most = 1000
		}
		if i < len(in.answers) {
			f.Value = in.answers[i]
		}
		b.Fields = append(b.Fields, f)
	}
	for i := range b.Fields {
		b.Fields[i].Fault = faults[b.Fields[i].Name]
	}
	return b
}

// questions are those of the topic; one that asks nothing of its own asks what the
// meeting is about.
func questions(v *visitor, t kwadrans.Topic) []kwadrans.Question {
	if len(t.Questions) == 0 {
		return []kwadrans.Question{{Label: v.t("page.field.about"), Long: true}}
	}
	return t.Questions
}

// taken says that the start cannot be had, and offers the nearest that can. It returns
// the status of the page.
func (b *detailsBody) taken(v *visitor, conflicts []kwadrans.Conflict) int {
	if len(conflicts) == 0 {
		return http.StatusOK
	}
	if b.Alert, b.Near = v.taken(conflicts); conflicts[0].Code == kwadrans.SourceUnknown {
		return http.StatusServiceUnavailable
	}
	return http.StatusConflict
}

// book takes what a visitor sent.
func (p *Page) book(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	t, found, err := p.topic(r.Context(), r.PathValue("topic"))
	if err != nil || !found || !v.known {
		p.lost(w, v, err)
		return
	}
	in, ok := read(r, len(questions(v, t)))
	if !ok {
		p.say(w, v, http.StatusBadRequest, "page.unread")
		return
	}
	if !p.limits.post(block(r, p.Public != "")) {
		p.say(w, v, http.StatusTooManyRequests, "page.slow")
		return
	}
	visit, faults := p.check(v, t, in)
	id, err := p.visits.FormID(r.Context(), in.pass)
	if err != nil { // too old, or not ours: the form is kept and goes out anew
		if in.pass, err = p.visits.Form(r.Context()); err != nil {
			p.failed(w, v, err)
			return
		}
		p.again(w, v, p.form(v, t, in, faults), http.StatusUnprocessableEntity, v.t("page.details.old"))
		return
	}
	if r.PostFormValue("website") != "" { // no person sees that field
		faults["website"] = "."
	}
	if len(faults) > 0 {
		p.again(w, v, p.form(v, t, in, faults), http.StatusUnprocessableEntity, v.t("page.details.faults"))
		return
	}
	visit.ID = id
	p.take(w, v, t, in, visit)
}

// again shows the form with what is wrong.
func (p *Page) again(w http.ResponseWriter, v *visitor, b *detailsBody, status int, alert string) {
	if alert != "" {
		b.Alert = alert
	}
	p.show(w, status, "details", view{v: v, Title: v.t("page.details.again", "topic", b.Name), Refuse: true, Body: b})
}

// take books, and leads on to where the booking stands.
func (p *Page) take(w http.ResponseWriter, v *visitor, t kwadrans.Topic, in input, visit booking.Visit) {
	ctx := v.r.Context()
	a, err := p.visits.Book(ctx, visit)
	switch {
	case errors.Is(err, booking.ErrCrowded):
		p.again(w, v, p.form(v, t, in, nil), http.StatusTooManyRequests, v.t("page.details.crowded"))
		return
	case errors.Is(err, booking.ErrBound):
		p.again(w, v, p.form(v, t, in, nil), http.StatusTooManyRequests, v.t("page.details.many"))
		return
	case kwadrans.CodeOf(err) == kwadrans.CodeInvalid:
		p.again(w, v, p.form(v, t, in, map[string]string{"email": v.t("page.fault.refused")}), http.StatusUnprocessableEntity, v.t("page.details.faults"))
		return
	case err != nil:
		p.failed(w, v, err)
		return
	}
	p.offers.forget()
	if !a.Booked {
		b := p.form(v, t, in, nil)
		p.again(w, v, b, b.taken(v, a.Conflicts), "")
		return
	}
	p.leadOn(w, v, a.Booking)
}

// leadOn goes to the booking when it was made without a question. Who was to confirm an
// address has not shown that it is theirs, and sees only that a letter is on its way.
func (p *Page) leadOn(w http.ResponseWriter, v *visitor, b kwadrans.Booking) {
	purpose, path := booking.PassWait, "/w/"
	if b.State != kwadrans.Held && b.Rev == 1 {
		purpose, path = booking.PassManage, "/r/"
		p.House.WaitForLink(v.r.Context(), b, linkTime)
	}
	pass, err := p.visits.Pass(v.r.Context(), purpose, b.ID, b.Attendees[0].Email)
	if err != nil {
		p.failed(w, v, err)
		return
	}
	http.Redirect(w, v.r, v.link(path+pass), http.StatusSeeOther)
}

// linkTime is how long the page waits for the Zoom link before it says that the letter brings it.
const linkTime = 2500 * time.Millisecond
