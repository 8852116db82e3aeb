package cli

import (
	"context"
	"slices"

	"github.com/spf13/cobra"

	"kwadrans/app/house"
	"kwadrans/internal/busy"
	"kwadrans/internal/kwadrans"
)

type busyShape struct {
	Instances []instanceShape `json:"instances"`
	Busy      [][2]string     `json:"busy"`
	Unknown   []unknownShape  `json:"unknown"`
}

type instanceShape struct {
	UID     string `json:"uid"`
	Start   string `json:"start"`
	End     string `json:"end"`
	AllDay  bool   `json:"all_day"`
	Summary string `json:"summary"`
	Source  string `json:"source"`
}

type unknownShape struct {
	Start  string `json:"start"`
	End    string `json:"end"`
	Source string `json:"source"`
	Code   string `json:"code"`
}

func (r *run) busyCmd() *cobra.Command {
	var from, to, zone, file string
	c := &cobra.Command{Use: "busy", Short: "List when the host is taken, by source", Args: exactly()}
	kept := r.with(func(ctx context.Context, h *house.House, _ []string) error {
		p, err := h.Setup.Profile(ctx)
		if err != nil {
			return err
		}
		if zone == "" {
			zone = p.Zone
		}
		span, err := parseSpan(from, to, zone)
		if err != nil {
			return err
		}
		conn, err := h.Store.Connection(ctx, kwadrans.Personal)
		if err != nil {
			return err
		}
		if err := h.Look(ctx); err != nil {
			return err
		}
		rep, err := h.Busy.Read(ctx, busy.Ask{Host: kwadrans.Me, Span: span, Zoom: conn.State != kwadrans.NotConnected})
		if err != nil {
			return err
		}
		slices.SortStableFunc(rep.Busy, func(a, b kwadrans.Busy) int { return a.Start.Compare(b.Start) })
		if err := r.show(busyShapeOf(rep, zone), func() { r.printBusy(rep, zone) }); err != nil || len(rep.Unknown) == 0 {
			return err
		}
		return sourceUnknown(ctx, h)
	})
	c.RunE = func(cmd *cobra.Command, args []string) error {
		if file != "" {
			return r.pageBusy(cmd.Context(), file, from, to, first(zone, "UTC"))
		}
		return kept(cmd, args)
	}
	f := c.Flags()
	f.StringVar(&file, "ics", "", "only what this .ics file says; nothing is stored. Zone-less times are of --zone, or UTC")
	f.StringVar(&from, "from", "", "first day, or a time")
	f.StringVar(&to, "to", "", "last day, or a time")
	f.StringVar(&zone, "zone", "", "IANA zone to show the times in; the profile's when left out")
	_ = c.MarkFlagRequired("from")
	_ = c.MarkFlagRequired("to")
	return c
}

// spansOf are the stretches that are taken, ascending and apart.
func spansOf(list []kwadrans.Busy, zone string) [][2]string {
	spans := [][2]string{}
	for _, s := range busy.Merge(list) {
		spans = append(spans, [2]string{stamp(s.Start, zone), stamp(s.End, zone)})
	}
	return spans
}

func busyShapeOf(rep busy.Report, zone string) busyShape {
	v := busyShape{Instances: []instanceShape{}, Unknown: []unknownShape{}}
	for _, b := range rep.Busy {
		v.Instances = append(v.Instances, instanceShape{UID: b.ID, Start: stamp(b.Start, zone), End: stamp(b.End, zone), AllDay: b.AllDay, Summary: b.Item, Source: b.Source})
	}
	v.Busy = spansOf(rep.Busy, zone)
	for _, u := range rep.Unknown {
		v.Unknown = append(v.Unknown, unknownShape{stamp(u.Start, zone), stamp(u.End, zone), u.Source, string(u.Code)})
	}
	return v
}

// pageBusy tells what one file says. What cannot be worked out of it counts as busy.
func (r *run) pageBusy(ctx context.Context, file, from, to, zone string) error {
	span, err := parseSpan(from, to, zone)
	if err != nil {
		return err
	}
	page, err := house.ReadPage(ctx, file, span, zone)
	if err != nil {
		return err
	}
	rep := busy.Report{Unknown: page.Unknown}
	for _, in := range page.Instances {
		rep.Busy = append(rep.Busy, kwadrans.Busy{Span: in.Span, Kind: kwadrans.FromCalendar, ID: in.UID, Item: in.Summary, AllDay: in.AllDay, Source: page.Name, Assumed: in.Doubt})
	}
	v := busyShapeOf(rep, zone)
	for _, u := range page.Unknown {
		rep.Busy = append(rep.Busy, kwadrans.Busy{Span: u.Span})
	}
	v.Busy = spansOf(rep.Busy, zone)
	return r.show(v, func() { r.printBusy(busy.Report{Busy: rep.Busy[:len(page.Instances)], Unknown: page.Unknown}, zone) })
}

func (r *run) printBusy(rep busy.Report, zone string) {
	for _, b := range rep.Busy {
		r.line(r.when(b.Start, b.End, zone) + "  " + r.item(kwadrans.Conflict{Item: b.Item}) + " · " + r.source(b.Source))
	}
	for _, u := range rep.Unknown {
		r.line(r.when(u.Start, u.End, zone) + "  " + r.t("why.source-unknown") + " · " + r.source(u.Source))
	}
	if len(rep.Busy)+len(rep.Unknown) == 0 {
		r.line(r.t("cli.busy.none"))
	}
}
