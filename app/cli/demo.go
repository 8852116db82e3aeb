package cli

import (
	"fmt"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) demoCmd() *cobra.Command {
	var out, language string
	c := &cobra.Command{Use: "demo", Short: "Do the main job from end to end against the built-in sandbox", Args: exactly(),
		Long: "Connect the built-in Zoom look-alike, make a topic, book it and send the letters, over real HTTP\n" +
			"and a real SMTP conversation on this computer. It asks nothing and needs no network. What it\n" +
			"leaves in --out: invite.ics, the letters as .eml, and the data file.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if language != "" {
				l, err := kwadrans.ParseLang(language)
				if err != nil {
					return err
				}
				r.lang = l
			}
			dir, err := filepath.Abs(out)
			if err != nil {
				return err
			}
			res, err := house.Demo{Out: dir, Lang: r.lang, Tell: r.tell}.Run(cmd.Context())
			if err != nil {
				return err
			}
			return r.show(map[string]any{"booking": shapeOf(res.Booking, res.Steps, nil), "invite": res.Invite, "letters": res.Letters, "data": res.Data}, func() {
				r.line(r.t("demo.done", "out", dir))
			})
		}}
	c.Flags().StringVar(&out, "out", filepath.Join("out", "demo"), "directory for what the demo leaves; an earlier demo there is replaced")
	c.Flags().StringVar(&language, "lang", "", "pl or en; the machine's language when left out")
	return c
}

// tell prints a step of the demo; instants become times in their zone.
func (r *run) tell(key string, args ...any) {
	zone, end := "UTC", time.Time{}
	for i := 0; i+1 < len(args); i += 2 {
		switch v := args[i+1].(type) {
		case string:
			if args[i] == "zone" {
				zone = v
			}
		case time.Time:
			if args[i] == "end" {
				end = v
			}
		}
	}
	for i := 0; i+1 < len(args); i += 2 {
		switch v := args[i+1].(type) {
		case time.Time:
			args[i+1] = r.moment(v, zone)
			if args[i] == "when" && !end.IsZero() {
				args[i+1] = r.when(v, end, zone)
			}
		case kwadrans.WhyNot:
			args[i+1] = r.t("why." + string(v))
		}
	}
	r.line("• " + r.t(key, args...))
}

func (r *run) sandboxCmd() *cobra.Command {
	var addr string
	var allow bool
	c := &cobra.Command{Use: "sandbox", Short: "Run the built-in Zoom look-alike and letter catcher", Args: exactly(),
		Long: "Run the built-in Zoom look-alike and letter catcher until interrupted, on this computer only. It\n" +
			"prints the environment that points other commands at it; its data lie in a directory of their\n" +
			"own. What is in the look-alike is forgotten when it ends. It is steered under /control/.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			dir, err := r.sandboxDir()
			if err != nil {
				return err
			}
			s, err := house.StartSandbox(cmd.Context(), dir, addr)
			if err != nil {
				return err
			}
			defer func() { _ = s.Close() }()
			if !allow {
				s.Ask()
			}
			h, err := s.Open(cmd.Context(), "sandbox@example.com", nil)
			if err != nil {
				return err
			}
			if err := h.Close(); err != nil {
				return err
			}
			if err := r.show(map[string]any{"env": s.Env(), "smtp": s.Mail.Addr(), "letters": s.Mails}, func() { r.printSandbox(s) }); err != nil {
				return err
			}
			ctx, stop := signal.NotifyContext(cmd.Context(), syscall.SIGINT, syscall.SIGTERM)
			defer stop()
			<-ctx.Done()
			return nil
		}}
	c.Flags().StringVar(&addr, "addr", "127.0.0.1:0", "where the look-alike listens")
	c.Flags().BoolVar(&allow, "allow", false, "allow every sign-in at once instead of asking in the browser")
	return c
}

// sandboxDir is the directory asked for, else one beside the real data.
func (r *run) sandboxDir() (string, error) {
	dir, err := house.DataDir(r.data, r.Env)
	if err == nil && r.data == "" && r.Env("KWADRANS_DATA") == "" {
		dir += "-sandbox"
	}
	return dir, err
}

func (r *run) printSandbox(s *house.Sandbox) {
	env := s.Env()
	names := make([]string, 0, len(env))
	for name := range env {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(r.Out, "export %s='%s'\n", name, env[name])
	}
	fmt.Fprintln(r.Err, r.t("cli.sandbox.running", "letters", s.Mails))
}
