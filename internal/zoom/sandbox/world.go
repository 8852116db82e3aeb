package sandbox

import (
	"math/rand/v2"
	"net/http"
	"sync"
	"time"
)

// Options say how a world begins.
type Options struct {
	Seed    uint64           // of every id, token and passcode
	Now     func() time.Time // nil: the machine's clock; Advance moves either
	Journal int              // how many requests are kept; 20,000 when zero
}

// World is one Zoom: an account on the plan pro with one licensed user, an
// account beside it that belongs to somebody else, and two registered apps.
// All methods may be called while requests are served.
type World struct {
	mu      sync.Mutex
	clock   func() time.Time
	offset  time.Duration
	rng     *rand.Rand
	knobs   Knobs
	apps    map[string]*app
	users   map[string]*user // by id
	mails   map[string]*user // by address in small letters
	signed  *user            // who sits at the browser
	other   *user            // who sits there with the consent WrongAccount
	consent Consent

	oauth    authority
	meetings shelf
	limits   limits
	faults   []*planned
	held     chan struct{} // closed by Release
	journal  journal
	rules    rules
	control  bool
}

// New returns a world in which the user allows everything at once.
func New(o Options) *World {
	w := &World{
		clock: o.Now, rng: rand.New(rand.NewPCG(o.Seed, 0x6b77616472616e73)), apps: map[string]*app{},
		users: map[string]*user{}, mails: map[string]*user{}, consent: Allow, held: make(chan struct{}),
		oauth: newAuthority(), meetings: newShelf(), limits: newLimits(), journal: newJournal(o.Journal), rules: newRules(),
	}
	if w.clock == nil {
		w.clock = time.Now
	}
	w.knobs = defaults()
	w.knobs.PerSecond = o.Now == nil
	home, away := &account{id: w.text(22), plan: Pro}, &account{id: w.text(22), plan: Pro}
	w.signed = w.join(&user{account: home, first: "Ewa", last: "Kowalska", email: "ewa@sandbox.invalid", zone: "Europe/Warsaw", typ: Licensed})
	w.other = w.join(&user{account: away, first: "Jan", last: "Inny", email: "jan@elsewhere.invalid", zone: "Europe/London", typ: Licensed})
	for _, a := range registered() {
		w.apps[a.id] = a
	}
	return w
}

// ServeHTTP answers /oauth/… and /v2/…, and /control/… after Control(true).
func (w *World) ServeHTTP(rw http.ResponseWriter, r *http.Request) {
	c, err := read(rw, r)
	if err != nil { // the client left while it was speaking
		panic(http.ErrAbortHandler)
	}
	if isControl(r.URL.Path) {
		w.steer(rw, c)
		return
	}
	a, f := w.handle(c)
	w.send(rw, r, a, f)
}

// handle decides about a request in one piece: whether it is admitted, what is
// committed, what goes wrong, and what the rules of §12.7 say to it.
func (w *World) handle(c *call) (answer, *Fault) {
	w.mu.Lock()
	defer w.mu.Unlock()
	c.w, c.now = w, w.now()
	c.seq = w.journal.next()
	a, admitted := w.admit(c)
	var f *Fault
	if admitted {
		f = w.take(c.rule)
		w.rules.begin(c)
		if f != nil && f.waits() && !f.After {
			w.mu.Unlock()
			f.wait(c.ctx)
			w.mu.Lock()
		}
		a = f.apply(c)
		w.rules.end(c, a, f)
	}
	w.rules.look(c)
	w.journal.add(c, a, f)
	return a, f
}
