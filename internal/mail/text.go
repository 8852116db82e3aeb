package mail

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// measure is the longest line of a text, in characters; only a word that is
// longer by itself, such as a link, goes beyond it.
const measure = 72

// text sets the letter as plain text, which says everything that the HTML says.
func (s sheet) text() string {
	var t typist
	t.wrap(s.Lead, "", "")
	t.wrap(s.Meta.String(), "", "")
	t.when(s.When)
	t.para(s.Opening)
	t.join(s.Join)
	t.para(s.Intro)
	t.rows(s.Rows)
	t.points(s.Heading, s.Points, s.Numbered)
	t.join(s.Manage)
	t.para(s.Closing)
	t.gap()
	t.line("-- ") // RFC 3676 §4.3: what follows is no part of the text
	t.wrap(s.Brand, "", "")
	for _, foot := range s.Foot {
		t.wrap(foot, "", "")
	}
	return t.String()
}

// typist writes lines.
type typist struct{ strings.Builder }

func (t *typist) line(s string) { t.WriteString(s + "\n") }

func (t *typist) gap() { t.line("") }

func (t *typist) para(s string) {
	if s != "" {
		t.gap()
		t.wrap(s, "", "")
	}
}

func (t *typist) join(j *join) {
	if j != nil {
		t.gap()
		t.line(j.Label + ":")
		t.line(j.URL)
	}
}

func (t *typist) when(w *when) {
	if w == nil {
		return
	}
	if w.Was != nil {
		t.gap()
		t.line(w.WasLabel + ":")
		t.moment(*w.Was)
	}
	t.gap()
	if w.Label != "" {
		t.line(w.Label + ":")
	}
	t.moment(w.moment)
	for _, o := range w.Others {
		t.wrap(o.Zone+": "+o.Range+o.Note, "  ", "    ")
	}
}

func (t *typist) moment(m moment) {
	t.line("  " + m.Date + ", " + m.Range)
	t.line("  " + m.Zone)
}

// rows sets labels and values in two columns; a value that would not fit beside
// its label goes below it.
func (t *typist) rows(rows []row) {
	if len(rows) == 0 {
		return
	}
	t.gap()
	column := 0
	for _, r := range rows {
		column = max(column, length(r.Label)+2)
	}
	for _, r := range rows {
		if r.widest()+column > measure {
			t.below(r)
			continue
		}
		margin := pad(r.Label+":", column)
		for _, l := range r.Lines {
			t.line(strings.TrimRight(margin+l.String(), " "))
			margin = pad("", column)
		}
	}
}

func (t *typist) below(r row) {
	t.line(r.Label + ":")
	for _, l := range r.Lines {
		t.wrap(l.String(), "  ", "    ")
	}
}

func (t *typist) points(heading string, points []point, numbered bool) {
	if len(points) == 0 {
		return
	}
	t.gap()
	t.line(strings.ToUpper(heading))
	t.gap()
	for i, p := range points {
		bullet := "- "
		if numbered {
			bullet = fmt.Sprintf("%d. ", i+1)
		}
		t.wrap(p.String(), bullet, pad("", len(bullet)))
	}
}

// wrap fills lines up to the measure. It breaks at blanks only, so that a link
// or an address stays whole, and never at a no-break space.
func (t *typist) wrap(s, first, rest string) {
	line, empty := first, true
	for word := range strings.SplitSeq(s, " ") {
		switch {
		case empty:
			line += word
		case length(line)+1+length(word) <= measure:
			line += " " + word
		default:
			t.line(line)
			line = rest + word
		}
		empty = false
	}
	t.line(strings.TrimRight(line, " "))
}

func (r row) widest() (n int) {
	for _, l := range r.Lines {
		n = max(n, length(l.String()))
	}
	return n
}

func length(s string) int { return utf8.RuneCountInString(s) }

func pad(s string, n int) string { return s + strings.Repeat(" ", max(0, n-length(s))) }
