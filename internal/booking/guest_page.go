package booking

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// metaPage is where the data file notes that a page is served.
const metaPage = "page"

// pageLife is how long a page that says nothing more is believed to be there.
const pageLife = 10 * time.Minute

// Page is a booking page that is being served.
type Page struct {
	URL  string    `json:"url"`  // without a slash at its end
	Seen time.Time `json:"seen"` // when it last said so
}

// NotePage notes that a page is served at an address; it has to be said again
// within ten minutes.
func (s *Service) NotePage(ctx context.Context, url string) error {
	text, err := json.Marshal(Page{URL: url, Seen: s.Now().UTC()})
	if err != nil {
		return err
	}
	return s.Store.SetMeta(ctx, metaPage, string(text))
}

// ForgetPage takes back that a page is served at an address; another one that was
// noted since stays.
func (s *Service) ForgetPage(ctx context.Context, url string) error {
	now, err := s.PageURL(ctx)
	if err != nil || now != url {
		return err
	}
	return s.Store.SetMeta(ctx, metaPage, "")
}

// PageURL returns the address of the page that is served now; empty for none.
func (s *Service) PageURL(ctx context.Context) (string, error) {
	text, err := s.Store.Meta(ctx, metaPage)
	if err != nil || text == "" {
		return "", err
	}
	var p Page
	if json.Unmarshal([]byte(text), &p) != nil || s.Now().Sub(p.Seen).Abs() > pageLife {
		return "", nil
	}
	return p.URL, nil
}

// pageLink returns the address on the page that a letter carries: where a held seat
// is confirmed, or where the attendee moves and cancels. The latter only when the
// page can be reached from elsewhere, and the booking is live. Empty for none.
func (s *Service) pageLink(ctx context.Context, b kwadrans.Booking, email string) (string, error) {
	purpose, path := PassManage, "/r/"
	if b.State == kwadrans.Held {
		purpose, path = PassConfirm, "/c/"
	}
	base, err := s.PageURL(ctx)
	if err != nil || base == "" || b.State == kwadrans.Cancelled || purpose == PassManage && !strings.HasPrefix(base, "https://") {
		return "", err
	}
	pass, err := s.Pass(ctx, purpose, b.ID, email)
	return base + path + pass, err
}
