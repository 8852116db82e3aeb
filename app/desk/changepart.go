package desk

import (
	"strings"

	"kwadrans/app/house"
	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// partOf puts a part of a plan into shape.
func partOf(p booking.Part) (PlanPart, error) {
	kind := kwadrans.Step{Target: p.Target}.Kind()
	v := PlanPart{
		Kind: kind, Act: string(p.Act), Place: p.Place, Name: p.To.Name, Email: p.To.Email, Lang: string(p.To.Lang), ToHost: p.ToHost, Code: string(p.Code),
	}
	if kind == "zoom" {
		v.Call = zoomCall(p)
	}
	if p.Bytes == nil {
		return v, nil
	}
	letter, err := house.ReadLetter(p.Bytes)
	if err != nil {
		return v, err
	}
	before := house.Letter{}
	if p.Before != nil {
		if before, err = house.ReadLetter(p.Before); err != nil {
			return v, err
		}
	}
	v.Letter = &PlanLetter{
		From: letter.From, To: letter.To, ReplyTo: letter.ReplyTo, Subject: letter.Subject, Text: letter.Text,
		Calendar: calendarLines(letter.Calendar, before.Calendar),
	}
	return v, nil
}

// zoomCall is the call that a part makes (Zoom API: meetings).
func zoomCall(p booking.Part) string {
	switch p.Act {
	case booking.PartChange:
		return "PATCH /meetings/" + p.Place
	case booking.PartDelete:
		return "DELETE /meetings/" + p.Place
	}
	return "POST /users/me/meetings"
}

// calendarLines are the lines of an invitation, without what is known only when it is
// sent. Compared are whole properties, not where their lines are folded (RFC 5545 §3.1).
func calendarLines(page, before string) []CalendarLine {
	had := map[string]bool{}
	for _, line := range properties(before) {
		had[line] = true
	}
	list := []CalendarLine{}
	for _, line := range properties(page) {
		if strings.HasPrefix(line, "DTSTAMP:") || strings.HasPrefix(line, "LAST-MODIFIED:") {
			continue
		}
		list = append(list, CalendarLine{Text: line, Changed: before != "" && !had[line]})
	}
	return list
}

func properties(page string) []string {
	if page == "" {
		return nil
	}
	return strings.Split(strings.TrimRight(strings.ReplaceAll(page, "\n ", ""), "\n"), "\n")
}
