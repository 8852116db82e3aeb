package desk

import (
	"context"
	"strings"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
)

// Video is the screen Integrations → Video.
type Video struct{ desk *Desk }

// Status returns the state of the connection without asking Zoom.
func (v *Video) Status() (Connection, error) {
	return call(v.desk, status)
}

// checkTime is how long Zoom may take to answer whether the connection stands.
const checkTime = 15 * time.Second

// Check asks Zoom whether the connection stands.
func (v *Video) Check() (Connection, error) {
	return call(v.desk, func(ctx context.Context, h *house.House) (Connection, error) {
		ask, cancel := context.WithTimeout(ctx, checkTime)
		defer cancel()
		st, asked := h.Connect.Check(ask, kwadrans.Personal)
		if asked != nil && st.Connection.State == "" {
			return Connection{}, asked
		}
		c, err := connectionOf(ctx, h, st)
		c.Offline = asked != nil && kwadrans.CodeOf(asked) == kwadrans.CodeOffline
		return c, err
	})
}

// Connect begins a sign-in in the browser and returns at once; how it ends
// comes as EventConnected. Only one can be under way: CodeConnecting.
func (v *Video) Connect() error {
	return alter(v.desk, v.desk.beginSignIn)
}

// Cancel gives the sign-in under way up; the old connection stays as it was.
func (v *Video) Cancel() error {
	v.desk.mu.RLock()
	defer v.desk.mu.RUnlock()
	if l := v.desk.now; l != nil && l.signIn != nil {
		l.signIn()
	}
	return nil
}

// LastSignIn tells how the last sign-in over this data ended, for a page that missed
// the event; empty when there was none.
func (v *Video) LastSignIn() (SignIn, error) {
	v.desk.mu.RLock()
	defer v.desk.mu.RUnlock()
	if v.desk.now == nil {
		return SignIn{}, nil
	}
	return v.desk.now.lastSignIn, nil
}

// Disable ends the connection; meetings that were made stay.
func (v *Video) Disable() (Disabled, error) {
	return change(v.desk, func(ctx context.Context, h *house.House) (Disabled, error) {
		revoked, err := h.Connect.Disable(ctx, kwadrans.Personal)
		if err != nil {
			return Disabled{}, err
		}
		c, err := status(ctx, h)
		return Disabled{Revoked: revoked, Connection: c}, err
	})
}

// CheckID tells a public client id from a confidential one, before anybody signs in.
func (v *Video) CheckID(id string) (IDCheck, error) {
	return call(v.desk, func(ctx context.Context, h *house.House) (IDCheck, error) {
		kind, err := h.Connect.CheckID(ctx, strings.TrimSpace(id))
		return IDCheck{Kind: string(kind), Usable: kind == connect.PublicID}, err
	})
}

// UseID keeps the user's own client id; empty goes back to the program's.
func (v *Video) UseID(id string) (Connection, error) {
	return change(v.desk, func(ctx context.Context, h *house.House) (Connection, error) {
		if err := h.UseClientID(ctx, kwadrans.Personal, strings.TrimSpace(id)); err != nil {
			return Connection{}, err
		}
		return status(ctx, h)
	})
}
