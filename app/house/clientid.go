package house

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// DefaultClientID is the public client id of the program's own Zoom app, set at
// build time; empty in a build without one.
var DefaultClientID = ""

const metaClientID = "client_id/"

// ClientID returns the id to sign in with: the environment's, the user's own,
// or the program's. CodeNotConnected when there is none.
func (h *House) ClientID(ctx context.Context, kind kwadrans.ConnectionKind) (string, error) {
	own, err := h.OwnClientID(ctx, kind)
	if err != nil {
		return "", err
	}
	id := first(h.env("KWADRANS_ZOOM_CLIENT_ID"), own, DefaultClientID)
	if id == "" {
		return "", kwadrans.Errorf(kwadrans.CodeNotConnected, "house: this build has no client id of a Zoom app").
			WithHint("make your own app in six steps (docs/zoom-app.md) and keep its id with: kwadrans zoom use-id ID")
	}
	return id, nil
}

// OwnClientID returns the id that the user keeps for a kind of connection; empty for none.
func (h *House) OwnClientID(ctx context.Context, kind kwadrans.ConnectionKind) (string, error) {
	return h.Store.Meta(ctx, metaClientID+string(kind))
}

// UseClientID keeps the user's own id; empty goes back to the program's.
func (h *House) UseClientID(ctx context.Context, kind kwadrans.ConnectionKind, id string) error {
	return h.Store.SetMeta(ctx, metaClientID+string(kind), id)
}
