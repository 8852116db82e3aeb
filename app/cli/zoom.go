package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/connect"
	"kwadrans/internal/kwadrans"
)

func (r *run) zoomCmd() *cobra.Command {
	return group("zoom", "The connection to Zoom", r.zoomConnect(), r.zoomStatus(), r.zoomDisable(), r.zoomCheckID(), r.zoomUseID(), r.zoomPermissions())
}

func (r *run) zoomConnect() *cobra.Command {
	var silent bool
	c := &cobra.Command{Use: "connect", Short: "Connect Zoom: sign in with the browser", Args: exactly(),
		Long: "Connect Zoom. The sign-in opens in the browser and ends back here, within five minutes.\n" +
			"With --no-browser its address is the first line that is printed; with --json it is\n" +
			"{\"authorize_url\"} and the only value.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			if !silent {
				r.explain(connect.Permissions(kwadrans.Personal))
			}
			return r.signIn(ctx, h, silent)
		})}
	c.Flags().BoolVar(&silent, "no-browser", false, "print the sign-in address instead of opening it")
	return c
}

// signIn leads through a sign-in and shows what it brought.
func (r *run) signIn(ctx context.Context, h *house.House, silent bool) error {
	res, err := h.Connect.Connect(ctx, kwadrans.Personal, connect.Options{Lang: r.lang, Silent: silent, Announce: func(url string) {
		r.announce(url, silent)
	}})
	if err != nil {
		return err
	}
	st, err := h.Connect.Status(ctx, kwadrans.Personal)
	if err != nil || silent && r.json {
		return err
	}
	return r.show(connectionShapeOf(st), func() {
		if res.OtherAccount {
			r.line(r.t("cli.zoom.other"))
		}
		r.printStatus(st)
	})
}

// announce tells the address: alone on its line where a script reads it.
func (r *run) announce(url string, silent bool) {
	switch {
	case silent && r.json:
		enc := json.NewEncoder(r.Out)
		enc.SetEscapeHTML(false)
		_ = enc.Encode(map[string]string{"authorize_url": url})
	case silent:
		fmt.Fprintln(r.Out, url)
	case !r.json:
		fmt.Fprintln(r.Out, r.t("cli.zoom.browser"))
		fmt.Fprintln(r.Out, url)
	}
}

func (r *run) zoomStatus() *cobra.Command {
	return &cobra.Command{Use: "status", Short: "Ask Zoom whether the connection stands, and show what was granted", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			st, err := h.Connect.Status(ctx, kwadrans.Personal)
			if err != nil {
				return err
			}
			if st.Connection.Usable() {
				ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
				defer cancel()
				asked, askErr := h.Connect.Check(ctx, kwadrans.Personal)
				if askErr != nil && !r.json && kwadrans.CodeOf(askErr) == kwadrans.CodeOffline {
					r.line(r.t("cli.zoom.offline"))
				}
				if asked.Connection.State != "" {
					st = asked
				}
			}
			touched, err := touched(ctx, h)
			if err != nil {
				return err
			}
			v := connectionShapeOf(st)
			for _, b := range touched {
				v.Waiting = append(v.Waiting, b.ID)
			}
			return r.show(v, func() {
				r.printStatus(st)
				if len(touched) > 0 {
					r.line(r.t("cli.zoom.touched"))
					r.printList(touched)
				}
			})
		})}
}

// touched are the bookings whose Zoom meeting waits to be made, changed or deleted.
func touched(ctx context.Context, h *house.House) ([]kwadrans.Booking, error) {
	steps, err := h.Store.OpenSteps(ctx)
	if err != nil {
		return nil, err
	}
	var list []kwadrans.Booking
	for _, s := range steps {
		if s.Target != kwadrans.TargetZoom {
			continue
		}
		b, err := h.Store.Booking(ctx, s.Subject)
		if err != nil {
			return nil, err
		}
		list = append(list, b)
	}
	return list, nil
}

func (r *run) zoomDisable() *cobra.Command {
	return &cobra.Command{Use: "disable", Short: "End the connection; meetings that were made stay", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			revoked, err := h.Connect.Disable(ctx, kwadrans.Personal)
			if err != nil {
				return err
			}
			return r.show(map[string]any{"state": kwadrans.NotConnected, "revoked": revoked}, func() {
				r.line(r.t("cli.zoom.disabled"))
				if revoked {
					r.line(r.t("cli.zoom.revoked"))
				} else {
					r.line(r.t("cli.zoom.remove", "app", r.t("cli.zoom.app")))
				}
			})
		})}
}

func (r *run) zoomCheckID() *cobra.Command {
	return &cobra.Command{Use: "check-id ID", Short: "Tell a public client id from a confidential one, before signing in", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			kind, err := h.Connect.CheckID(ctx, args[0])
			if err != nil {
				return err
			}
			if err := r.show(map[string]any{"id": args[0], "kind": kind, "usable": kind == connect.PublicID}, func() { r.line(r.t("cli.zoom.id." + string(kind))) }); err != nil {
				return err
			}
			if kind != connect.PublicID {
				return kwadrans.Errorf(kwadrans.CodeInvalid, "zoom: this is not a public client id").WithHint("copy the Public Client ID, see docs/zoom-app.md, step 3")
			}
			return nil
		})}
}

func (r *run) zoomUseID() *cobra.Command {
	return &cobra.Command{Use: "use-id ID", Short: "Keep the client id of an own Zoom app; \"\" goes back to the program's", Args: exactly("ID"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			id := strings.TrimSpace(args[0])
			if id != "" {
				kind, err := h.Connect.CheckID(ctx, id)
				if err != nil {
					return err
				}
				if kind != connect.PublicID {
					return kwadrans.Errorf(kwadrans.CodeInvalid, "zoom: this is not a public client id").WithHint("copy the Public Client ID, see docs/zoom-app.md, step 3")
				}
			}
			if err := h.UseClientID(ctx, kwadrans.Personal, id); err != nil {
				return err
			}
			return r.show(map[string]string{"client_id": id}, func() { r.line(r.t("cli.zoom.id.kept")) })
		})}
}

func (r *run) zoomPermissions() *cobra.Command {
	return &cobra.Command{Use: "permissions", Short: "List what Zoom is asked to allow, and why", Args: exactly(),
		RunE: func(cmd *cobra.Command, _ []string) error {
			list := connect.Permissions(kwadrans.Personal)
			return r.show(permissionShapes(list), func() { r.explain(list) })
		}}
}

func (r *run) explain(list []connect.Permission) {
	r.line(r.t("cli.zoom.permissions"))
	for _, p := range list {
		r.line("• " + r.t("permission."+p.Key+".title"))
		r.line("  " + r.t("permission."+p.Key+".why"))
	}
}

func (r *run) printStatus(st connect.Status) {
	c := st.Connection
	r.line(r.t("connection." + strings.ToLower(strings.ReplaceAll(string(c.State), " ", "-"))))
	if c.State == kwadrans.NotConnected {
		return
	}
	if c.Account.Email != "" || c.Account.Name != "" {
		r.line("  " + person(c.Account.Name, c.Account.Email))
	}
	for _, p := range st.Permissions {
		mark := "✓"
		switch {
		case !c.Usable():
			mark = "–"
		case !p.Given:
			mark = "✗"
		}
		r.line("  " + mark + " " + r.t("permission."+p.Key+".title"))
	}
	if !c.LastUsed.IsZero() {
		r.line("  " + r.t("cli.zoom.used", "time", r.moment(c.LastUsed, r.zone)))
	}
	if c.State != kwadrans.Connected && c.State != kwadrans.Connecting {
		r.line("→ " + r.t("cli.zoom.again"))
	}
	if c.State == kwadrans.RemovedAtZoom {
		r.line(r.t("cli.zoom.remove", "app", r.t("cli.zoom.app")))
	}
}

type connectionShape struct {
	Kind        kwadrans.ConnectionKind  `json:"kind"`
	State       kwadrans.ConnectionState `json:"state"`
	Account     *kwadrans.Account        `json:"account"`
	ClientID    string                   `json:"client_id"`
	Granted     []string                 `json:"granted"`
	Permissions []grantShape             `json:"permissions"`
	ConnectedAt string                   `json:"connected_at,omitempty"`
	LastUsed    string                   `json:"last_used,omitempty"`
	Waiting     []string                 `json:"waiting"` // bookings whose Zoom step is open
}

type grantShape struct {
	Key     string   `json:"key"`
	Scopes  []string `json:"scopes"`
	Granted bool     `json:"granted"`
	Missing []string `json:"missing"`
}

func connectionShapeOf(st connect.Status) connectionShape {
	c := st.Connection
	v := connectionShape{Kind: c.Kind, State: c.State, ClientID: c.ClientID, Granted: append([]string{}, c.Granted...), Permissions: []grantShape{}, Waiting: []string{}}
	if c.Account.UserID != "" || c.Account.Email != "" {
		v.Account = &c.Account
	}
	for _, p := range st.Permissions {
		v.Permissions = append(v.Permissions, grantShape{p.Key, scopes(p.Permission), p.Given, append([]string{}, p.Missing...)})
	}
	if !c.Connected.IsZero() {
		v.ConnectedAt, v.LastUsed = stamp(c.Connected, "UTC"), stamp(c.LastUsed, "UTC")
	}
	return v
}

func scopes(p connect.Permission) []string {
	names := []string{}
	for _, s := range p.Scopes {
		names = append(names, s.Name)
	}
	return names
}

func permissionShapes(list []connect.Permission) []grantShape {
	out := []grantShape{}
	for _, p := range list {
		out = append(out, grantShape{Key: p.Key, Scopes: scopes(p), Missing: []string{}})
	}
	return out
}
