package booking

import (
	"context"
	"crypto/hmac"
	"encoding/base64"
	"encoding/binary"
	"time"

	"github.com/google/uuid"

	"kwadrans/internal/kwadrans"
)

// A pass is what an address of the page carries instead of a login: 48 characters
// that name a booking, for whom or from when, and what for, signed with the key of
// this data file. Nothing of it is stored.
//
//	base64url( booking, 16 bytes | tag, 4 bytes | HMAC-SHA256 of purpose, booking and tag, 16 bytes )

// Purpose is what a pass is good for; one never serves another.
type Purpose string

// The purposes.
const (
	PassForm    Purpose = "form"    // to send one booking; the tag is the minute it was made
	PassWait    Purpose = "wait"    // to see whether a held seat was confirmed
	PassConfirm Purpose = "confirm" // to confirm a held seat; it ends with the seat
	PassManage  Purpose = "manage"  // to see, move and cancel a booking, in all its revisions, until a day after it
)

// PassAfter is how long after a booking its pass still opens it.
const PassAfter = 24 * time.Hour

// FormLife is how long a form can be sent.
const FormLife = 12 * time.Hour

// errNoPass is the one answer to every pass that does not open.
var errNoPass = kwadrans.Errorf(kwadrans.CodeNotFound, "booking: the link opens nothing")

// Pass makes the pass of an attendee.
func (s *Service) Pass(ctx context.Context, p Purpose, booking, email string) (string, error) {
	id, err := uuid.Parse(booking)
	if err != nil {
		return "", err
	}
	tag, err := s.tag(ctx, id, email)
	if err != nil {
		return "", err
	}
	return s.pass(ctx, p, id, tag)
}

// tag stands for an attendee in a pass: who is not invited any more has none.
func (s *Service) tag(ctx context.Context, id uuid.UUID, email string) (tag [4]byte, err error) {
	mac, err := s.Marker.MAC(ctx, append([]byte("pass tag "+string(id[:])), kwadrans.Fold(email)...))
	if err == nil {
		copy(tag[:], mac)
	}
	return tag, err
}

func (s *Service) pass(ctx context.Context, p Purpose, id uuid.UUID, tag [4]byte) (string, error) {
	raw := append(id[:], tag[:]...)
	mac, err := s.Marker.MAC(ctx, append([]byte("pass "+string(p)+" "), raw...))
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(append(raw, mac[:16]...)), nil
}

// read checks a pass without looking anything up.
func (s *Service) read(ctx context.Context, p Purpose, pass string) (id uuid.UUID, tag [4]byte, err error) {
	raw, bad := base64.RawURLEncoding.Strict().DecodeString(pass)
	if bad != nil || len(raw) != 36 {
		return id, tag, errNoPass
	}
	copy(id[:], raw[:16])
	copy(tag[:], raw[16:20])
	want, err := s.pass(ctx, p, id, tag)
	if err == nil && !hmac.Equal([]byte(want), []byte(pass)) {
		err = errNoPass
	}
	return id, tag, err
}

// Open returns the booking that a pass names, and the attendee who has it. For
// every pass that does not open the error is the same, CodeNotFound; for the pass of
// a held seat that is free again it is ErrReleased.
func (v *Visits) Open(ctx context.Context, p Purpose, pass string) (b kwadrans.Booking, who kwadrans.Attendee, err error) {
	id, tag, err := v.read(ctx, p, pass)
	if err != nil {
		return b, who, err
	}
	b, err = v.Store.Booking(ctx, id.String())
	switch {
	case kwadrans.CodeOf(err) == kwadrans.CodeNotFound && (p == PassConfirm || p == PassWait):
		return b, who, ErrReleased
	case kwadrans.CodeOf(err) == kwadrans.CodeNotFound:
		return b, who, errNoPass
	case err != nil:
		return b, who, err
	case v.Now().After(b.End.Add(PassAfter)):
		return kwadrans.Booking{}, who, errNoPass
	}
	for _, a := range b.Attendees {
		if mine, err := v.tag(ctx, id, a.Email); err != nil || mine == tag {
			return b, a, err
		}
	}
	return kwadrans.Booking{}, who, errNoPass
}

// Form makes the pass of a form; it carries the id of the booking that will be made.
func (v *Visits) Form(ctx context.Context) (string, error) {
	id, err := uuid.Parse(v.NewID())
	if err != nil {
		return "", err
	}
	var tag [4]byte
	binary.BigEndian.PutUint32(tag[:], uint32(v.Now().Unix()/60))
	return v.pass(ctx, PassForm, id, tag)
}

// FormID returns the booking id that a form carries. CodeNotFound for a form that is
// not ours, or too old.
func (v *Visits) FormID(ctx context.Context, pass string) (string, error) {
	id, tag, err := v.read(ctx, PassForm, pass)
	if err != nil {
		return "", err
	}
	age := v.Now().Sub(time.Unix(int64(binary.BigEndian.Uint32(tag[:]))*60, 0))
	if age < -time.Hour || age > FormLife {
		return "", errNoPass
	}
	return id.String(), nil
}

// TopicCode is what the address of an unlisted topic carries, so that nobody finds
// it by guessing its name.
func (v *Visits) TopicCode(ctx context.Context, slug string) (string, error) {
	mac, err := v.Marker.MAC(ctx, []byte("unlisted "+slug))
	if err != nil {
		return "", err
	}
	return markText.EncodeToString(mac[:10]), nil
}
