//go:build !windows && !darwin

package secrets

import (
	"errors"
	"fmt"

	"github.com/godbus/dbus/v5"
)

const onWindows = false

// probe looks for a session bus and starts none.
func probe() error {
	conn, err := dbus.SessionBusPrivateNoAutoStartup()
	if err != nil {
		return fmt.Errorf("%w: %w", errNoBus, err)
	}
	return conn.Close()
}

// busName returns the name of a D-Bus error, "" for any other.
func busName(err error) string {
	var e dbus.Error
	if errors.As(err, &e) {
		return e.Name
	}
	return ""
}
