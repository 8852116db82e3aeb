package connect

import (
	"strings"

	"github.com/google/uuid"

	"kwadrans/internal/kwadrans"
)

// Link is what a kwadrans:// address asks to show. It never carries a code and
// never acts by itself.
type Link struct {
	Connect bool   // the permissions, with a Connect button
	Booking string // id of the booking to show
}

// ParseLink reads exactly kwadrans://connect/zoom and kwadrans://booking/<id>;
// everything else is CodeInvalid.
func ParseLink(s string) (Link, error) {
	if s == "kwadrans://connect/zoom" {
		return Link{Connect: true}, nil
	}
	if id, ok := strings.CutPrefix(s, "kwadrans://booking/"); ok && len(id) == 36 && id == strings.ToLower(id) {
		if _, err := uuid.Parse(id); err == nil {
			return Link{Booking: id}, nil
		}
	}
	return Link{}, kwadrans.Errorf(kwadrans.CodeInvalid, "connect: this link is not one of Kwadrans").
		WithHint("there are two: kwadrans://connect/zoom and kwadrans://booking/ID")
}
