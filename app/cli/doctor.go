package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/lang"
)

func (r *run) doctorCmd() *cobra.Command {
	return &cobra.Command{Use: "doctor", Short: "Check everything that bookings need, and say what to mend", Args: exactly(),
		Long: "Check everything that bookings need, and say what to mend. It changes nothing and sends nothing.\n" +
			"The exit code is 0 when it could look at everything; what it found stands in its lines.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			list, err := h.Examine(ctx)
			if err != nil {
				return err
			}
			return r.show(map[string]any{"version": house.Version, "data": h.Dir, "checks": list}, func() {
				r.line("Kwadrans " + house.Version + " · " + h.Dir)
				for _, c := range list {
					mark := "✓"
					if !c.Good {
						mark = "✗"
					}
					text := mark + " " + r.t("doctor."+c.Key)
					if c.Detail != "" {
						text += ": " + lang.Words(r.lang, c.Detail)
					}
					r.line(text)
					if !c.Good {
						r.line("  → " + r.t("doctor."+c.Key+".do"))
					}
				}
			})
		})}
}
