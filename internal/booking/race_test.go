//go:build race

package booking_test

// The race detector is slow, and not after what the games are after.
const (
	games  = 30
	checks = false
)
