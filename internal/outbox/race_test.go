//go:build race

package outbox_test

const outage = 3 // days
