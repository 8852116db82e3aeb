package cli

import (
	"strings"

	"github.com/spf13/pflag"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// tellFlags say who is told of a change, and whether it is only looked at.
type tellFlags struct{ plan, silent bool }

func (t *tellFlags) add(f *pflag.FlagSet) {
	f.BoolVar(&t.plan, "plan", false, "show what would go out, and change nothing")
	f.BoolVar(&t.silent, "no-notify", false, "the attendees get no letter; their calendars stay as they are")
}

// planShape is what a change would send.
type planShape struct {
	Start string      `json:"start"`
	End   string      `json:"end"`
	Parts []partShape `json:"parts"`
}

// partShape is one call, letter or calendar entry. Letter is as it would leave, but for
// the moment; empty when it cannot be written yet, and Code says why.
type partShape struct {
	Target string           `json:"target"`
	Act    booking.PartAct  `json:"act"`
	Place  string           `json:"place,omitempty"`
	Email  string           `json:"email,omitempty"`
	Code   kwadrans.Code    `json:"code,omitempty"`
	Letter *planLetterShape `json:"letter,omitempty"`
}

type planLetterShape struct {
	From     string `json:"from"`
	To       string `json:"to"`
	Subject  string `json:"subject"`
	Text     string `json:"text"`
	Calendar string `json:"calendar"`
}

func (r *run) showPlan(p booking.Plan) error {
	zone := p.Next.Wall.Zone
	v := planShape{Start: stamp(p.Next.Start, zone), End: stamp(p.Next.End, zone), Parts: []partShape{}}
	for _, part := range p.Parts {
		shape, err := partShapeOf(part)
		if err != nil {
			return err
		}
		v.Parts = append(v.Parts, shape)
	}
	return r.show(v, func() { r.printPlan(v) })
}

func partShapeOf(p booking.Part) (partShape, error) {
	v := partShape{Target: p.Target, Act: p.Act, Place: p.Place, Email: p.To.Email, Code: p.Code}
	if p.Bytes == nil {
		return v, nil
	}
	l, err := house.ReadLetter(p.Bytes)
	v.Letter = &planLetterShape{From: l.From, To: l.To, Subject: l.Subject, Text: l.Text, Calendar: l.Calendar}
	return v, err
}

func (r *run) printPlan(v planShape) {
	if len(v.Parts) == 0 {
		r.line(r.t("cli.plan.nothing"))
	}
	for _, p := range v.Parts {
		kind := kwadrans.Step{Target: p.Target}.Kind()
		r.line(r.t("cli.plan."+kind+"."+string(p.Act), "place", p.Place, "email", p.Email))
		switch {
		case p.Letter != nil:
			r.line("  " + p.Letter.Subject)
			for line := range strings.SplitSeq(strings.TrimRight(p.Letter.Text, "\n"), "\n") {
				r.line(strings.TrimRight("  | "+line, " "))
			}
		case p.Code != "":
			r.line("  " + r.t("cli.plan.later"))
		}
	}
}
