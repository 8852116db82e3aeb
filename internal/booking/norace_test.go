//go:build !race

package booking_test

const (
	games  = 1000
	checks = true // rapid plays too
)
