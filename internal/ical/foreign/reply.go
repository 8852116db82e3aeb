package foreign

import (
	"context"
	"strconv"
	"strings"
	"time"

	goical "github.com/emersion/go-ical"

	"kwadrans/internal/kwadrans"
)

// maxComment is how much of an attendee's comment is kept, in bytes.
const maxComment = 2000

// Replies returns what the events of a page say as answers of attendees, one for each
// attendee that it names. Floating times are read in zone; nil is UTC. It is as hard to
// harm as Expand. CodeInvalid when nothing in it can be read as one.
func Replies(ctx context.Context, page []byte, zone *time.Location) ([]kwadrans.Reply, error) {
	if zone == nil {
		zone = time.UTC
	}
	x := &expander{rules: Rules{Zone: zone}, self: map[string]bool{}, budget: newBudget(ctx), notes: notes{}}
	list, _ := decode(page, 0, x.notes)
	x.zones = newZones(zone, list, lastYear, x.budget)
	var out []kwadrans.Reply
	for _, c := range list {
		for _, part := range c.parts {
			if part.Name == goical.CompEvent && len(out) < maxReplies {
				out = append(out, reader{x, c}.replies(part)...)
			}
		}
	}
	if len(out) == 0 {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: there is no answer to an invitation in this").
			WithHint("give the letter (.eml) or the calendar file (.ics) that the attendee sent")
	}
	return out, nil
}

// maxReplies is how many answers one page may hold.
const maxReplies = 100

func (r reader) replies(c *goical.Component) (list []kwadrans.Reply) {
	said := kwadrans.Reply{
		Method: kwadrans.ReplyMethod(r.cal.method), UID: clip(strings.TrimSpace(first(c, "UID")), maxUID), Sequence: sequenceOf(c), Comment: comment(c),
	}
	if stamp, ok, _ := r.one(c, "DTSTAMP"); ok {
		said.Stamp = stamp.instant()
	}
	if start, ok, _ := r.one(c, "DTSTART"); ok && !start.doubt {
		said.Start = start.instant()
	}
	if end, ok, _ := r.one(c, "DTEND"); ok && !end.doubt {
		said.End = end.instant()
	}
	for _, p := range c.Props["ATTENDEE"] {
		if len(list) < maxReplies {
			one := said
			one.Email, one.Answer = address(p.Value), kwadrans.AnswerOf(p.Params.Get("PARTSTAT"))
			list = append(list, one)
		}
	}
	return list
}

func sequenceOf(c *goical.Component) int {
	if n, err := strconv.Atoi(strings.TrimSpace(first(c, "SEQUENCE"))); err == nil && n >= 0 {
		return n
	}
	return -1
}

// comment is what the attendee wrote; Google and Outlook put it into the parameter of
// their own property or into COMMENT (RFC 5546 §3.2.3).
func comment(c *goical.Component) string {
	return kwadrans.CleanText(plain(clip(first(c, "COMMENT"), maxComment)))
}
