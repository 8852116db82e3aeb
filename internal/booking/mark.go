package booking

import (
	"context"
	"crypto/hmac"
	"encoding/base32"
	"strings"

	"github.com/google/uuid"
)

// The mark is the first line of a meeting's agenda: it names the data file and
// the booking, signed, so that a meeting whose answer was lost is found again
// and nobody can bait us into deleting another. It is short because lists cut
// the agenda at 250 characters (Zoom API: list meetings, agenda).
//
//	kwd1 <install, 8>.<booking, 26>.<signature, 10>
const markPrefix = "kwd1 "

var markText = base32.NewEncoding("0123456789abcdefghjkmnpqrstvwxyz").WithPadding(base32.NoPadding)

// mark writes the mark of a booking.
func (s *Service) mark(ctx context.Context, booking string) (string, error) {
	id, err := uuid.Parse(booking)
	if err != nil {
		return "", err
	}
	name := s.Install + "." + markText.EncodeToString(id[:])
	sign, err := s.sign(ctx, name)
	return markPrefix + name + "." + sign, err
}

func (s *Service) sign(ctx context.Context, name string) (string, error) {
	mac, err := s.Marker.MAC(ctx, []byte("mark "+name))
	if err != nil {
		return "", err
	}
	return markText.EncodeToString(mac)[:10], nil
}

// marked reads the booking id from an agenda that carries a mark of this data
// file; false for no mark, another file's, or a forged one.
func (s *Service) marked(ctx context.Context, agenda string) (string, bool, error) {
	words := strings.Fields(agenda) // not lines: a list may show them as one
	if len(words) < 2 || words[0]+" " != markPrefix {
		return "", false, nil
	}
	parts := strings.Split(words[1], ".")
	if len(parts) != 3 || parts[0] != s.Install {
		return "", false, nil
	}
	sign, err := s.sign(ctx, parts[0]+"."+parts[1])
	if err != nil {
		return "", false, err
	}
	raw, err := markText.DecodeString(parts[1])
	if err != nil || len(raw) != 16 || !hmac.Equal([]byte(sign), []byte(parts[2])) {
		return "", false, nil
	}
	return uuid.UUID(raw).String(), true, nil
}
