package desk

import (
	"context"
	"slices"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
)

// status is the state of the connection without asking Zoom.
func status(ctx context.Context, h *house.House) (Connection, error) {
	st, err := h.Connect.Status(ctx, kwadrans.Personal)
	if err != nil {
		return Connection{}, err
	}
	return connectionOf(ctx, h, st)
}

// connectionOf puts the state of the connection into shape, with what depends on it.
func connectionOf(ctx context.Context, h *house.House, st connect.Status) (Connection, error) {
	c := st.Connection
	p, _, err := h.Store.Profile(ctx)
	if err != nil {
		return Connection{}, err
	}
	v := Connection{
		State: string(c.State), Name: c.Account.Name, Email: c.Account.Email, AccountType: c.Account.Type, ClientID: c.ClientID,
		Permissions: each(st.Permissions, permissionOf), ConnectedAt: stamp(c.Connected, p.Zone), LastUsed: stamp(c.LastUsed, p.Zone), Changed: stamp(c.Changed, p.Zone),
	}
	if v.OwnID, err = h.OwnClientID(ctx, kwadrans.Personal); err != nil {
		return v, err
	}
	if v.ClientID == "" {
		v.ClientID, _ = h.ClientID(ctx, kwadrans.Personal) // none is a state of its own
	}
	key := h.KeyState(ctx)
	v.Key = Key{State: key.State, Source: key.Source}
	counts, err := h.Store.CountVideo(ctx, h.Now())
	if err != nil {
		return v, err
	}
	v.Upcoming = counts.Meetings
	return v, dependants(ctx, h, &v)
}

// dependants adds the bookings that wait for a link and the topics that use Zoom.
func dependants(ctx context.Context, h *house.House, v *Connection) error {
	rows, err := h.Store.Attention(ctx, h.Now())
	if err != nil {
		return err
	}
	rows = slices.DeleteFunc(rows, func(b kwadrans.Booking) bool {
		return b.Place.Kind != kwadrans.PlaceZoom || b.Zoom != nil || b.State == kwadrans.Cancelled
	})
	if v.Waiting, err = bookingsOf(ctx, h, rows); err != nil {
		return err
	}
	topics, err := h.Store.Topics(ctx)
	v.Topics, v.ZoomTopics = len(topics), []TopicInShort{}
	for _, t := range topics {
		if t.Place().Kind == kwadrans.PlaceZoom {
			v.ZoomTopics = append(v.ZoomTopics, TopicInShort{Slug: t.Slug, Name: t.Name, Colour: t.Colour, On: t.On})
		}
	}
	return err
}

func permissionOf(g connect.Granted) Permission {
	p := Permission{Key: g.Key, Granted: g.Given, Missing: append([]string{}, g.Missing...), Scopes: []string{}}
	for _, s := range g.Scopes {
		p.Scopes = append(p.Scopes, s.Name)
		p.Writes = p.Writes || s.Writes()
	}
	return p
}
