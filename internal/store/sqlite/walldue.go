package sqlite

import (
	"context"
	"time"

	"kwadrans/internal/kwadrans"
)

// MetaRules is a small fact: the version of the zones' rules by which the instants
// of all bookings to come were last worked out from their clock readings.
const MetaRules = "tzdb"

// WallDue returns the bookings whose instants have to be worked out anew from
// their clock readings, by start: those that are neither cancelled nor over at now,
// when MetaRules is not tzdb; none when it is.
func (s *Store) WallDue(ctx context.Context, tzdb string, now time.Time) ([]kwadrans.Booking, error) {
	done, err := s.Meta(ctx, MetaRules)
	if err != nil || done == tzdb {
		return nil, err
	}
	return queryBookings(ctx, s.r, toCome+soonest, append(comeArgs(now), -1, 0)...)
}

// SetWallRules notes by which rules the instants were worked out.
func (s *Store) SetWallRules(ctx context.Context, tzdb string) error {
	return s.SetMeta(ctx, MetaRules, tzdb)
}
