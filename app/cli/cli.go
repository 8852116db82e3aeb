// Package cli is the door of the command line: one file per noun. It reads what
// was asked, lets an act do it and prints the answer, for people in their
// language or as JSON for programs.
package cli

import (
	"context"
	"io"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Program is the command line with what it needs of the outside.
type Program struct {
	In       io.Reader
	Out, Err io.Writer
	Env      func(string) string
	Browser  func(url string) error // shows a page in the system's browser
	Now      func() time.Time
	Window   func(dir, link string) error // opens the window over a data directory; nil in a build without one
	Tune     house.Tune                   // nil but in tests
}

// Run carries out one command and returns its exit code: 0 done, 1 failed, 2
// wrong usage, 3 bad input, 4 not free, 5 connect or reconnect needed, 6 saved but
// steps are still waiting.
func (p *Program) Run(ctx context.Context, args []string) int {
	r := &run{Program: p, lang: lang.OfSystem(p.Env), zone: "UTC"}
	root := r.root()
	root.SetArgs(args)
	r.json = slices.Contains(args, "--json") // a failure before the flags are read is told as asked
	root.SetIn(p.In)
	root.SetOut(p.Out)
	root.SetErr(p.Err)
	err := root.ExecuteContext(ctx)
	if e := r.close(); err == nil {
		err = e
	}
	return r.fail(err)
}

// run is one command under way.
type run struct {
	*Program
	lang kwadrans.Lang
	zone string // of the owner of the file
	data string // --data
	json bool   // --json
	h    *house.House
}

func (r *run) root() *cobra.Command {
	root := &cobra.Command{
		Use: "kwadrans", Short: "A local-first scheduler with Zoom at its heart",
		Long: "Kwadrans books meetings: each booking gets its own Zoom meeting and everybody gets the link.\n" +
			"Everything lies in one file on this computer. Times are RFC 3339 with an offset, zones IANA\n" +
			"names, lengths 30m or 1h30m.\n\n" +
			"Exit codes: 0 done, 1 failed, 2 wrong usage, 3 bad input, 4 not free, 5 connect or reconnect\n" +
			"needed, 6 saved but steps are still waiting.",
		Version: house.Version, SilenceErrors: true, SilenceUsage: true, Args: linkOrNothing,
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(args) == 1 {
				return r.link(cmd, args[0])
			}
			return r.noCommand(cmd)
		},
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.SetFlagErrorFunc(flagError)
	f := root.PersistentFlags()
	f.StringVar(&r.data, "data", "", "directory of the data file (also KWADRANS_DATA)")
	f.BoolVar(&r.json, "json", false, "print one JSON value and nothing else")
	root.AddCommand(
		r.profileCmd(), r.zoomCmd(), r.mailCmd(), r.topicCmd(), r.scheduleCmd(), r.calendarCmd(), r.slotsCmd(), r.busyCmd(), r.bookCmd(), r.bookingCmd(),
		r.outboxCmd(), r.backupCmd(), r.restoreCmd(), r.keyCmd(), r.replyCmd(), r.doctorCmd(), r.sandboxCmd(), r.demoCmd(), r.serveCmd(),
	)
	return root
}

// noCommand opens the window; a build without one shows what can be done.
func (r *run) noCommand(cmd *cobra.Command) error {
	if r.Window != nil {
		return r.window("")
	}
	return cmd.Help()
}

// window opens the window, which shows what a kwadrans:// address asks for; with ""
// there is none.
func (r *run) window(link string) error {
	dir, err := house.DataDir(r.data, r.Env)
	if err != nil {
		return err
	}
	return r.Window(dir, link)
}

// house opens the data file once and learns the language of its owner.
func (r *run) house(ctx context.Context) (*house.House, error) {
	if r.h != nil {
		return r.h, nil
	}
	dir, err := house.DataDir(r.data, r.Env)
	if err != nil {
		return nil, err
	}
	h, err := house.Open(ctx, house.Config{Dir: dir, Env: r.Env, Open: r.Browser, Now: r.Now, Passphrase: r.askPassphrase, Tune: r.Tune})
	if err != nil {
		return nil, err
	}
	r.h = h
	if p, ok, err := h.Store.Profile(ctx); err == nil && ok {
		r.lang, r.zone = p.Lang, p.Zone
	}
	return h, nil
}

func (r *run) close() error {
	if r.h == nil {
		return nil
	}
	return r.h.Close()
}

// with makes the work of a command that needs the data file.
func (r *run) with(f func(ctx context.Context, h *house.House, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		h, err := r.house(cmd.Context())
		if err != nil {
			return err
		}
		return f(cmd.Context(), h, args)
	}
}

// group is a noun: it does nothing without a verb.
func group(use, short string, verbs ...*cobra.Command) *cobra.Command {
	c := &cobra.Command{Use: use, Short: short, RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return usage("there is no command %q", cmd.CommandPath()+" "+args[0]).WithHint("see %s --help", cmd.CommandPath())
		}
		_ = cmd.Help()
		return usage("%s needs a verb", cmd.CommandPath())
	}}
	c.AddCommand(verbs...)
	return c
}

func noArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usage("there is no command %q", cmd.CommandPath()+" "+args[0]).WithHint("see %s --help", cmd.CommandPath())
}

// exactly asks for named arguments.
func exactly(names ...string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < len(names):
			return usage("%s is missing", names[len(args)]).WithHint("see %s --help", cmd.CommandPath())
		case len(args) > len(names):
			return usage("%q is one argument too many", args[len(names)]).WithHint("see %s --help", cmd.CommandPath())
		}
		return nil
	}
}

func usage(format string, args ...any) *kwadrans.Error {
	return kwadrans.Errorf(kwadrans.CodeUsage, format, args...)
}
