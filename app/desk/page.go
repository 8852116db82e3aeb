package desk

import (
	"context"
	"encoding/json"

	"kwadrans/app/house"
	bookingpage "kwadrans/app/page"
	"kwadrans/internal/kwadrans"
)

// Page is the screen Integrations → Page: the booking page, served by this program.
type Page struct{ desk *Desk }

// Status tells how the page stands, without asking anybody.
func (p *Page) Status() (PageState, error) {
	return call(p.desk, p.status)
}

// Save keeps what the user chose and lets the page begin, end, or begin anew. That it
// cannot begin is no failure: the answer says it. CodeInvalid for a port or an
// address that cannot be.
func (p *Page) Save(f PageForm) (PageState, error) {
	return change(p.desk, func(ctx context.Context, h *house.House) (PageState, error) {
		f, err := cleanPage(f)
		if err != nil {
			return PageState{}, err
		}
		if err := keepPage(ctx, h, f); err != nil {
			return PageState{}, err
		}
		if l, _, _ := p.desk.look(false); l != nil {
			defer l.uses.Done()
			l.serving.begin(p.desk, l, f)
		}
		return p.status(ctx, h)
	})
}

// Check tries once more whether the public address leads here.
func (p *Page) Check() (PageState, error) {
	return call(p.desk, func(ctx context.Context, h *house.House) (PageState, error) {
		if l, _, _ := p.desk.look(false); l != nil {
			defer l.uses.Done()
			l.serving.ask(ctx)
		}
		return p.status(ctx, h)
	})
}

// Open shows an address of the page in the browser. CodeInvalid for any other.
func (p *Page) Open(slug string) error {
	return act(p.desk, func(ctx context.Context, h *house.House) error {
		s, err := p.status(ctx, h)
		if err != nil {
			return err
		}
		if slug == "" && s.URL != "" {
			return p.desk.Browser(s.URL)
		}
		for _, t := range s.Topics {
			if t.Slug == slug && t.URL != "" {
				return p.desk.Browser(t.URL)
			}
		}
		return kwadrans.Errorf(kwadrans.CodeNotFound, "desk: the page does not show this")
	})
}

func (p *Page) status(ctx context.Context, h *house.House) (PageState, error) {
	f, err := keptPage(ctx, h)
	if err != nil {
		return PageState{}, err
	}
	who, _, err := h.Store.Profile(ctx)
	if err != nil {
		return PageState{}, err
	}
	s := PageState{Form: f, State: "off"}
	if l, _, _ := p.desk.look(false); l != nil {
		l.serving.tell(ctx, p.desk, h, who.Zone, &s)
		l.uses.Done()
	}
	if s.State == "off" {
		if s.URL, err = h.Booking.PageURL(ctx); err != nil {
			return s, err
		} else if s.URL != "" {
			s.State = "elsewhere"
		}
	}
	s.Topics, err = topicLinks(ctx, h, s.URL)
	return s, err
}

func topicLinks(ctx context.Context, h *house.House, base string) ([]TopicLink, error) {
	list, err := h.Store.Topics(ctx)
	if err != nil {
		return nil, err
	}
	paths := bookingpage.New(h, "")
	out := make([]TopicLink, 0, len(list))
	for _, t := range list {
		link := TopicLink{Slug: t.Slug, Name: t.Name, Colour: t.Colour, On: t.On, Listed: t.Listed}
		if base != "" {
			path, err := paths.Path(ctx, t)
			if err != nil {
				return nil, err
			}
			link.URL = base + path
		}
		out = append(out, link)
	}
	return out, nil
}

const (
	metaPage  = "window/page"
	usualPort = 8080
)

// keptPage is what the user chose; off where nothing was chosen.
func keptPage(ctx context.Context, h *house.House) (PageForm, error) {
	text, err := h.Store.Meta(ctx, metaPage)
	f := PageForm{Port: usualPort}
	if err == nil && text != "" && json.Unmarshal([]byte(text), &f) != nil {
		return PageForm{Port: usualPort}, nil
	}
	return f, err
}

func keepPage(ctx context.Context, h *house.House, f PageForm) error {
	text, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return h.Store.SetMeta(ctx, metaPage, string(text))
}

// cleanPage leaves out the ports that only an administrator may use.
func cleanPage(f PageForm) (PageForm, error) {
	if f.Port < 1024 || f.Port > 65535 {
		return f, kwadrans.Errorf(kwadrans.CodeInvalid, "desk: %d is not a port for the page", f.Port).WithHint("choose a number from 1024 to 65535, such as 8080")
	}
	var err error
	if f.Public != "" {
		f.Public, err = bookingpage.CleanPublic(f.Public)
	}
	return f, err
}
