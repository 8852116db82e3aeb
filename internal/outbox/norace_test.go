//go:build !race

package outbox_test

const outage = 30 // days
