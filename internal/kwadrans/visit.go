package kwadrans

import (
	"strings"
	"time"
)

// Confirm says when a visitor of the booking page has to confirm the mail address
// before the booking is made.
type Confirm string

// The choices of a topic. Empty is ConfirmAlways.
const (
	ConfirmAlways Confirm = "always"
	ConfirmFirst  Confirm = "first" // only an address that never attended before
	ConfirmNever  Confirm = "never"
)

// HoldTime is how long a seat is kept for a visitor who has to confirm.
const HoldTime = 30 * time.Minute

// HeldUntil is when a held seat is free again.
func (b Booking) HeldUntil() time.Time { return b.Created.Add(HoldTime) }

// Question is what a visitor is asked beside name and address.
type Question struct {
	Label    string `json:"label"`
	Required bool   `json:"required,omitempty"`
	Long     bool   `json:"long,omitempty"` // the answer may have several lines
}

// MaxQuestions is how many a topic may ask.
const MaxQuestions = 10

// validatePage says what is wrong with what the page asks of a visitor.
func (t Topic) validatePage() error {
	switch t.Confirm {
	case "", ConfirmAlways, ConfirmFirst, ConfirmNever:
	default:
		return Errorf(CodeInvalid, "topic: %q does not say when an address is confirmed", string(t.Confirm)).WithHint("use always, first or never")
	}
	if len(t.Questions) > MaxQuestions {
		return Errorf(CodeInvalid, "topic: at most %d questions", MaxQuestions)
	}
	for _, q := range t.Questions {
		if strings.TrimSpace(q.Label) == "" || len([]rune(q.Label)) > 200 || hasControl(q.Label) {
			return Errorf(CodeInvalid, "topic: a question must be one line of 1 to 200 characters")
		}
	}
	return nil
}
