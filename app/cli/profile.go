package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) profileCmd() *cobra.Command {
	var p kwadrans.Profile
	var language string
	set := &cobra.Command{Use: "set", Short: "Say who the host is", Args: exactly(),
		Long: "Say who the host is. What is left out stays as it was.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			p.Lang = kwadrans.Lang(language)
			saved, err := h.Setup.SetProfile(ctx, p)
			if err != nil {
				return err
			}
			r.lang, r.zone = saved.Lang, saved.Zone
			return r.show(saved, func() { r.printProfile(saved) })
		})}
	f := set.Flags()
	f.StringVar(&p.Name, "name", "", "name of the host")
	f.StringVar(&p.Email, "email", "", "mail address of the host")
	f.StringVar(&p.Zone, "zone", "", "IANA time zone, such as Europe/Warsaw")
	f.StringVar(&language, "lang", "", "pl or en")
	f.StringVar(&p.Org, "org", "", "firm, shown at the top of letters")
	show := &cobra.Command{Use: "show", Short: "Show who the host is", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			p, err := h.Setup.Profile(ctx)
			if err != nil {
				return err
			}
			return r.show(p, func() { r.printProfile(p) })
		})}
	return group("profile", "Who the host is", set, show)
}

func (r *run) printProfile(p kwadrans.Profile) {
	r.line(person(p.Name, p.Email))
	if p.Org != "" {
		r.line("  " + p.Org)
	}
	r.line("  " + p.Zone + " · " + r.t("lang."+string(p.Lang)))
}
