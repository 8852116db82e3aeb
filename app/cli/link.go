package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
)

const scheme = "kwadrans://"

// linkOrNothing takes what the desktop passes when a kwadrans:// address is opened.
func linkOrNothing(cmd *cobra.Command, args []string) error {
	if len(args) == 1 && strings.HasPrefix(args[0], scheme) {
		return nil
	}
	return noArgs(cmd, args)
}

// link shows what a kwadrans:// address asks for, in the window where there is one.
// It never acts by itself: a sign-in begins only after a yes.
func (r *run) link(cmd *cobra.Command, address string) error {
	l, err := connect.ParseLink(address)
	if err != nil {
		return err
	}
	if r.Window != nil {
		return r.window(address)
	}
	return r.with(func(ctx context.Context, h *house.House, _ []string) error {
		if !l.Connect {
			err := r.showBooking(ctx, h, l.Booking)
			if kwadrans.CodeOf(err) == kwadrans.CodeWaiting {
				return nil // to look at it is not a failure
			}
			return err
		}
		r.explain(connect.Permissions(kwadrans.Personal))
		if _, ok := r.terminal(); !ok {
			return kwadrans.Errorf(kwadrans.CodeNotConnected, "a sign-in begins only after a yes, and nobody can be asked here").
				WithHint("connect it with: kwadrans zoom connect")
		}
		ok, err := r.confirmed(false, r.t("cli.link.sure"))
		if err != nil || !ok {
			return err
		}
		return r.signIn(ctx, h, false)
	})(cmd, nil)
}
