package sqlite

import (
	"reflect"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// When sources are taken is told as their copies tell it, each time anew.
func TestEachTaken(t *testing.T) {
	s := open(t, t.TempDir())
	long, short := week(30), week(2)
	short.Unknown = []kwadrans.Unknown{{Span: kwadrans.Span{Start: now, End: now.AddDate(0, 0, 1)}, Words: "x"}}
	for source, c := range map[string]*kwadrans.Copy{"zoom/long": &long, "zoom/short": &short, "zoom/none": nil, "zoom/damaged": &long} {
		_, err := s.KeepLook(ctx, source, kwadrans.Look{Copy: c})
		must(t, err)
	}
	_, err := s.w.Exec(`UPDATE source_copy SET times = X'01' WHERE source = 'zoom/damaged'`)
	must(t, err)
	got := map[string]Taken{}
	must(t, s.EachTaken(ctx, []string{"zoom/long", "zoom/short", "zoom/none", "zoom/damaged", "zoom/never"}, func(v Taken) {
		v.Busy, v.Unknown = append([]Stretch(nil), v.Busy...), append([]Stretch(nil), v.Unknown...)
		got[v.Source] = v
	}))
	want := map[string]Taken{
		"zoom/long":    {Source: "zoom/long", Gen: 1, Known: long.Span, Busy: stretches(long)},
		"zoom/short":   {Source: "zoom/short", Gen: 1, Known: short.Span, Busy: stretches(short), Unknown: []Stretch{{now.Unix(), now.AddDate(0, 0, 1).Unix()}}},
		"zoom/none":    {Source: "zoom/none"},
		"zoom/damaged": {Source: "zoom/damaged", Gen: 1},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("\n got %+v\nwant %+v", got, want)
	}
}

func stretches(c kwadrans.Copy) (list []Stretch) {
	for _, in := range c.Instances {
		list = append(list, Stretch{in.Start.Unix(), in.End.Unix()})
	}
	return list
}

// G14: for a team the data file is asked once, and nothing is made for an instance.
func TestATeamIsReadInOneQuestion(t *testing.T) {
	s := open(t, t.TempDir())
	copied := week(1000)
	_, err := s.KeepLook(ctx, storetest.Feed(1).ID, kwadrans.Look{Copy: &copied})
	code(t, err, kwadrans.CodeNotFound) // the control: only what exists has a copy
	var sources []string
	for _, name := range []string{"zoom/a", "zoom/b", "zoom/c", "zoom/d"} {
		_, err := s.KeepLook(ctx, name, kwadrans.Look{Copy: &copied})
		must(t, err)
		sources = append(sources, name)
	}
	read := func(sources []string) float64 {
		return testing.AllocsPerRun(20, func() {
			n := 0
			must(t, s.EachTaken(ctx, sources, func(v Taken) { n += len(v.Busy) }))
			if n != 1000*len(sources) {
				t.Error(n)
			}
		})
	}
	if more := read(sources) - read(sources[:1]); more > 3*20 {
		t.Errorf("three more members of a thousand instances take %v allocations more", more)
	}
}

// Unpacking allocates a fixed number of times, however much there is.
func TestUnpackAllocates(t *testing.T) {
	times, items := pack(week(5000))
	if n := testing.AllocsPerRun(10, func() { unpack(times, items) }); n > 12 {
		t.Errorf("%v allocations", n)
	}
	if len(times) > 5*5000 || len(items) > 3*5000 {
		t.Errorf("5,000 instances take %d and %d bytes", len(times), len(items))
	}
}
