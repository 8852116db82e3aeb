package foreign

import (
	"cmp"
	"slices"

	"kwadrans/internal/kwadrans"
)

// NoteKind says what a note is about.
type NoteKind string

// The closed set of kinds.
const (
	NotePage     NoteKind = "page"     // a page is no calendar; the stretch is unknown
	NoteCut      NoteKind = "cut"      // a page ends in the middle; the stretch is unknown
	NoteBound    NoteKind = "bound"    // a bound was passed; what lies behind it was not read
	NoteLine     NoteKind = "line"     // a line cannot be read and was left out
	NoteNesting  NoteKind = "nesting"  // components do not begin and end as they should
	NoteUntimed  NoteKind = "untimed"  // an event does not say when it is; where it tried to, the stretch is unknown
	NoteBackward NoteKind = "backward" // an event ends before it starts and was left out
	NoteLength   NoteKind = "length"   // it cannot be told how long an event is; it counts as a day
	NoteZone     NoteKind = "zone"     // nobody knows the named zone; the host's own was taken
	NoteRule     NoteKind = "rule"     // a recurrence cannot be followed; from there on the stretch is unknown
	NoteLoose    NoteKind = "loose"    // a recurrence was read more widely than it is written
	NoteBudget   NoteKind = "budget"   // there is more than can be afforded; the rest is unknown
	NoteMore     NoteKind = "more"     // there are more notes than are kept
)

// Note tells something about a page. It holds words of the calendar and is for
// the host alone.
type Note struct {
	Kind  NoteKind
	UID   string // of the event; empty when it is about the page
	Text  string // the name, value or line in question, cleaned and cut; may be empty
	Times int
}

// maxNotes is how many different notes are kept.
const maxNotes = 100

// notes counts equal notes.
type notes map[Note]int

func (n notes) add(kind NoteKind, uid, text string) {
	note := Note{Kind: kind, UID: clip(uid, 120), Text: clip(kwadrans.CleanLine(clip(text, 200)), 80)}
	if _, ok := n[note]; !ok && len(n) >= maxNotes {
		note = Note{Kind: NoteMore}
	}
	n[note]++
}

// list returns the notes in a fixed order.
func (n notes) list() []Note {
	list := make([]Note, 0, len(n))
	for note, times := range n {
		note.Times = times
		list = append(list, note)
	}
	slices.SortFunc(list, func(a, b Note) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.UID, b.UID), cmp.Compare(a.Text, b.Text))
	})
	return list
}

// clip cuts s to n bytes at the border of a character.
func clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && s[n]&0xC0 == 0x80 {
		n--
	}
	return s[:n]
}
