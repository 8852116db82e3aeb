package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) scheduleCmd() *cobra.Command {
	var file string
	set := &cobra.Command{Use: "set NAME", Short: "Make or replace a schedule from a JSON file", Args: exactly("NAME"),
		Long: "Make or replace a schedule. The file has the form that schedule show --json prints:\n\n" +
			"  {\"zone\":\"Europe/Warsaw\",\"weekly\":{\"mon\":[\"9:00-12:00\",\"13:00-17:00\"]},\n" +
			"   \"exceptions\":[{\"date\":\"2026-12-24\",\"windows\":[],\"reason\":\"Wigilia\"}]}",
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			if file == "" {
				return usage("--file is missing")
			}
			var s kwadrans.Schedule
			if err := readJSONFile(file, &s); err != nil {
				return err
			}
			s.Name = args[0]
			if err := h.Setup.SetSchedule(ctx, s); err != nil {
				return err
			}
			s, err := h.Store.Schedule(ctx, s.Name)
			if err != nil {
				return err
			}
			return r.show(s, func() { r.printSchedule(s) })
		})}
	set.Flags().StringVar(&file, "file", "", "the JSON file")
	show := &cobra.Command{Use: "show NAME", Short: "Show a schedule", Args: exactly("NAME"),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			s, err := h.Store.Schedule(ctx, args[0])
			if err != nil {
				return err
			}
			return r.show(s, func() { r.printSchedule(s) })
		})}
	list := &cobra.Command{Use: "list", Short: "List the schedules", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			list, err := h.Store.Schedules(ctx)
			if err != nil {
				return err
			}
			return r.show(list, func() {
				for _, s := range list {
					r.printSchedule(s)
				}
				if len(list) == 0 {
					r.line(r.t("cli.schedule.none"))
				}
			})
		})}
	renamed := r.scheduleAct("rename NAME NEW-NAME", "Give a schedule another name; its topics go on with it", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		s, err := h.Store.Schedule(ctx, args[0])
		if err != nil || args[0] == args[1] {
			return s, err
		}
		s.Name = args[1]
		return h.Setup.ChangeSchedule(ctx, args[0], s)
	})
	copied := r.scheduleAct("copy NAME NEW-NAME", "Make a schedule like another one", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		return h.Setup.CopySchedule(ctx, args[0], args[1])
	})
	removed := r.scheduleAct("remove NAME", "Remove a schedule that no topic uses", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		return h.Setup.RemoveSchedule(ctx, args[0])
	})
	return group("schedule", "Schedules: when meetings can be booked", set, show, list, renamed, copied, removed)
}

// scheduleAct is a command that does something with a schedule and shows it.
func (r *run) scheduleAct(use, short string, act func(context.Context, *house.House, []string) (kwadrans.Schedule, error)) *cobra.Command {
	return &cobra.Command{Use: use, Short: short, Args: exactly(strings.Fields(use)[1:]...),
		RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
			s, err := act(ctx, h, args)
			if err != nil {
				return err
			}
			return r.show(s, func() { r.printSchedule(s) })
		})}
}

func (r *run) printSchedule(s kwadrans.Schedule) {
	r.line(s.Name + " · " + s.Zone)
	for i, day := range []string{"mon", "tue", "wed", "thu", "fri", "sat", "sun"} {
		if list := s.Weekly[(i+1)%7]; len(list) > 0 {
			r.line("  " + r.t("weekday."+day) + " " + windows(list))
		}
	}
	for _, e := range s.Exceptions {
		hours := windows(e.Windows)
		if hours == "" {
			hours = r.t("cli.schedule.closed")
		}
		if e.Reason != "" {
			hours += " · " + e.Reason
		}
		r.line("  " + e.Date.String() + " " + hours)
	}
}

func windows(list []kwadrans.Window) string {
	s := ""
	for i, w := range list {
		if i > 0 {
			s += ", "
		}
		s += w.String()
	}
	return s
}
