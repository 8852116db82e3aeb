package foreign

import (
	"bytes"
	"slices"
)

// lostMark names, in what the sieve hands on, a property of the component that
// could not be read.
const lostMark = "X-LOST-IN-READING"

// sieve goes through a page once and hands on what the library can read without
// harm: whole components, only those that matter, in the plainest form.
type sieve struct {
	notes notes
	out   bytes.Buffer
	pages [][]byte // one for each VCALENDAR
	stack []frame
	deep  int // components open beyond the depth that is followed
	count int
	lost  int  // lines that cannot be read
	bare  bool // the calendar was not begun, only its contents
	whole bool
}

// frame is a component that is open.
type frame struct {
	name  string
	muted bool
}

// inside says which components matter, and where.
var inside = map[string]string{
	"VEVENT": "VCALENDAR", "VTIMEZONE": "VCALENDAR", "VFREEBUSY": "VCALENDAR", "STANDARD": "VTIMEZONE", "DAYLIGHT": "VTIMEZONE",
}

// tops stand in a calendar only: when one begins elsewhere, an end is missing.
var tops = []string{"VEVENT", "VTIMEZONE", "VFREEBUSY", "VTODO", "VJOURNAL", "VAVAILABILITY"}

// sift returns the calendars of a page and whether it was whole.
func sift(page []byte, n notes) (pages [][]byte, whole bool) {
	s := &sieve{notes: n, whole: true}
	if len(page) > maxPage {
		n.add(NoteBound, "", "")
		page, s.whole = page[:maxPage], false
	}
	for l := newLines(page); s.count <= maxComponents; {
		line, long, ok := l.next()
		if !ok {
			break
		}
		s.line(line, long)
	}
	s.end()
	return s.pages, s.whole
}

func (s *sieve) line(line []byte, long bool) {
	name, rest, ok := cutName(line)
	switch {
	case !ok:
		s.bad(line)
	case name == "BEGIN" || name == "END":
		s.border(name, rest)
	case len(s.stack) > 0 && s.deep == 0 && !s.stack[len(s.stack)-1].muted:
		s.prop(name, rest, long)
	}
}

// border opens or closes a component. Its name may carry blanks and parameters.
func (s *sieve) border(name string, rest []byte) {
	p, ok := parseRest(name, rest)
	component, tail, named := cutName([]byte(p.value))
	switch {
	case !ok || !named || len(tail) > 0:
		s.bad(append([]byte(name), rest...))
	case name == "BEGIN":
		s.begin(component)
	default:
		s.close(component)
	}
}

func (s *sieve) begin(name string) {
	if s.count++; s.count > maxComponents {
		s.notes.add(NoteBound, "", name)
		s.whole = false
		return
	}
	top := slices.Contains(tops, name)
	switch {
	case name == "VCALENDAR" && len(s.stack) > 0:
		s.notes.add(NoteNesting, "", name)
		s.whole = s.whole && len(s.stack) == 1
		s.popTo(0)
	case top && len(s.stack) > 1:
		s.notes.add(NoteNesting, "", name)
		s.popTo(1)
	case len(s.stack) == 0 && inside[name] == "VCALENDAR":
		s.notes.add(NoteNesting, "", name)
		s.bare = true
		s.push("VCALENDAR")
	case len(s.stack) >= maxDepth:
		s.notes.add(NoteBound, "", name)
		s.deep++
		return
	}
	s.push(name)
}

func (s *sieve) push(name string) {
	parent := frame{}
	if len(s.stack) > 0 {
		parent = s.stack[len(s.stack)-1]
	}
	f := frame{name: name, muted: parent.muted || inside[name] != parent.name || name != "VCALENDAR" && parent.name == ""}
	s.stack = append(s.stack, f)
	if !f.muted {
		prop{name: "BEGIN", value: name}.write(&s.out)
	}
}

// close ends the component of that name and whatever was left open in it.
func (s *sieve) close(name string) {
	if s.deep > 0 && name != "VCALENDAR" && !slices.Contains(tops, name) {
		s.deep--
		return
	}
	for i := len(s.stack) - 1; i >= 0; i-- {
		if s.stack[i].name == name {
			if i < len(s.stack)-1 {
				s.notes.add(NoteNesting, "", name)
			}
			s.popTo(i)
			return
		}
	}
	s.notes.add(NoteNesting, "", name)
}

func (s *sieve) popTo(n int) {
	s.deep = 0
	for len(s.stack) > n {
		last := s.stack[len(s.stack)-1]
		s.stack = s.stack[:len(s.stack)-1]
		if !last.muted {
			prop{name: "END", value: last.name}.write(&s.out)
		}
	}
	if n == 0 && s.out.Len() > 0 {
		s.pages = append(s.pages, bytes.Clone(s.out.Bytes()))
		s.out.Reset()
	}
}

// end closes what the page left open.
func (s *sieve) end() {
	if more := s.lost - maxNotes; more > 0 {
		s.notes[Note{Kind: NoteLine}] += more
	}
	if open := len(s.stack); open > 1 || open == 1 && !s.bare {
		s.notes.add(NoteCut, "", "")
		s.whole = false
	}
	s.popTo(0)
	if len(s.pages) == 0 {
		s.notes.add(NotePage, "", "")
		s.whole = false
	}
}

// prop hands a property on when it matters.
func (s *sieve) prop(name string, rest []byte, long bool) {
	matters, ok := wanted[name]
	if !ok {
		return
	}
	p, ok := parseRest(name, rest)
	switch {
	case ok && !long:
		p.write(&s.out)
		return
	case long:
		s.notes.add(NoteBound, "", name)
	default:
		s.bad(append([]byte(name), rest...))
	}
	if matters {
		prop{name: lostMark, value: name}.write(&s.out)
	}
}

// bad notes a line that cannot be read, the first ones by their text.
func (s *sieve) bad(line []byte) {
	if s.lost++; s.lost > maxNotes {
		return
	}
	s.notes.add(NoteLine, "", string(line[:min(len(line), 200)]))
}
