package foreign

import (
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// freeBusy takes the busy periods of a VFREEBUSY (RFC 5545 §3.8.2.6). A type
// that is not known counts as busy.
func (r reader) freeBusy(c *goical.Component) {
	e := &event{uid: r.uid(c), summary: summary(c)}
	if lost(c, "FREEBUSY") {
		r.x.result.Doubt++
		r.x.unknown(r.x.in)
	}
	for _, p := range c.Props["FREEBUSY"] {
		if strings.EqualFold(p.Params.Get("FBTYPE"), "FREE") {
			continue
		}
		for value := range strings.SplitSeq(p.Value, ",") {
			if !r.x.budget.spend(costStep) {
				return
			}
			r.period(p, value, e)
		}
	}
}

func (r reader) period(p goical.Prop, value string, e *event) {
	from, to, _ := strings.Cut(value, "/")
	start, ok := r.moment(p, from)
	l, ok2 := parseLength(to)
	if end, isTime := r.moment(p, to); ok && isTime {
		l, ok2 = length{exact: end.instant().Sub(start.instant())}, true
	}
	switch {
	case strings.TrimSpace(value) == "":
	case !ok:
		r.x.result.Doubt++
		r.x.allUnknown(NoteUntimed, e.uid, value)
	case !ok2:
		r.x.result.Doubt++
		r.x.notes.add(NoteLength, e.uid, value)
		r.x.unknown(kwadrans.Span{Start: start.instant(), End: start.instant().Add(24 * time.Hour)})
	default:
		r.x.occurrence(e, start.wall, start.loc, l)
	}
}
