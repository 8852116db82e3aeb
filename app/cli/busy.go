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
	var from, to, zone string
	c := &cobra.Command{Use: "busy", Short: "List when the host is taken, by source", Args: exactly(),
		RunE: r.with(func(ctx context.Context, h *house.House, _ []string) error {
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
			rep, err := h.Busy.Read(ctx, busy.Ask{Host: kwadrans.Me, Span: span, Zoom: conn.State != kwadrans.NotConnected})
			if err != nil {
				return err
			}
			slices.SortStableFunc(rep.Busy, func(a, b kwadrans.Busy) int { return a.Start.Compare(b.Start) })
			if err := r.show(busyShapeOf(rep, zone), func() { r.printBusy(rep, zone) }); err != nil || len(rep.Unknown) == 0 {
				return err
			}
			return sourceUnknown(ctx, h)
		})}
	f := c.Flags()
	f.StringVar(&from, "from", "", "first day, or a time")
	f.StringVar(&to, "to", "", "last day, or a time")
	f.StringVar(&zone, "zone", "", "IANA zone to show the times in; the profile's when left out")
	_ = c.MarkFlagRequired("from")
	_ = c.MarkFlagRequired("to")
	return c
}

func busyShapeOf(rep busy.Report, zone string) busyShape {
	v := busyShape{Instances: []instanceShape{}, Busy: [][2]string{}, Unknown: []unknownShape{}}
	for _, b := range rep.Busy {
		v.Instances = append(v.Instances, instanceShape{UID: b.ID, Start: stamp(b.Start, zone), End: stamp(b.End, zone), Summary: b.Item, Source: b.Source})
	}
	for _, s := range busy.Merge(rep.Busy) {
		v.Busy = append(v.Busy, [2]string{stamp(s.Start, zone), stamp(s.End, zone)})
	}
	for _, u := range rep.Unknown {
		v.Unknown = append(v.Unknown, unknownShape{stamp(u.Start, zone), stamp(u.End, zone), u.Source, string(u.Code)})
	}
	return v
}

func (r *run) printBusy(rep busy.Report, zone string) {
	for _, b := range rep.Busy {
		r.line(r.when(b.Start, b.End, zone) + "  " + b.Item + " · " + r.t("source."+b.Source))
	}
	for _, u := range rep.Unknown {
		r.line(r.when(u.Start, u.End, zone) + "  " + r.t("why.source-unknown") + " · " + r.t("source."+u.Source))
	}
	if len(rep.Busy)+len(rep.Unknown) == 0 {
		r.line(r.t("cli.busy.none"))
	}
}
