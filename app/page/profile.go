package page

import (
	"net/http"
	"strings"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// facts are what is always said of a topic.
type facts struct {
	Name, Colour, Length, Place, Icon string
	About                             []string // paragraphs
	Link                              string
}

func (v *visitor) facts(t kwadrans.Topic) facts {
	f := facts{Name: t.Name, Colour: t.Colour, Length: v.length(t.Duration), Icon: string(t.Place().Kind), Place: v.t("page.place." + string(t.Place().Kind))}
	if k := t.Place().Kind; k == kwadrans.PlacePhone || k == kwadrans.PlaceAddress {
		f.Place = t.Place().Detail
	}
	for line := range strings.SplitSeq(t.Description, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			f.About = append(f.About, line)
		}
	}
	return f
}

// length writes "45 min", "1 h", "1 h 30 min".
func (v *visitor) length(d kwadrans.Duration) string {
	h, m := d.Minutes()/60, d.Minutes()%60
	switch {
	case h == 0:
		return v.t("page.minutes", "min", m)
	case m == 0:
		return v.t("page.hours", "h", h)
	}
	return v.t("page.hours", "h", h) + " " + v.t("page.minutes", "min", m)
}

type profileBody struct{ Topics []facts }

// profile lists the topics that everybody may see.
func (p *Page) profile(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	list, err := p.House.Store.Topics(r.Context())
	if err != nil || !v.known {
		p.failed(w, v, err)
		return
	}
	var body profileBody
	for _, t := range list {
		if t.On && t.Listed {
			f := v.facts(t)
			f.Link = v.link("/t/" + t.Slug)
			body.Topics = append(body.Topics, f)
		}
	}
	p.show(w, http.StatusOK, "profile", view{v: v, Title: v.t("page.profile.title", "host", v.host.Name), Body: body})
}

type privacyBody struct{ Points []string }

// privacy says what becomes of what a visitor types.
func (p *Page) privacy(w http.ResponseWriter, r *http.Request) {
	v := p.visitor(r)
	var body privacyBody
	for _, key := range []string{"who", "what", "zoom", "held", "browser", "log"} {
		body.Points = append(body.Points, v.t("page.privacy."+key, "host", v.host.Name, "minutes", int(kwadrans.HoldTime.Minutes())))
	}
	p.show(w, http.StatusOK, "privacy", view{v: v, Title: v.t("page.privacy.title"), Body: body})
}

// counted is lang.N in the visitor's language.
func (v *visitor) counted(key string, n int, args ...any) string {
	return lang.N(v.lang, key, n, args...)
}
