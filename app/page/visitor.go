package page

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// visitor is who asks: in which language and by which clock. Both are in the address,
// so that nothing is kept on the visitor's computer.
type visitor struct {
	r      *http.Request
	lang   kwadrans.Lang
	chosen bool // the language stands in the address
	zone   string
	loc    *time.Location
	picked bool // the zone stands in the address
	host   kwadrans.Profile
	known  bool // there is a host
}

// visitor reads a request. Without a language of ours in it the host's is taken, and
// without a zone the host's too.
func (p *Page) visitor(r *http.Request) *visitor {
	v := &visitor{r: r, zone: "UTC", loc: time.UTC, lang: kwadrans.English}
	profile, ok, err := p.House.Store.Profile(r.Context())
	if err == nil && ok {
		v.host, v.known, v.lang = profile, true, profile.Lang
		v.setZone(profile.Zone)
	}
	q := r.URL.Query()
	if l, err := kwadrans.ParseLang(q.Get("lang")); err == nil {
		v.lang, v.chosen = l, true
	} else if l, ok := accepted(r.Header.Get("Accept-Language")); ok {
		v.lang = l
	}
	v.picked = v.setZone(q.Get("zone"))
	return v
}

func (v *visitor) setZone(name string) bool {
	if len(name) > 64 {
		return false
	}
	loc, err := kwadrans.Zone(name)
	if err == nil {
		v.zone, v.loc = name, loc
	}
	return err == nil
}

// accepted returns the first language of ours that the browser prefers (RFC 9110 §12.5.4).
func accepted(header string) (best kwadrans.Lang, found bool) {
	most := 0.0
	for part := range strings.SplitSeq(header[:min(len(header), 500)], ",") {
		tag, params, _ := strings.Cut(part, ";")
		q := 1.0
		if _, s, ok := strings.Cut(params, "q="); ok {
			q, _ = strconv.ParseFloat(strings.TrimSpace(s), 64)
		}
		tag, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		if l, err := kwadrans.ParseLang(tag); err == nil && q > most {
			best, most, found = l, q, true
		}
	}
	return best, found
}

// link makes an address on the page; language and zone go along. Pairs are a
// parameter and its value; an empty value leaves it out.
func (v *visitor) link(path string, pairs ...string) string {
	q := url.Values{}
	if v.chosen {
		q.Set("lang", string(v.lang))
	}
	if v.picked {
		q.Set("zone", v.zone)
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if q.Del(pairs[i]); pairs[i+1] != "" {
			q.Set(pairs[i], pairs[i+1])
		}
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// Language is one side of the switch.
type language struct {
	Lang, Name, Link string
	On               bool
}

// languages are the two sides of the switch. After a form was sent there is no switch:
// its answer has no address of its own.
func (v *visitor) languages() []language {
	if v.r.Method != http.MethodGet {
		return nil
	}
	list := []language{{Lang: "pl", Name: "Polski"}, {Lang: "en", Name: "English"}}
	for i := range list {
		q := v.r.URL.Query()
		q.Set("lang", list[i].Lang)
		list[i].Link, list[i].On = v.r.URL.Path+"?"+q.Encode(), list[i].Lang == string(v.lang)
	}
	return list
}

func (v *visitor) t(key string, args ...any) string { return lang.T(v.lang, key, args...) }

// atForm is how a start is written in addresses and forms: UTC, to the minute.
const atForm = "2006-01-02T15:04Z"

func formAt(t time.Time) string { return t.UTC().Format(atForm) }

func readAt(s string) (time.Time, bool) {
	t, err := time.Parse(atForm, s)
	return t, err == nil
}

// moment is a time by one clock.
type moment struct {
	Date, Range, Zone string
	Note              string // of another clock: which day it is there
}

func (v *visitor) moment(zone string, start, end time.Time) moment {
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		loc, zone = time.UTC, "UTC"
	}
	start = start.In(loc)
	return moment{Date: lang.Date(v.lang, start), Range: lang.Range(start, end), Zone: lang.Place(v.lang, zone, start)}
}

// moments are a time by the visitor's clock and, where it is another one, by the host's.
func (v *visitor) moments(start, end time.Time, home string) []moment {
	list := []moment{v.moment(v.zone, start, end)}
	if other := v.moment(home, start, end); other.Range != list[0].Range || other.Date != list[0].Date {
		if other.Note = other.Date; other.Date == list[0].Date {
			other.Note = v.t("page.sameday")
		}
		list = append(list, other)
	}
	return list
}
