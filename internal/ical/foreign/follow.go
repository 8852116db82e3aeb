package foreign

import (
	"time"

	"kwadrans/internal/kwadrans"
)

// follow walks one rule of a master through the part of the stretch that it can reach.
func (x *expander) follow(m *event, s *set, text string, add func(time.Time) bool) {
	r, err := parseRule(text, m.start)
	if r.loose {
		x.notes.add(NoteLoose, m.uid, text)
		m.doubt = true
	}
	if err != nil {
		m.doubt = true
		x.beyondRule(m, r, NoteRule, text, m.start.instant())
		return
	}
	in := x.reach(m, s)
	last := later(in.from, m.start.wall)
	limit := last.AddDate(0, 0, maxHours)
	end := r.walk(m.start.wall, in, x.budget, func(wall time.Time) bool {
		last = wall
		return (!r.hourly() || wall.Before(limit)) && add(wall)
	})
	if end != walked {
		x.beyondRule(m, r, NoteBudget, text, instant(last, m.start.loc))
	}
}

// reach is the stretch by the clock of a series, wide enough for occurrences
// that began before it and for those that a change moves.
func (x *expander) reach(m *event, s *set) stretch {
	far, moves := s.farthest(m.length.flat())
	return stretch{
		wallOf(x.in.Start, m.start.loc).Add(-far - moves - 26*time.Hour),
		wallOf(x.in.End, m.start.loc).Add(moves + 26*time.Hour),
	}
}

// beyondRule makes the rest of a rule unknown, up to the end that it names.
func (x *expander) beyondRule(m *event, r rule, kind NoteKind, text string, from time.Time) {
	span := kwadrans.Span{Start: from, End: x.in.End}
	if r.until.set {
		span.End = instant(r.until.wall, m.start.loc).Add(24*time.Hour + m.length.flat())
	}
	x.notes.add(kind, m.uid, text)
	x.unknown(span)
}

func (x *expander) beyond(m *event, kind NoteKind, text string, from time.Time) {
	x.beyondRule(m, rule{}, kind, text, from)
}

// hourly says whether a rule is followed for some days only.
func (r rule) hourly() bool { return r.opt.Freq == frequencies["HOURLY"] }
