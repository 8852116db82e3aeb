//go:build race

package sqlite

// slower is how many times less a harness does where the race detector slows it down.
const slower = 3
