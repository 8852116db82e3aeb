package mail

import (
	"cmp"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Composer writes letters. It keeps nothing: the same letter always becomes the
// same bytes.
type Composer struct {
	// Page writes the calendar object of a letter (RFC 5545), ical.Page.
	Page func(kwadrans.Letter) ([]byte, error)
	// AnyHost lets join links of a Zoom meeting lead to any https host: only for
	// the sandbox or a Zoom address that the user set.
	AnyHost bool
	// Version is shown in the test letter; empty leaves the row out.
	Version string
}

// Compose returns the finished letter: for an attendee with the invitation as an
// alternative that mail programs answer to (RFC 6047 §2.4) and the same bytes
// attached, for the host with a calendar file that invites nobody.
// Errors: CodeWaiting while a Zoom booking has no join link, CodeInvalid when the
// link or an address cannot be used, and those of Page.
func (c *Composer) Compose(l kwadrans.Letter) (kwadrans.Envelope, error) {
	a, err := c.author(l, false)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	from, to, host, err := addresses(l)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	if !isMessageID(l.MessageID) || l.InReplyTo != "" && !isMessageID(l.InReplyTo) {
		return kwadrans.Envelope{}, kwadrans.Errorf(kwadrans.CodeInternal, "mail: the letter has no usable message id")
	}
	s, err := a.sheet()
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	body, err := c.body(s, l)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	h := headers{{"From", person(l.Booking.Host.Name, from)}}
	if !kwadrans.SameEmail(host, from) {
		h.add("Reply-To", person(l.Booking.Host.Name, host))
	}
	h.add("To", person(l.To.Name, to))
	h.add("Subject", words(s.Subject))
	h.letter(l.Stamp, l.MessageID, l.InReplyTo)
	if l.ToHost {
		h.add(autoSubmitted())
	}
	b, err := write(h, body, l.MessageID)
	return kwadrans.Envelope{From: from, To: to, MessageID: l.MessageID, Bytes: b}, err
}

// body sets the letter with its calendar part; a question has none, nor has the letter
// to a host whose calendar gets the booking by itself.
func (c *Composer) body(s sheet, l kwadrans.Letter) (part, error) {
	if l.Kind == kwadrans.LetterConfirm || l.ToHost && l.Shelf != "" {
		return alternatives(s)
	}
	ics, err := c.page(l, method(l))
	if err != nil {
		return part{}, err
	}
	return letterBody(s, method(l), ics, l.ToHost)
}

// Draft returns the letter as a file that a mail program opens for sending by
// hand: marked X-Unsent, without From, Date and Message-ID, which the program
// sets, and with one calendar file that invites nobody, since mail programs lose
// the method of an alternative when they send a draft. Errors: as Compose.
func (c *Composer) Draft(l kwadrans.Letter) (kwadrans.Envelope, error) {
	a, err := c.author(l, true)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	to, err := address(l.To.Email)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	ics, err := c.page(l, method(l))
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	s, err := a.sheet()
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	body, err := fileBody(s, published(ics), fileName(l))
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	h := headers{{"X-Unsent", "1"}, {"To", person(l.To.Name, to)}, {"Subject", words(s.Subject)}}
	b, err := write(h, body, cmp.Or(l.MessageID, l.Booking.ID+to))
	return kwadrans.Envelope{To: to, Bytes: b}, err
}

// Methods of a calendar object (RFC 5546 §1.4).
const (
	request = "REQUEST"
	cancel  = "CANCEL"
	publish = "PUBLISH"
)

// method is what the calendar part asks of the reader's calendar. The host
// publishes to himself: Outlook removes a request whose organizer is the reader.
func method(l kwadrans.Letter) string {
	switch {
	case l.ToHost:
		return publish
	case l.Kind == kwadrans.LetterCancelled:
		return cancel
	}
	return request
}

// page asks for the calendar object and holds it to the method that the part's
// header will name: where the two differ, programs disagree on which one counts.
func (c *Composer) page(l kwadrans.Letter, method string) ([]byte, error) {
	ics, err := c.Page(l)
	if err != nil {
		return nil, err
	}
	if !strings.Contains(string(ics), "\r\nMETHOD:"+method+"\r\n") {
		return nil, kwadrans.Errorf(kwadrans.CodeInternal, "mail: the calendar page is not for %s", method)
	}
	return ics, nil
}

// fileName is what the attached calendar file is called; the letter's text says so too.
func fileName(l kwadrans.Letter) string {
	if l.ToHost {
		return "booking.ics"
	}
	return "invite.ics"
}

// published turns an invitation into a page that invites nobody and asks for no
// answer (RFC 5546 §3.2.1), for a letter whose sender is not known yet.
func published(ics []byte) []byte {
	var b strings.Builder
	drop := false
	for line := range strings.Lines(string(ics)) {
		if !strings.HasPrefix(line, " ") { // else the line goes on (RFC 5545 §3.1)
			name := line[:max(0, strings.IndexAny(line, ":;"))]
			drop = name == "ATTENDEE" || name == "ORGANIZER"
			if name == "METHOD" {
				line = "METHOD:" + publish + "\r\n"
			}
		}
		if !drop {
			b.WriteString(line)
		}
	}
	return []byte(b.String())
}

// autoSubmitted marks what the program writes to its own user, so that no
// vacation notice answers it (RFC 3834 §5). Letters to attendees go without: a
// person books, moves and cancels, "auto-generated" must not be used on what a
// person caused by hand (§5.1), and an out-of-office answer is news to the host.
func autoSubmitted() (name, value string) { return "Auto-Submitted", "auto-generated" }

// letter adds what only a letter that is sent carries (RFC 5322 §3.6).
func (h *headers) letter(stamp time.Time, id, answerTo string) {
	h.add("Date", stamp.UTC().Format(time.RFC1123Z))
	h.add("Message-ID", "<"+id+">")
	if answerTo != "" && answerTo != id {
		h.add("In-Reply-To", "<"+answerTo+">")
		h.add("References", "<"+answerTo+">")
	}
}
