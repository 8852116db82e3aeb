package ical

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// meant lists the lines that a reader must find in a page.
func meant(head []prop, sheets [][]prop) []line {
	list := within("VCALENDAR", head)
	for i, props := range sheets {
		list = append(list, within(fmt.Sprintf("VCALENDAR/VEVENT[%d]", i), props)...)
	}
	return list
}

func within(in string, props []prop) []line {
	list := make([]line, len(props))
	for i, p := range props {
		list[i] = line{in: in, prop: p}
	}
	return list
}

// check reads a page as strangers do and says where it differs from what was
// meant: a line more, a line less, another value. So whatever a name or a
// message holds, it cannot become a property of its own.
func check(page []byte, want []line) error {
	got, err := parse(page)
	if err != nil {
		return err
	}
	g, w := keys(got), keys(want)
	if slices.Equal(g, w) {
		return nil
	}
	for i := range max(len(g), len(w)) {
		if i >= len(g) || i >= len(w) || g[i] != w[i] {
			return fmt.Errorf("ical: line %d of %d differs from what was meant, of %d", i+1, len(g), len(w))
		}
	}
	return nil
}

// keys writes each line with its parameters in order, and sorts: a multiset to compare.
func keys(list []line) []string {
	out := make([]string, len(list))
	for i, l := range list {
		params := slices.Clone(l.params)
		slices.SortFunc(params, func(a, b param) int { return cmp.Compare(a.name, b.name) })
		var b strings.Builder
		fmt.Fprintf(&b, "%s %q", l.in, l.name)
		for _, p := range params {
			fmt.Fprintf(&b, " %q=%q", p.name, p.values)
		}
		fmt.Fprintf(&b, " %q", l.value)
		out[i] = b.String()
	}
	slices.Sort(out)
	return out
}
