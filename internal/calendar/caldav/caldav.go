// Package caldav speaks with a CalDAV server (RFC 4791): it finds the calendars
// of an account, reads one of them whole or by what has changed (RFC 6578), and
// writes single events into it.
//
// It trusts no server: what cannot be read whole is a failure, never an empty
// calendar. Objects are passed on as they came; what is in them is for others.
package caldav

import (
	"crypto/x509"
	"log/slog"
	"time"

	"kwadrans/internal/kwadrans"
)

// Bounds of what one server may cost.
const (
	DefaultTimeout = 30 * time.Second // one call, with its redirects
	longestLook    = 5 * time.Minute  // one Read or Discover
	maxAnswer      = 10 << 20         // one answer, unpacked, in bytes
	maxBodies      = 100 << 20        // what one Read fetches, in bytes
	maxObjects     = 50_000           // in one calendar
	maxRedirects   = 3                // of one call
	maxPages       = 100              // answers that one list may be cut into
	batchSize      = 50               // objects that are asked for at once
	longHref       = 2048             // one address, in bytes
	longMark       = 1024             // one etag or token, in bytes
)

// Server makes the calls. Its zero value can be used, and may be used by many
// at once: it keeps nothing between calls.
//
// Who signs in is said by a login and a secret: both is a password (RFC 7617), a
// secret alone is a token (RFC 6750), none is nobody. They are sent to the origin
// of the given address only. That is https; http is taken on this computer, and
// in the own network where that was allowed.
type Server struct {
	Roots   *x509.CertPool   // whose certificates are trusted; the system's when nil
	Timeout time.Duration    // of one call; DefaultTimeout when zero
	Now     func() time.Time // time.Now when nil
	Log     *slog.Logger     // none when nil
}

// Collection is a calendar that an account may read.
type Collection struct {
	Address    string   // absolute URL, as kwadrans.Calendar wants it
	Name       string   // as the server shows it, or the last part of the address
	Colour     string   // "#rrggbb" or empty
	Components []string // what may be in it (VEVENT, VTODO …); empty when the server does not say
	Writable   bool     // events may be added, changed and removed; true when the server does not say
	Mark       kwadrans.SourceMark
}

// Elsewhere is the cause of a failure for which there is a remedy: the calendars
// lie at another origin, where the password was not sent. A person who trusts
// Address gives it in place of the first one.
type Elsewhere struct {
	Address string // absolute URL
}

// Error returns the address.
func (e *Elsewhere) Error() string { return "the calendars lie at " + e.Address }

func (s *Server) now() time.Time {
	if s.Now != nil {
		return s.Now()
	}
	return time.Now()
}

func (s *Server) log() *slog.Logger {
	if s.Log != nil {
		return s.Log
	}
	return slog.New(slog.DiscardHandler)
}

func (s *Server) timeout() time.Duration {
	if s.Timeout > 0 {
		return s.Timeout
	}
	return DefaultTimeout
}
