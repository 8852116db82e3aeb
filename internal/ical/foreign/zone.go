package foreign

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// zones finds the zone that a name means.
type zones struct {
	own    *time.Location // the host's, when nothing else fits
	pages  map[int]map[string]*goical.Component
	any    map[string]*goical.Component // of all pages
	named  map[string]*time.Location    // by name alone; nil when nobody knows it
	shaped map[string]*time.Location    // by what a definition says
	found  map[scoped]place
	until  int // the last year that matters
	budget *budget
}

type scoped struct {
	page int
	name string
}

// place is a zone, and whether it is only a guess.
type place struct {
	loc   *time.Location
	guess bool
}

func newZones(own *time.Location, list []calendar, until int, b *budget) *zones {
	z := &zones{
		own: own, until: until, budget: b, pages: map[int]map[string]*goical.Component{}, any: map[string]*goical.Component{},
		named: map[string]*time.Location{}, shaped: map[string]*time.Location{}, found: map[scoped]place{},
	}
	for _, c := range list {
		for _, part := range c.parts {
			if part.Name == goical.CompTimezone {
				z.define(c.page, part)
			}
		}
	}
	return z
}

// define keeps a VTIMEZONE under its name, which is a text there (RFC 5545
// §3.8.3.1) and a bare parameter elsewhere.
func (z *zones) define(page int, part *goical.Component) {
	name := zoneKey(plain(first(part, "TZID")))
	if z.pages[page] == nil {
		z.pages[page] = map[string]*goical.Component{}
	}
	if _, ok := z.pages[page][name]; !ok {
		z.pages[page][name] = part
	}
	if _, ok := z.any[name]; !ok {
		z.any[name] = part
	}
}

func zoneKey(name string) string {
	return clip(strings.ToLower(strings.Trim(strings.TrimSpace(name), `"'`)), 256)
}

// find returns the zone of a name used in a page.
func (z *zones) find(page int, name string) place {
	key := scoped{page, zoneKey(name)}
	if p, ok := z.found[key]; ok {
		return p
	}
	p := z.look(key, strings.Trim(strings.TrimSpace(name), `"'`))
	z.found[key] = p
	return p
}

// look goes from what is surest to what is guessed. The public name wins over a
// definition beside it: programs get those wrong. Not so a name without a
// place, like EST, by which half of its users mean something else than IANA.
func (z *zones) look(key scoped, name string) place {
	placed := strings.Contains(name, "/") || strings.EqualFold(name, "UTC")
	if loc := z.public(name); loc != nil && placed {
		return place{loc, false}
	}
	if loc := z.defined(key); loc != nil {
		return place{loc, false}
	}
	if loc := z.public(name); loc != nil {
		return place{loc, false}
	}
	for _, try := range []func(string) *time.Location{z.windows, z.suffix, offset, z.respelt} {
		if loc := try(name); loc != nil {
			return place{loc, false}
		}
	}
	if loc := offset(bracket(name)); loc != nil {
		return place{loc, true}
	}
	return place{z.own, true}
}

// public loads a zone of IANA.
func (z *zones) public(name string) *time.Location {
	if loc, ok := z.named[name]; ok {
		return loc
	}
	if len(z.named) >= maxZones {
		return nil
	}
	var loc *time.Location
	// Names under right/ count leap seconds.
	if !strings.HasPrefix(name, "right/") && strings.Trim(name, zoneLetters) == "" {
		loc, _ = kwadrans.Zone(name)
	}
	z.named[name] = loc
	return loc
}

const zoneLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/"

// defined evaluates the VTIMEZONE of that name, of the same page if there is one.
func (z *zones) defined(key scoped) *time.Location {
	part := z.pages[key.page][key.name]
	if part == nil {
		part = z.any[key.name]
	}
	if part == nil {
		return nil
	}
	shape := shapeOf(part)
	if loc, ok := z.shaped[shape]; ok || len(z.shaped) >= maxZones {
		return loc
	}
	loc := evaluate(part, z.until, z.budget)
	z.shaped[shape] = loc
	return loc
}

func (z *zones) windows(name string) *time.Location {
	name = strings.TrimPrefix(strings.TrimPrefix(name, "tzone://Microsoft/"), "Microsoft/")
	if strings.EqualFold(name, "UTC") {
		return time.UTC
	}
	if iana, ok := windowsZone(name); ok {
		return z.public(iana)
	}
	return nil
}

// suffix finds the public name at the end of "/mozilla.org/20050126_1/Europe/Berlin".
func (z *zones) suffix(name string) *time.Location {
	cells := strings.Split(name, "/")
	for n := 3; n >= 2; n-- {
		if len(cells) > n {
			if loc := z.public(strings.Join(cells[len(cells)-n:], "/")); loc != nil {
				return loc
			}
		}
	}
	return nil
}

// respelt finds "europe/warsaw" and "America/New York".
func (z *zones) respelt(name string) *time.Location {
	b := []byte(strings.ReplaceAll(strings.ToLower(name), " ", "_"))
	for i, c := range b {
		if c >= 'a' && c <= 'z' && (i == 0 || strings.IndexByte("/_-", b[i-1]) >= 0) {
			b[i] = c - 'a' + 'A'
		}
	}
	return z.public(string(b))
}

var offsetForm = regexp.MustCompile(`^(?:UTC|GMT)?([+-])(\d{1,2})(?:[:.]?(\d{2}))?$`)

// offset reads "UTC+01:00", "GMT-5" and "+0100".
func offset(name string) *time.Location {
	name = strings.ToUpper(strings.ReplaceAll(name, " ", ""))
	if name == "Z" || name == "UTC" || name == "GMT" {
		return time.UTC
	}
	m := offsetForm.FindStringSubmatch(name)
	if m == nil {
		return nil
	}
	hours, _ := strconv.Atoi(m[2])
	minutes, _ := strconv.Atoi(m[3])
	if hours > 14 || minutes > 59 {
		return nil
	}
	seconds := hours*3600 + minutes*60
	if m[1] == "-" {
		seconds = -seconds
	}
	return time.FixedZone("", seconds)
}

// bracket takes "UTC+01:00" out of "(UTC+01:00) Somewhere".
func bracket(name string) string {
	inside, _, ok := strings.Cut(strings.TrimPrefix(name, "("), ")")
	if !ok {
		return ""
	}
	return inside
}
