package sandbox

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// Canary stands in every token, code and start link, so that a test can look
// for them where they must not be.
const Canary = "kwsbx-"

const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"

// text returns n letters and digits.
func (w *World) text(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = letters[w.rng.IntN(len(letters))]
	}
	return string(b)
}

// digits returns a passcode of n digits.
func (w *World) digits(n int) string {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte('0' + w.rng.IntN(10))
	}
	return string(b)
}

// meetingID returns 11 digits, past 32 bits (§3.7).
func (w *World) meetingID() int64 {
	for {
		id := 80_000_000_000 + w.rng.Int64N(19_999_999_999)
		if w.meetings.byID[id] == nil {
			return id
		}
	}
}

// uuid returns base64 text; some begin with a slash or hold two of them (§3.7).
func (w *World) uuid() string {
	b := make([]byte, 16)
	for i := range b {
		b[i] = byte(w.rng.UintN(256))
	}
	switch w.rng.IntN(4) {
	case 0:
		b[0] = 0xff // "/"
	case 1:
		b[3], b[4], b[5] = 0x0f, 0xff, 0xef // "//"
	}
	return base64.StdEncoding.EncodeToString(b)
}

// accessToken looks like a JWT of about 1,050 characters (§1.4).
func (w *World) accessToken() string {
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"sv":"000002","alg":"HS512","v":"2.0","kid":"sandbox"}`))
	return head + "." + Canary + "access-" + w.text(875) + "." + w.text(86)
}

func (w *World) refreshToken() string {
	head := base64.RawURLEncoding.EncodeToString([]byte(`{"sv":"000002","alg":"HS512","v":"2.0","kid":"sandbox"}`))
	return head + "." + Canary + "refresh-" + w.text(520) + "." + w.text(86)
}

// joinURL lies under .invalid: nobody can be led to a real meeting.
func joinURL(id int64, pwd string) string {
	u := fmt.Sprintf("https://zoom.sandbox.invalid/j/%d", id)
	if pwd != "" {
		u += "?pwd=" + pwd
	}
	return u
}

// startURL is a host credential and a new one each time (§3.1).
func (w *World) startURL(id int64) string {
	return fmt.Sprintf("https://zoom.sandbox.invalid/s/%d?zak=%szak-%s", id, Canary, strings.ToLower(w.text(120)))
}
