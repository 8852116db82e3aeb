package booking

import (
	"context"

	"kwadrans/internal/kwadrans"
)

// account returns the key of the Zoom account that is connected, after a look
// whether the step may act in it. What was made in another account, or may have
// been made there, can neither be changed nor deleted from here: Zoom would answer
// that there is no such meeting. Such a step waits for the next sign-in.
func (t MeetingTarget) account(ctx context.Context, st kwadrans.Step, b kwadrans.Booking) (string, error) {
	c, err := t.Connections.Connection(ctx, kwadrans.Personal)
	if err != nil {
		return "", notSent(err)
	}
	now := c.Account.Key()
	there := st.RemoteID != "" || st.MaybeSent
	switch {
	case !there, st.Account == "", st.Account == now, !c.Usable(): // the call says itself why it cannot be made
		return now, nil
	case now == "": // signed in a moment ago
		return "", &kwadrans.Fault{Code: kwadrans.CodeConnecting, Words: "Zoom has not said yet who is connected"}
	}
	f := &kwadrans.Fault{Code: kwadrans.CodeOtherAccount, Until: kwadrans.Forever, Words: "the meeting is in another Zoom account than the connected one"}
	if b.Zoom != nil && b.Zoom.HostMail != "" {
		f.Words = "the meeting is in the Zoom account of " + b.Zoom.HostMail
	}
	return "", f
}
