package page

import (
	"context"
	"net/http"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// pickBody is where a visitor chooses a day and a start.
type pickBody struct {
	facts
	sheet
	Clock     string // the visitor's zone and time
	HostClock string // the host's, where it is another
	Zones     []zoneChoice
	Form      string // where the chosen zone goes
	Keep      []pair // what else the address holds
	Notice    string
	Old       *moment // for a booking that moves
	Back      string
	Doubtful  string
}

type pair struct{ Name, Value string }

// chooser is what a page of starts is about.
type chooser struct {
	topic  kwadrans.Topic
	moving *kwadrans.Booking
	path   string                 // of this page
	start  func(time.Time) string // where a start leads
}

// pick shows the free days and starts of a topic.
func (p *Page) pick(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	t, found, err := p.topic(r.Context(), r.PathValue("topic"))
	if err != nil || !found || !v.known {
		p.lost(w, v, err)
		return
	}
	path := r.URL.Path
	p.choose(w, v, chooser{topic: t, path: path, start: func(at time.Time) string { return v.link(path+"/book", "at", formAt(at)) }}, "")
}

// lost answers what was not found, or could not be looked for.
func (p *Page) lost(w http.ResponseWriter, v *visitor, err error) {
	if err != nil {
		p.failed(w, v, err)
		return
	}
	p.missing(w, v)
}

// choose shows a page of starts, with a notice above it.
func (p *Page) choose(w http.ResponseWriter, v *visitor, c chooser, notice string) {
	pic, from, chosen, err := p.sheetFor(v.r.Context(), v, c)
	if err != nil {
		p.failed(w, v, err)
		return
	}
	now := p.now()
	body := pickBody{facts: v.facts(c.topic), Clock: v.clockIn(v.zone, now), Zones: v.zoneList(now), Form: c.path, Notice: notice}
	if home := pic.Zone; v.moment(home, now, now) != v.moment(v.zone, now, now) {
		body.HostClock = v.clockIn(home, now)
	}
	link := func(first, day kwadrans.Date) string {
		return v.link(c.path, "from", dateText(first), "day", dateText(day))
	}
	body.sheet = v.sheetOf(pic, from, chosen, links{day: func(d kwadrans.Date) string { return link(from, d) + "#starts" }, start: c.start})
	this := monday(kwadrans.DateOf(now.In(v.loc)))
	if this.Before(from) {
		body.Earlier = link(latest(from.AddDays(-7*weeks), this), kwadrans.Date{})
	}
	if last := this.AddDays(c.topic.MaxDays); from.AddDays(7 * weeks).Before(last) {
		body.Later = link(from.AddDays(7*weeks), kwadrans.Date{})
	}
	body.fill(v, chosen)
	if v.chosen {
		body.Keep = append(body.Keep, pair{"lang", string(v.lang)})
	}
	title := v.t("page.pick.title", "topic", c.topic.Name)
	if c.moving != nil {
		old := v.moment(v.zone, c.moving.Start, c.moving.End)
		body.Old, body.Back, title = &old, v.link("/r/"+v.r.PathValue("pass")), v.t("page.move.title", "topic", c.topic.Name)
	}
	p.show(w, http.StatusOK, "pick", view{v: v, Title: title, Detect: !v.picked, Refuse: c.moving != nil || !c.topic.Listed, Body: body})
}

// fill says what is not free, where nothing is.
func (b *pickBody) fill(v *visitor, chosen kwadrans.Date) {
	if b.sheet.Doubt {
		b.Doubtful = v.t("page.doubt")
	}
	if chosen != (kwadrans.Date{}) {
		b.Keep = append(b.Keep, pair{"day", chosen.String()})
		return
	}
	b.None = v.t("page.weeks.none")
	if b.sheet.Doubt {
		b.None = ""
	}
}

// sheetFor finds out which weeks and which day to show, and what is free in them. Without
// a wish it is the first day with a free start.
func (p *Page) sheetFor(ctx context.Context, v *visitor, c chooser) (pic booking.Picture, from, chosen kwadrans.Date, err error) {
	q := v.r.URL.Query()
	today := kwadrans.DateOf(p.now().In(v.loc))
	this, last := monday(today), today.AddDays(c.topic.MaxDays+1)
	from, wished := this, false
	if d, bad := kwadrans.ParseDate(q.Get("from")); bad == nil {
		from, wished = d, true
	}
	day := q.Get("day")
	if c.moving != nil && day == "" && !wished {
		day = kwadrans.DateOf(c.moving.Start.In(v.loc)).String()
	}
	if d, bad := kwadrans.ParseDate(day); bad == nil {
		chosen = d
		if !wished || d.Before(from) || !d.Before(from.AddDays(7*weeks)) {
			from, wished = d, true
		}
	}
	from = monday(latest(earliest(from, last), this))
	if pic, err = p.picture(ctx, c.topic, c.moving, v.span(from)); err != nil {
		return pic, from, chosen, err
	}
	if len(pic.Slots) == 0 && !wished {
		from, pic, err = p.ahead(ctx, v, c, from, last, pic)
	}
	if chosen == (kwadrans.Date{}) {
		chosen, _ = firstFree(pic, v.loc)
	}
	return pic, from, chosen, err
}

// ahead looks beyond weeks in which nothing is free, once, as far as the topic can be booked.
func (p *Page) ahead(ctx context.Context, v *visitor, c chooser, from, last kwadrans.Date, empty booking.Picture) (kwadrans.Date, booking.Picture, error) {
	far, err := p.picture(ctx, c.topic, c.moving, kwadrans.Span{Start: midnight(from, v.loc), End: midnight(last, v.loc)})
	if err != nil {
		return from, empty, err
	}
	d, ok := firstFree(far, v.loc)
	if !ok {
		return from, empty, nil
	}
	pic, err := p.picture(ctx, c.topic, c.moving, v.span(monday(d)))
	return monday(d), pic, err
}

// span is what the sheet shows from a Monday on.
func (v *visitor) span(from kwadrans.Date) kwadrans.Span {
	return kwadrans.Span{Start: midnight(from, v.loc), End: midnight(from.AddDays(7*weeks), v.loc)}
}

func dateText(d kwadrans.Date) string {
	if d == (kwadrans.Date{}) {
		return ""
	}
	return d.String()
}

func earliest(a, b kwadrans.Date) kwadrans.Date {
	if b.Before(a) {
		return b
	}
	return a
}

func latest(a, b kwadrans.Date) kwadrans.Date {
	if a.Before(b) {
		return b
	}
	return a
}
