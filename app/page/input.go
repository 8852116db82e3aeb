package page

import (
	"net/http"
	"strconv"
	"strings"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// read reads a sent form; false for one that is too big or no form.
func read(r *http.Request, questions int) (in input, ok bool) {
	if err := r.ParseForm(); err != nil {
		return in, false
	}
	f := r.PostForm.Get
	in = input{name: kwadrans.CleanLine(f("name")), email: strings.TrimSpace(f("email")), guests: kwadrans.CleanLine(f("guests")), pass: f("form")}
	in.at, ok = readAt(f("at"))
	for i := range questions {
		in.answers = append(in.answers, kwadrans.CleanText(f("q"+strconv.Itoa(i))))
	}
	return in, ok
}

// check makes a visit of what was typed, and says by field what is wrong with it.
func (p *Page) check(v *visitor, t kwadrans.Topic, in input) (booking.Visit, map[string]string) {
	faults := map[string]string{}
	fault := func(name, key string) { faults[name] = v.t(key) }
	visit := booking.Visit{Topic: t.Slug, Start: in.at}
	switch email, err := kwadrans.CleanEmail(in.email); {
	case in.email == "":
		fault("email", "page.fault.email.none")
	case err != nil:
		fault("email", "page.fault.email")
	case !strings.Contains(email[strings.LastIndex(email, "@"):], "."):
		fault("email", "page.fault.email.domain")
	default:
		visit.Attendees = []kwadrans.Attendee{v.attendee(in.name, email)}
	}
	switch {
	case in.name == "":
		fault("name", "page.fault.name")
	case len([]rune(in.name)) > 120 || strings.ContainsAny(in.name, "<>@"):
		fault("name", "page.fault.name.bad")
	}
	if guests, ok := v.guests(in.guests); ok {
		visit.Attendees = append(visit.Attendees, guests...)
	} else {
		fault("guests", "page.fault.guests")
	}
	visit.Form = answers(v, t, in, fault)
	return visit, faults
}

// attendee is somebody who comes, in the visitor's language and zone.
func (v *visitor) attendee(name, email string) kwadrans.Attendee {
	return kwadrans.Attendee{Name: name, Email: email, Zone: v.zone, Lang: v.lang}
}

// guests reads who comes along.
func (v *visitor) guests(s string) (list []kwadrans.Attendee, ok bool) {
	for _, part := range strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' }) {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		name, email, err := kwadrans.ParsePerson(part)
		if err != nil || len(list) >= booking.MostGuests-1 {
			return nil, false
		}
		list = append(list, v.attendee(name, email))
	}
	return list, true
}

// answers sets questions and answers as one text; the topic's only question needs no
// repeating when it is ours.
func answers(v *visitor, t kwadrans.Topic, in input, fault func(name, key string)) string {
	var lines []string
	for i, q := range questions(v, t) {
		a, name := in.answers[i], "q"+strconv.Itoa(i)
		switch most := map[bool]int{true: 1000, false: 500}[q.Long]; {
		case a == "" && q.Required:
			fault(name, "page.fault.answer")
		case len([]rune(a)) > most:
			fault(name, "page.fault.answer.long")
		case a == "":
		case len(t.Questions) == 0:
			lines = append(lines, a)
		default:
			lines = append(lines, q.Label+": "+a)
		}
	}
	all := strings.Join(lines, "\n")
	if n := len(in.answers); n > 0 && len([]rune(all)) > booking.MaxForm {
		fault("q"+strconv.Itoa(n-1), "page.fault.answer.long")
	}
	return all
}
