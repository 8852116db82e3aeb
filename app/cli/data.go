package cli

import (
	"context"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
)

func (r *run) backupCmd() *cobra.Command {
	return &cobra.Command{Use: "backup FILE", Short: "Write a complete copy of the data file while the program goes on", Args: exactly("FILE"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			if err := h.Store.Backup(ctx, args[0], false); err != nil {
				return err
			}
			return r.show(map[string]string{"file": args[0]}, func() { r.line(r.t("cli.written", "file", args[0])) })
		})}
}

func (r *run) restoreCmd() *cobra.Command {
	return &cobra.Command{Use: "restore FILE", Short: "Bring a backup back; the present file is kept beside it", Args: exactly("FILE"),
		Long: "Bring a backup back. The present file is kept under a name with the time. On another computer,\n" +
			"or with another key, the bookings are back and the connections ask for a new sign-in.",
		RunE: func(cmd *cobra.Command, args []string) error {
			dir, err := house.DataDir(r.data, r.Env)
			if err != nil {
				return err
			}
			kept, err := house.Restore(cmd.Context(), house.Config{Dir: dir, Env: r.Env, Now: r.Now}, args[0])
			if err != nil {
				return err
			}
			return r.with(func(ctx context.Context, h *house.House, args []string) error {
				fresh, err := h.AfterRestore(ctx)
				if err != nil {
					return err
				}
				return r.show(map[string]any{"restored": args[0], "kept": kept, "sign_in_again": fresh}, func() {
					r.line(r.t("cli.restored"))
					if kept != "" {
						r.line(r.t("cli.restored.kept", "file", kept))
					}
					if fresh {
						r.line(r.t("cli.restored.key"))
					}
				})
			})(cmd, args)
		}}
}

func (r *run) keyCmd() *cobra.Command {
	status := &cobra.Command{Use: "status", Short: "Say whether the key of the sealed sign-ins and passwords can be had", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			st := h.KeyState(ctx)
			return r.show(st, func() { r.line(r.t("key."+st.State, "source", r.t("key.source."+st.Source))) })
		})}
	var yes bool
	renew := &cobra.Command{Use: "renew", Short: "Give up what an old key sealed and go on with a new one", Args: exactly(),
		Long: "Give up what an old key sealed and go on with a new one: Zoom asks for a new sign-in, the mail\n" +
			"password has to be set again, and the bookings stay.",
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			ok, err := r.confirmed(yes, r.t("cli.key.sure"))
			if err != nil || !ok {
				return err
			}
			if err := h.RenewKey(ctx); err != nil {
				return err
			}
			st := h.KeyState(ctx)
			return r.show(st, func() { r.line(r.t("cli.key.renewed")) })
		})}
	renew.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return group("key", "The key that seals sign-ins and passwords", status, renew)
}
