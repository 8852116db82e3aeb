package house

import (
	"errors"

	"kwadrans/internal/calendar/caldav"
)

// Elsewhere returns the address at which a server says that the calendars lie, where
// Collections failed for that reason; empty otherwise. The password was not sent there.
func Elsewhere(err error) string {
	var away *caldav.Elsewhere
	if errors.As(err, &away) {
		return away.Address
	}
	return ""
}
