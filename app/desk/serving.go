package desk

import (
	"context"
	"net"
	"strconv"
	"sync"
	"time"

	"kwadrans/app/house"
	bookingpage "kwadrans/app/page"
	"kwadrans/internal/kwadrans"
)

// serving is the booking page that this program serves over an open data file.
type serving struct {
	turn sync.Mutex // of who begins and ends it

	mu      sync.Mutex
	page    *bookingpage.Page // nil while none is served
	end     func()            // ends it and waits
	fault   error             // why it ended by itself, or could not begin
	asked   time.Time         // when the public address was tried; zero while it is being tried
	reached bool
}

// begin ends the page that is served, and serves one as f says.
func (s *serving) begin(d *Desk, l *live, f PageForm) {
	s.turn.Lock()
	defer s.turn.Unlock()
	s.mu.Lock()
	end := s.end
	s.mu.Unlock()
	if end != nil {
		end()
	}
	s.put(nil, nil, nil)
	if !f.On || l.ctx.Err() != nil {
		return
	}
	door, err := bookingpage.Listen(net.JoinHostPort("127.0.0.1", strconv.Itoa(f.Port)), f.Public)
	if err != nil {
		s.put(nil, nil, err)
		return
	}
	p := bookingpage.New(l.House, f.Public)
	p.Beside = true
	p.Stands(door)
	ctx, stop := context.WithCancel(l.ctx)
	over := make(chan struct{})
	s.put(p, func() { stop(); <-over }, nil)
	l.uses.Go(func() {
		defer close(over)
		s.run(ctx, d, p, door)
	})
	l.uses.Go(func() { lasting(ctx, l.House, func(ctx context.Context) error { return s.watch(ctx, d) }) })
}

// run serves a page to its end, and keeps why that came by itself.
func (s *serving) run(ctx context.Context, d *Desk, p *bookingpage.Page, door net.Listener) {
	err := safely(func() error { return p.Serve(ctx, door) })
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		err = kwadrans.Errorf(kwadrans.CodeInternal, "desk: the page has stopped")
	}
	s.put(nil, nil, err)
	d.Emit(EventChanged, nil)
}

func (s *serving) put(p *bookingpage.Page, end func(), fault error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.page, s.end, s.fault = p, end, fault
	s.asked, s.reached = time.Time{}, false
}

// tryEvery is how often the public address is tried.
const tryEvery = 10 * time.Minute

func (s *serving) watch(ctx context.Context, d *Desk) error {
	tick := time.NewTicker(tryEvery)
	defer tick.Stop()
	for {
		if s.ask(ctx) && ctx.Err() == nil {
			d.Emit(EventChanged, nil)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// ask tries whether the public address leads to the page; false where there is none.
func (s *serving) ask(ctx context.Context) bool {
	s.mu.Lock()
	p := s.page
	s.mu.Unlock()
	if p == nil || p.Public == "" {
		return false
	}
	reached := p.Reachable(ctx)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.page == p && ctx.Err() == nil {
		s.asked, s.reached = p.House.Now(), reached
	}
	return true
}

// tell adds how the page stands.
func (s *serving) tell(ctx context.Context, d *Desk, h *house.House, zone string, to *PageState) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.fault != nil:
		f := d.fault(ctx, h, s.fault)
		to.State, to.Fault = "failed", &f
	case s.page == nil:
		return
	case s.page.Public == "":
		to.State, to.URL = "here", s.page.URL()
	case s.asked.IsZero():
		to.State, to.URL = "asking", s.page.URL()
	case s.reached:
		to.State, to.URL = "reachable", s.page.URL()
	default:
		to.State, to.URL = "unreachable", s.page.URL()
	}
	to.AskedAt = stamp(s.asked, zone)
}
