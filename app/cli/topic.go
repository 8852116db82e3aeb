package cli

import (
	"context"
	"strings"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

func (r *run) topicCmd() *cobra.Command {
	one := func(use, short string, f func(ctx context.Context, h *house.House, slug string) (kwadrans.Topic, error)) *cobra.Command {
		return &cobra.Command{Use: use + " SLUG", Short: short, Args: exactly("SLUG"),
			RunE: r.with(func(ctx context.Context, h *house.House, args []string) error {
				t, err := f(ctx, h, args[0])
				if err != nil {
					return err
				}
				return r.show(t, func() { r.printTopic(t) })
			})}
	}
	list := &cobra.Command{Use: "list", Short: "List the topics", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
			list, err := h.Store.Topics(ctx)
			if err != nil {
				return err
			}
			return r.show(list, func() {
				for _, t := range list {
					r.printTopic(t)
				}
				if len(list) == 0 {
					r.line(r.t("cli.topic.none"))
				}
			})
		})}
	return group("topic", "Meeting topics: what can be booked", r.topicAdd(), list,
		one("show", "Show a topic", func(ctx context.Context, h *house.House, slug string) (kwadrans.Topic, error) {
			return h.Store.Topic(ctx, slug)
		}),
		one("on", "Let a topic be booked again", func(ctx context.Context, h *house.House, slug string) (kwadrans.Topic, error) {
			return h.Setup.SwitchTopic(ctx, slug, true)
		}),
		one("off", "Keep a topic from being booked", func(ctx context.Context, h *house.House, slug string) (kwadrans.Topic, error) {
			return h.Setup.SwitchTopic(ctx, slug, false)
		}),
		one("remove", "Remove a topic; its bookings stay", func(ctx context.Context, h *house.House, slug string) (kwadrans.Topic, error) {
			t, err := h.Store.Topic(ctx, slug)
			if err == nil {
				err = h.Store.RemoveTopic(ctx, slug)
			}
			return t, err
		}))
}

// topicFlags are the ones that have a place in Topic.
type topicFlags struct {
	name, duration, place, detail, slug, schedule, file, step, notice string
	before, after                                                     string
	days                                                              int
}

func (r *run) topicAdd() *cobra.Command {
	var in topicFlags
	c := &cobra.Command{Use: "add", Short: "Make a topic", Args: exactly(),
		Long: "Make a topic. Without more said it is bookable Monday to Friday, 9:00 to 17:00 in the\n" +
			"profile's zone, every 15 minutes, 90 days ahead. --file takes what topic show --json prints;\n" +
			"flags beat the file.",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return r.with(func(ctx context.Context, h *house.House, _ []string) error {
				t, err := in.topic(cmd)
				if err != nil {
					return err
				}
				t, err = h.Setup.AddTopic(ctx, t)
				if err != nil {
					return err
				}
				return r.show(t, func() { r.printTopic(t) })
			})(cmd, nil)
		}}
	f := c.Flags()
	f.StringVar(&in.name, "name", "", "name of the topic")
	f.StringVar(&in.duration, "duration", "30m", "how long a meeting is")
	f.StringVar(&in.place, "place", "", "zoom, phone, address or link")
	f.StringVar(&in.detail, "place-detail", "", "the number, the address or the https link")
	f.StringVar(&in.slug, "slug", "", "short name; made from the name when left out")
	f.StringVar(&in.schedule, "schedule", "default", "name of the schedule")
	f.StringVar(&in.step, "step", "15m", "distance of the starts")
	f.StringVar(&in.before, "buffer-before", "0m", "free time kept before a meeting")
	f.StringVar(&in.after, "buffer-after", "0m", "free time kept after a meeting")
	f.StringVar(&in.notice, "notice", "0m", "how long before its start a meeting must be booked")
	f.IntVar(&in.days, "days-ahead", 90, "how many days ahead can be booked")
	f.StringVar(&in.file, "file", "", "read the topic from a JSON file")
	return c
}

// topic builds the topic: the file first, then every flag that was given.
func (in *topicFlags) topic(cmd *cobra.Command) (kwadrans.Topic, error) {
	t := kwadrans.DefaultTopic(in.name, 0)
	if in.file != "" {
		if err := readJSONFile(in.file, &t); err != nil {
			return t, err
		}
	}
	given := func(flag string) bool { return cmd.Flags().Changed(flag) || in.file == "" }
	if given("name") {
		t.Name = in.name
	}
	if t.Slug == "" || cmd.Flags().Changed("slug") {
		t.Slug = kwadrans.Slug(t.Name)
		if in.slug != "" {
			t.Slug = in.slug
		}
	}
	for _, d := range []struct {
		flag, text string
		to         *kwadrans.Duration
	}{
		{"duration", in.duration, &t.Duration}, {"step", in.step, &t.Step}, {"buffer-before", in.before, &t.BufferBefore},
		{"buffer-after", in.after, &t.BufferAfter}, {"notice", in.notice, &t.MinNotice},
	} {
		if !given(d.flag) {
			continue
		}
		v, err := kwadrans.ParseDuration(d.text)
		if err != nil {
			return t, err
		}
		*d.to = v
	}
	if given("days-ahead") {
		t.MaxDays = in.days
	}
	if given("schedule") {
		t.Schedule = in.schedule
	}
	if cmd.Flags().Changed("place") {
		t.Places = []kwadrans.Place{{Kind: kwadrans.PlaceKind(strings.ToLower(in.place)), Detail: in.detail}}
	}
	return t, nil
}

func (r *run) printTopic(t kwadrans.Topic) {
	s := t.Slug + " · " + t.Name + " · " + t.Duration.String() + " · " + r.t("place."+string(t.Place().Kind))
	if !t.On {
		s += " · " + r.t("cli.topic.off")
	}
	r.line(s)
}
