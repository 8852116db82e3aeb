package desk

import (
	"context"
	"errors"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// beginSignIn starts the sign-in that the browser goes on with.
func (d *Desk) beginSignIn(ctx context.Context, h *house.House) error {
	if _, err := h.ClientID(ctx, kwadrans.Personal); err != nil {
		return err
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	l := d.now
	switch {
	case l == nil || l.House != h:
		return busy()
	case l.signIn != nil:
		return kwadrans.Errorf(kwadrans.CodeConnecting, "another sign-in is under way").WithHint("finish it in the browser, or cancel it")
	}
	run, cancel := context.WithCancel(l.ctx)
	l.signIn = cancel
	l.uses.Go(func() {
		if err := safely(func() error { d.seeSignIn(run, l); return nil }); err != nil {
			l.Log.Error("desk: a sign-in ended badly", "error", err)
		}
	})
	return nil
}

// seeSignIn waits for the end of a sign-in, tells the page and brings the window
// to the front, where the person left it.
func (d *Desk) seeSignIn(ctx context.Context, l *live) {
	var res connect.Result
	err := safely(func() (err error) {
		res, err = l.Connect.Connect(ctx, kwadrans.Personal, connect.Options{Lang: d.language(ctx, l.House)})
		return err
	})
	given := errors.Is(ctx.Err(), context.Canceled)
	out := SignIn{OtherAccount: res.OtherAccount, Name: res.Connection.Account.Name, Email: res.Connection.Account.Email, Cancelled: given && err != nil}
	if err != nil {
		f := d.fault(context.Background(), l.House, err)
		out.Fault = &f
	}
	d.mu.Lock()
	l.signIn()
	l.signIn, l.lastSignIn = nil, out
	d.mu.Unlock()
	d.Emit(EventConnected, out)
	if !out.Cancelled && kwadrans.CodeOf(err) != kwadrans.CodeTimeout && !d.Raise() {
		d.notify(l.House, out)
	}
}

// notify says on the desktop how the sign-in ended, where the window may not come forward.
func (d *Desk) notify(h *house.House, s SignIn) {
	l := d.language(context.Background(), h)
	if s.Fault != nil {
		d.Notify("Kwadrans", lang.T(l, "error."+s.Fault.Code+".what"))
		return
	}
	d.Notify("Kwadrans", lang.T(l, "win.video.connected.notice", "account", first(s.Email, s.Name)))
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
