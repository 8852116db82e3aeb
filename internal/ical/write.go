package ical

import (
	"bytes"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// prop is a property as it is meant: its value and its parameters without any
// escapes, already clean.
type prop struct {
	name   string
	params []param
	value  string
}

// param is a parameter of a property.
type param struct {
	name   string
	values []string
}

// textual names the properties whose value is TEXT (RFC 5545 §3.3.11): only
// these have escapes.
var textual = map[string]bool{
	goical.PropProductID: true, goical.PropVersion: true, goical.PropCalendarScale: true, goical.PropMethod: true,
	goical.PropUID: true, goical.PropSummary: true, goical.PropDescription: true, goical.PropLocation: true,
	goical.PropStatus: true, goical.PropClass: true, goical.PropTransparency: true,
}

// write makes the page and reads it again; what is not read as it was meant is
// not returned.
func write(method string, events []event) ([]byte, error) {
	sheets := make([][]prop, len(events))
	for i, e := range events {
		sheets[i] = e.props()
	}
	raw, err := encode(header(method), sheets)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "ical: the page cannot be written").Because(err)
	}
	page := fold(raw)
	if err := check(page, meant(header(method), sheets)); err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "ical: the page would not be read as it was meant").Because(err)
	}
	return page, nil
}

// encode writes unfolded lines.
func encode(head []prop, sheets [][]prop) ([]byte, error) {
	if len(sheets) == 0 {
		return encodeEmpty(head), nil
	}
	cal := goical.NewCalendar()
	fill(cal.Component, head)
	for _, props := range sheets {
		ev := goical.NewComponent(goical.CompEvent)
		fill(ev, props)
		cal.Children = append(cal.Children, ev)
	}
	var b bytes.Buffer
	err := goical.NewEncoder(&b).Encode(cal)
	return b.Bytes(), err
}

// encodeEmpty writes a calendar without entries, which go-ical refuses. The head
// is ours alone, with nothing to escape.
func encodeEmpty(head []prop) []byte {
	var b bytes.Buffer
	b.WriteString("BEGIN:VCALENDAR\r\n")
	for _, p := range head {
		b.WriteString(p.name + ":" + p.value + "\r\n")
	}
	b.WriteString("END:VCALENDAR\r\n")
	return b.Bytes()
}

func fill(c *goical.Component, props []prop) {
	for _, p := range props {
		out := goical.NewProp(p.name)
		if textual[p.name] {
			out.SetText(p.value)
		} else {
			out.Value = p.value
		}
		for _, q := range p.params {
			out.Params[q.name] = q.values
		}
		c.Props.Add(out)
	}
}
