// Package calendar knows how calendars of others are fetched: a file on this
// computer, or the address of one. What is cut off, too large or no calendar at
// all is refused as a whole, since a smaller calendar would make a host look
// free. Addresses are secrets, and stand in no error.
package calendar

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"time"

	"kwadrans/internal/kwadrans"
)

// most is how large a calendar may be, unpacked.
const most = 10 << 20

const (
	hintSize  = "share a smaller calendar, or a shorter stretch of it"
	hintCopy  = "copy the calendar's address once more from the settings of your calendar"
	hintLater = "nothing is to be done: it is tried again later"
)

// all reads to the end and refuses what is larger than most.
func all(r io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, most+1))
	if len(body) > most {
		return nil, kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: it is larger than 10 MB").WithHint(hintSize)
	}
	return body, err
}

// one makes the change of a source that is a single page, or says that the page
// is the one we have: its hash is kept as the tag of the object.
func one(body []byte, mark kwadrans.SourceMark, have map[string]string) (kwadrans.CalendarChange, error) {
	if err := whole(body); err != nil {
		return kwadrans.CalendarChange{}, err
	}
	sum := sha256.Sum256(body)
	tag := "sha256-" + hex.EncodeToString(sum[:])
	if have[""] == tag {
		return kwadrans.CalendarChange{Same: true, Mark: mark}, nil
	}
	object := kwadrans.CalendarObject{ETag: tag, Body: body}
	return kwadrans.CalendarChange{Whole: true, Changed: []kwadrans.CalendarObject{object}, Mark: mark}, nil
}

// whole says what is wrong with a page that should be one or more calendars from
// the first line to the last END (RFC 5545 §3.4). Whether its events make sense
// is not asked here; a calendar without any is good.
func whole(body []byte) error {
	depth, seen := 0, 0
	for line := range lines(body) {
		switch {
		case bytes.EqualFold(line, []byte("BEGIN:VCALENDAR")):
			depth, seen = depth+1, seen+1
		case bytes.EqualFold(line, []byte("END:VCALENDAR")):
			depth--
		case seen == 0 && len(line) > 0:
			return foreign(body)
		}
		if depth < 0 || depth > 1 {
			return cut()
		}
	}
	if seen == 0 {
		return foreign(body)
	}
	if depth != 0 {
		return cut()
	}
	return nil
}

// lines yields the lines of a page without what ends them, whichever way that is
// written. A folded line goes on with a space, so it is never a BEGIN or an END.
func lines(body []byte) func(func([]byte) bool) {
	return func(yield func([]byte) bool) {
		body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
		for len(body) > 0 {
			line, rest := body, []byte(nil)
			if i := bytes.IndexAny(body, "\r\n"); i >= 0 {
				line, rest = body[:i], body[i+1:]
			}
			if !yield(bytes.TrimRight(line, " \t\x00")) {
				return
			}
			body = rest
		}
	}
}

func cut() error {
	return kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: only a part of it came").WithHint(hintLater)
}

// foreign is the answer to a page that is no calendar. Most often it is the page
// on which one should sign in.
func foreign(body []byte) error {
	start := bytes.ToLower(bytes.TrimSpace(bytes.TrimPrefix(body[:min(len(body), 1024)], []byte("\xef\xbb\xbf"))))
	for _, tag := range []string{"<!doctype html", "<html", "<head", "<body", "<script", "<!--"} {
		if bytes.HasPrefix(start, []byte(tag)) {
			return kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: a web page came instead of a calendar, perhaps one to sign in").
				WithHint("use the private address in iCal format that your calendar shows in its settings, not the address of its page")
		}
	}
	return kwadrans.Errorf(kwadrans.CodeCalendarUnreadable, "calendar: what is there is not a calendar").
		WithHint("choose a calendar in iCal format; it begins with BEGIN:VCALENDAR")
}

func clock(now func() time.Time) time.Time {
	if now == nil {
		return time.Now()
	}
	return now()
}
