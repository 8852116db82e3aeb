package caldav

import (
	"context"
	"net/url"

	"kwadrans/internal/kwadrans"
)

// Find tells where Put lays the event uid of the calendar c, and the etag of what is
// there. Errors are those of Get.
func (s *Server) Find(ctx context.Context, c kwadrans.Calendar, secret kwadrans.Secret, uid string) (href, etag string, err error) {
	t, err := s.open(c.Address, c.Login, secret, c.Near)
	if err != nil {
		return "", "", fault(err)
	}
	href = t.folder() + url.PathEscape(uid) + ".ics"
	t.close()
	_, etag, err = s.Get(ctx, c, secret, href)
	return href, etag, err
}
