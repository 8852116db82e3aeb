package page

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"time"

	"golang.org/x/net/netutil"

	"kwadrans/internal/kwadrans"
)

// Time and room that one visitor may take (Go net/http: Server).
const (
	DefaultHeader = 5 * time.Second
	readTime      = 15 * time.Second
	writeTime     = 30 * time.Second
	idleTime      = time.Minute
	maxHeader     = 16 << 10
	maxBody       = 64 << 10
	maxVisitors   = 512
	grace         = 10 * time.Second
)

// Listen opens the door at an address. Without a public address that is on this
// computer only: CodeInvalid for any other, since what visitors type would cross the
// network as plain text.
func Listen(addr, public string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "page: %q is not an address to listen on", addr).WithHint("write it as 127.0.0.1:8080")
	}
	if public == "" && !loopback(host) {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "page: the page listens on this computer only, not on %q", addr).
			WithHint("name the https address that visitors use with --public-url")
	}
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return nil, kwadrans.Errorf(kwadrans.CodeInvalid, "page: the page cannot listen on %s", addr).WithHint("use another port, or 0 for a free one").Because(err)
	}
	return l, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// Serve answers visitors until ctx ends, and then lets those finish who are inside.
// While it runs, letters carry links to the page and seats that nobody confirmed are
// freed. A page that is not Beside a window looks at busy sources as well, and works on
// the outbox when nobody else does.
func (p *Page) Serve(ctx context.Context, l net.Listener) error {
	p.Stands(l)
	err := p.House.Ready(ctx)
	if err == nil {
		err = p.House.Booking.NotePage(ctx, p.URL())
	}
	if err != nil {
		_ = l.Close()
		if ctx.Err() != nil { // it ended before it began
			return nil
		}
		return err
	}
	defer func() { _ = p.House.Booking.ForgetPage(context.WithoutCancel(ctx), p.URL()) }()
	run, stop := context.WithCancel(ctx)
	defer stop()
	work := []func(context.Context) error{p.keep}
	if !p.Beside {
		work = append(work, p.House.Work, p.House.Watch)
	}
	ended := make(chan error, len(work))
	for _, f := range work {
		go func() { ended <- f(run) }()
	}
	err = p.serve(ctx, l)
	stop()
	for range work {
		if e := <-ended; err == nil && !errors.Is(e, context.Canceled) {
			err = e
		}
	}
	return err
}

// Stands tells the page where it will be served, for URL.
func (p *Page) Stands(l net.Listener) { p.local.Store("http://" + l.Addr().String()) }

func (p *Page) serve(ctx context.Context, l net.Listener) error {
	header := p.Header
	if header == 0 {
		header = DefaultHeader
	}
	s := &http.Server{
		Handler: p.Handler(), ReadHeaderTimeout: header, ReadTimeout: readTime, WriteTimeout: writeTime, IdleTimeout: idleTime, MaxHeaderBytes: maxHeader,
		ErrorLog: log.New(io.Discard, "", 0), // it names addresses of visitors
	}
	end := make(chan error, 1)
	go func() {
		<-ctx.Done()
		last, stop := context.WithTimeout(context.WithoutCancel(ctx), grace)
		defer stop()
		end <- s.Shutdown(last)
	}()
	err := s.Serve(netutil.LimitListener(l, maxVisitors))
	if !errors.Is(err, http.ErrServerClosed) {
		return kwadrans.Errorf(kwadrans.CodeInternal, "page: the page has stopped").Because(err)
	}
	if err := <-end; err != nil {
		return s.Close()
	}
	return nil
}

// often is how often the page says that it is there, and frees seats.
const often = 20 * time.Second

// keep does what a page does beside answering.
func (p *Page) keep(ctx context.Context) error {
	tick := time.NewTicker(often)
	defer tick.Stop()
	for {
		if _, err := p.visits.FreeHolds(ctx); err != nil && ctx.Err() == nil {
			p.House.Log.Warn("page: seats could not be freed", "code", kwadrans.CodeOf(err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := p.House.Booking.NotePage(ctx, p.URL()); err != nil && ctx.Err() == nil {
			p.House.Log.Warn("page: it could not be noted that the page is there", "code", kwadrans.CodeOf(err))
		}
	}
}

// Reachable says whether the public address leads to this page. A page on this
// computer only is not asked for.
func (p *Page) Reachable(ctx context.Context) bool {
	if p.Public == "" {
		return false
	}
	ctx, stop := context.WithTimeout(ctx, 10*time.Second)
	defer stop()
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, p.Public+"/health", http.NoBody)
	if err != nil {
		return false
	}
	c := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := c.Do(r)
	if err != nil {
		return false
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(resp.Body, 200))
	return err == nil && string(body) == "kwadrans "+p.probe+"\n"
}
