package kwadrans

import (
	"errors"
	"time"
)

// Outcome says what is known of an outside call that did not succeed.
type Outcome int

const (
	// NotExecuted: the outside certainly did nothing; repeating is safe.
	NotExecuted Outcome = iota
	// MaybeExecuted: the outside may have acted; look before repeating.
	MaybeExecuted
)

// Fault is how an edge reports a failed outside call to the outbox: what is
// known, whether trying again can help, and from when.
type Fault struct {
	Outcome   Outcome
	Permanent bool      // trying again without a change by a person cannot help
	Until     time.Time // not before this instant; zero leaves it to the back-off
	PauseLane bool      // every step of the same lane has to wait until Until as well
	Code      Code
	Words     string // the outside's own words, or ours in English; short, free of secrets
	Err       error  // cause for the log
}

// Error returns the code, the outside's words and the cause.
func (f *Fault) Error() string {
	s := string(f.Code)
	if f.Words != "" {
		s += ": " + f.Words
	}
	if f.Err != nil {
		s += ": " + f.Err.Error()
	}
	return s
}

// Unwrap returns the cause.
func (f *Fault) Unwrap() error { return f.Err }

// WordsOf returns what may be kept and shown of a failure: the words of the first
// Fault or Error in its chain, or its code where nobody put it into words.
func WordsOf(err error) string {
	var f *Fault
	if errors.As(err, &f) && f.Words != "" {
		return f.Words
	}
	if e, ok := AsError(err); ok {
		return e.Message
	}
	return string(CodeOf(err))
}

// Forever is the Until of a pause that only a person's act ends.
var Forever = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
