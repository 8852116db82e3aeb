// Package storetest asks of any database what the acts ask of it. A new
// database is good when Run passes; what it does not ask, no act may rely on.
package storetest

import (
	"context"
	"reflect"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// Run asks everything of the stores that open makes: each a new and empty one,
// closed by the test's cleanup, its secrets sealed by a Sealer.
func Run(t *testing.T, open func(t *testing.T) Store) {
	for _, p := range parts {
		t.Run(p.name, func(t *testing.T) {
			for _, q := range p.questions {
				t.Run(q.name, func(t *testing.T) {
					t.Parallel()
					q.ask(&asker{T: t, s: open(t), ctx: t.Context(), now: start})
				})
			}
		})
	}
}

// part is one subject of the suite.
type part struct {
	name      string
	questions []question
}

// question is asked of a fresh store. One that is named after a bug says so.
type question struct {
	name string
	ask  func(a *asker)
}

var parts = []part{
	{"setup", setupQuestions},
	{"reserve", reserveQuestions},
	{"bookings", bookingQuestions},
	{"answers", answerQuestions},
	{"holds", holdQuestions},
	{"claims", claimQuestions},
	{"failures", failureQuestions},
	{"changes", changeQuestions},
	{"undo", append(undoQuestions, undoRaceQuestions...)},
	{"lists", listQuestions},
	{"attention", attentionQuestions},
	{"lanes", laneQuestions},
	{"letters", letterQuestions},
	{"connections", connectionQuestions},
	{"calendars", calendarQuestions},
	{"publishing", publishQuestions},
	{"sources", sourceQuestions},
	{"rules", ruleQuestions},
	{"rest", restQuestions},
}

// start is the present of every question.
var start = time.Date(2026, 12, 1, 9, 0, 0, 0, time.UTC)

const (
	lease = time.Minute
	// Settle is how long an attempt of unknown outcome rests whatever a person wants.
	Settle = 30 * time.Second
)

// asker asks one question of a store at a time of its own.
type asker struct {
	*testing.T
	s   Store
	ctx context.Context
	now time.Time

	serial int // of the newest fresh booking
}

// fresh numbers another booking.
func (a *asker) fresh() int { a.serial++; return a.serial }

// ok ends the question when something failed that must not.
func (a *asker) ok(err error) {
	a.Helper()
	if err != nil {
		a.Fatal(err)
	}
}

// code expects a failure with a code.
func (a *asker) code(err error, want kwadrans.Code) {
	a.Helper()
	if err == nil || kwadrans.CodeOf(err) != want {
		a.Errorf("got %v (%s), want the code %s", err, kwadrans.CodeOf(err), want)
	}
}

// pass lets time go by.
func (a *asker) pass(d time.Duration) { a.now = a.now.Add(d) }

// equal compares what there is with what there should be.
func equal[T any](a *asker, what string, got, want T) {
	a.Helper()
	if !reflect.DeepEqual(got, want) {
		a.Errorf("%s:\n got %+v\nwant %+v", what, got, want)
	}
}
