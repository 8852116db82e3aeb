package cli

import (
	"context"
	"fmt"
	"os/signal"
	"sync"
	"syscall"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/app/page"
)

// pageShape is the page that is being served.
type pageShape struct {
	URL    string      `json:"url"`
	Addr   string      `json:"addr"`
	Public bool        `json:"public"` // visitors reach it from elsewhere
	Topics []linkShape `json:"topics"`
}

// linkShape is where a topic is booked.
type linkShape struct {
	Slug   string `json:"slug"`
	Listed bool   `json:"listed"`
	URL    string `json:"url"`
}

func (r *run) serveCmd() *cobra.Command {
	var addr, public string
	c := &cobra.Command{Use: "serve", Short: "Serve the booking page, on which visitors book you", Args: exactly(),
		Long: "Serve the booking page until interrupted. It works beside an open window on the same data. Without\n" +
			"--public-url only this computer can open it. With it the page stands behind something that speaks\n" +
			"https and passes requests on: a reverse proxy or a tunnel. Letters carry links to that address while\n" +
			"the page runs. An unlisted topic is booked only by its own link, which is printed here.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) (err error) {
			if public != "" {
				if public, err = page.CleanPublic(public); err != nil {
					return err
				}
			}
			if _, err := h.Setup.Profile(ctx); err != nil {
				return err
			}
			return r.serve(ctx, h, addr, public)
		})}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:8080", "where the page listens")
	c.Flags().StringVar(&public, "public-url", "", "https address that visitors use, such as https://meet.example.com")
	return c
}

func (r *run) serve(ctx context.Context, h *house.House, addr, public string) error {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	l, err := page.Listen(addr, public)
	if err != nil {
		return err
	}
	p := page.New(h, public)
	shape := pageShape{URL: public, Addr: l.Addr().String(), Public: public != "", Topics: []linkShape{}}
	if public == "" {
		shape.URL = "http://" + shape.Addr
	}
	topics, err := h.Store.Topics(ctx)
	if err != nil {
		_ = l.Close()
		return err
	}
	for _, t := range topics {
		path, err := p.Path(ctx, t)
		if err != nil {
			_ = l.Close()
			return err
		}
		shape.Topics = append(shape.Topics, linkShape{t.Slug, t.Listed, shape.URL + path})
	}
	if err := r.show(shape, func() { r.printPage(shape) }); err != nil {
		_ = l.Close()
		return err
	}
	var tried sync.WaitGroup
	defer tried.Wait()
	if public != "" {
		tried.Go(func() { r.tryPublic(ctx, p) })
	}
	return p.Serve(ctx, l)
}

// tryPublic says whether visitors get to the page, once it answers. It is told beside the
// output, which may be read by a program.
func (r *run) tryPublic(ctx context.Context, p *page.Page) {
	key := "cli.serve.unreached"
	if p.Reachable(ctx) {
		key = "cli.serve.reached"
	}
	if ctx.Err() == nil {
		fmt.Fprintln(r.Err, r.t(key, "url", p.Public))
	}
}

func (r *run) printPage(s pageShape) {
	r.line(s.URL)
	r.line(r.t(map[bool]string{true: "cli.serve.public", false: "cli.serve.here"}[s.Public], "addr", s.Addr))
	for _, t := range s.Topics {
		r.line("  " + t.URL)
	}
}
