package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) scheduleCmd() *cobra.Command {
	return group("schedule", "Schedules: when meetings can be booked",
		r.scheduleSet(), r.scheduleShow(), r.scheduleList(), r.scheduleRename(), r.scheduleCopy(), r.scheduleRemove())
}

func (r *run) scheduleSet() *cobra.Command {
	var file string
	set := r.scheduleAct("set NAME", "Make or replace a schedule from a JSON file", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		var s kwadrans.Schedule
		if file == "" {
			return s, usage("--file is missing")
		}
		if err := readJSONFile(file, &s); err != nil {
			return s, err
		}
		s.Name = args[0]
		if err := h.Setup.SetSchedule(ctx, s); err != nil {
			return s, err
		}
		return h.Store.Schedule(ctx, s.Name)
	})
	set.Long = "Make or replace a schedule. The file has the form that schedule show --json prints:\n\n" +
		"  {\"zone\":\"Europe/Warsaw\",\"weekly\":{\"mon\":[\"9:00-12:00\",\"13:00-17:00\"]},\n" +
		"   \"exceptions\":[{\"date\":\"2026-12-24\",\"windows\":[],\"reason\":\"Wigilia\"}]}"
	set.Flags().StringVar(&file, "file", "", "the JSON file")
	return set
}

func (r *run) scheduleShow() *cobra.Command {
	return r.scheduleAct("show NAME", "Show a schedule", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		return h.Store.Schedule(ctx, args[0])
	})
}

func (r *run) scheduleList() *cobra.Command {
	return &cobra.Command{Use: "list", Short: "List the schedules", Args: exactly(),
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
}

func (r *run) scheduleRename() *cobra.Command {
	return r.scheduleAct("rename NAME NEW-NAME", "Give a schedule another name; its topics go on with it", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		s, err := h.Store.Schedule(ctx, args[0])
		if err != nil || args[0] == args[1] {
			return s, err
		}
		s.Name = args[1]
		return h.Setup.ChangeSchedule(ctx, args[0], s)
	})
}

func (r *run) scheduleCopy() *cobra.Command {
	return r.scheduleAct("copy NAME NEW-NAME", "Make a schedule like another one", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		return h.Setup.CopySchedule(ctx, args[0], args[1])
	})
}

func (r *run) scheduleRemove() *cobra.Command {
	return r.scheduleAct("remove NAME", "Remove a schedule that no topic uses", func(ctx context.Context, h *house.House, args []string) (kwadrans.Schedule, error) {
		return h.Setup.RemoveSchedule(ctx, args[0])
	})
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
	texts := make([]string, len(list))
	for i, w := range list {
		texts[i] = w.String()
	}
	return strings.Join(texts, ", ")
}
