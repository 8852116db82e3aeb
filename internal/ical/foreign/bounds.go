package foreign

import "context"

// The bounds of a page. What passes one is left out with a note; where that can
// hide something busy, the stretch is unknown.
const (
	maxPage       = 10 << 20 // bytes
	maxComponents = 50_000   // of a page
	maxPhysical   = 1_000    // physical lines of a property
	maxParam      = 4 << 10  // bytes of a parameter's value
	maxDepth      = 6        // components inside each other
	maxUID        = 4 << 10  // bytes
	maxZones      = 2_000    // different names of zones that are looked up, and definitions that are evaluated
)

// The bounds of a recurrence.
const (
	maxCount     = 10_000  // COUNT; a rule with more counts as endless
	maxInterval  = 100_000 // INTERVAL
	maxList      = 128     // values of a BYxxx part
	maxPeriod    = 20_000  // occurrences that one year, month, week or day of a rule can hold
	maxEach      = 5_000   // occurrences of a component in the stretch
	maxHours     = 60      // days that an HOURLY rule is followed
	maxInstances = 600_000 // of all components
	firstYear    = 1600
	lastYear     = 9000
)

// What steps cost. An Expand that has spent everything leaves the rest unknown;
// the sum is two or three seconds of one core.
const (
	maxSpent   = 300_000_000
	costStep   = 20        // of one occurrence
	costRule   = 2_000     // of starting a rule
	costBarren = 3_000_000 // of a rule that fits nothing any more, up to the last year there is
	costEvent  = 500       // of an event
)

// budget bounds the work of one Expand. It counts steps instead of time, so
// that the same pages always give the same answer.
type budget struct {
	ended func() error // why nobody waits any more
	left  int
	looks int
	over  bool
}

func newBudget(ctx context.Context) *budget { return &budget{ended: ctx.Err, left: maxSpent} }

// spend takes n and says whether there is still something left.
func (b *budget) spend(n int) bool {
	b.left -= n
	b.looks++
	if b.left < 0 || b.looks%1024 == 0 && b.ended() != nil {
		b.over = true
	}
	return !b.over
}

// spent says whether the budget is used up, or nobody waits any more.
func (b *budget) spent() bool {
	b.over = b.over || b.ended() != nil
	return b.over
}
