package desk

// Said is an answer of an attendee, read from a file. Verdict: applies, proposes, asks, old,
// stranger, unknown, off, none.
type Said struct {
	Verdict  string   `json:"verdict"`
	Email    string   `json:"email"`
	Name     string   `json:"name"`   // as invited; empty for who was not
	Answer   string   `json:"answer"` // accepted, declined, tentative, none
	Comment  string   `json:"comment"`
	Sender   string   `json:"sender"`   // of the letter, where it is another than who answers
	Proposed string   `json:"proposed"` // start, in the booking's zone; empty for none
	Booking  *Booking `json:"booking"`
}
