package foreign

import (
	"bytes"
	"fmt"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// calendar is one VCALENDAR as it was read.
type calendar struct {
	page    int // where it stood: zones are looked up among its neighbours first
	name    string
	refresh time.Duration
	zone    string // X-WR-TIMEZONE: of floating times
	method  string // capitals
	parts   []*goical.Component
}

// decode reads a page. ok is false when there may be more in it than was read.
func decode(page []byte, at int, n notes) (list []calendar, ok bool) {
	sifted, ok := sift(page, n)
	for _, text := range sifted {
		c, err := safely(text)
		if err != nil {
			n.add(NotePage, "", err.Error())
			ok = false
			continue
		}
		list = append(list, newCalendar(c, at))
	}
	return list, ok
}

// safely keeps a panic of the library from leaving this room.
func safely(text []byte) (c *goical.Calendar, err error) {
	defer func() {
		if r := recover(); r != nil {
			c, err = nil, fmt.Errorf("%v", r)
		}
	}()
	return goical.NewDecoder(bytes.NewReader(text)).Decode()
}

func newCalendar(c *goical.Calendar, at int) calendar {
	name := first(c.Component, "X-WR-CALNAME")
	if name == "" {
		name = first(c.Component, "NAME")
	}
	every, ok := parseLength(first(c.Component, "REFRESH-INTERVAL"))
	if !ok {
		every, _ = parseLength(first(c.Component, "X-PUBLISHED-TTL"))
	}
	return calendar{
		page: at, name: clip(kwadrans.CleanLine(plain(clip(name, 1000))), 200), refresh: max(0, every.flat()),
		zone: first(c.Component, "X-WR-TIMEZONE"), method: strings.ToUpper(first(c.Component, "METHOD")), parts: c.Children,
	}
}

// first returns the value of the first property of that name.
func first(c *goical.Component, name string) string {
	if list := c.Props[name]; len(list) > 0 {
		return list[0].Value
	}
	return ""
}

// lost says whether a property of one of the names could not be read.
func lost(c *goical.Component, names ...string) bool {
	for _, p := range c.Props[lostMark] {
		for _, name := range names {
			if p.Value == name {
				return true
			}
		}
	}
	return false
}

// plain takes the escapes out of a text (RFC 5545 §3.3.11) and leaves unknown ones alone.
func plain(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	return strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\N`, "\n", `\,`, ",", `\;`, ";").Replace(s)
}
