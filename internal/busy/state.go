package busy

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// Source is how a source stands.
type Source struct {
	ID        string             // for Refresh and, of a calendar, Remove
	Name      string             // a calendar's name, or "zoom"
	Calendar  *kwadrans.Calendar // nil of Zoom
	Reading   kwadrans.Reading   // what the last looks said, and when
	Freshness kwadrans.Freshness
}

// Sources returns how all sources but the own bookings stand. It fails only when
// the data file cannot be read.
func (k *Keeper) Sources(ctx context.Context) ([]Source, error) {
	calendars, err := k.Store.Calendars(ctx)
	if err != nil {
		return nil, err
	}
	list := make([]Source, 0, len(calendars)+1)
	for i := range calendars {
		c := &calendars[i]
		list = append(list, Source{ID: c.ID, Name: c.Name, Calendar: c, Reading: c.Reading, Freshness: k.Freshness(c.Reading)})
	}
	users, err := k.users(ctx)
	if err != nil {
		return nil, err
	}
	for _, u := range users {
		r, _, err := k.zoomCopy(ctx, u)
		if err != nil {
			return nil, err
		}
		list = append(list, Source{ID: kwadrans.SourceZoom(u.Host), Name: zoomName, Reading: r, Freshness: k.Freshness(r)})
	}
	return list, nil
}

// Freshness returns how far a reading can be trusted now.
func (k *Keeper) Freshness(r kwadrans.Reading) kwadrans.Freshness {
	return r.Freshness(k.Now(), k.keep())
}
