package foreign

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"
)

// Beginning near the stretch is the same as beginning at the start, by the
// library itself: for a rule with its blanks filled in it finds the same from there.
func TestSeekIsTheLibrary(t *testing.T) {
	near, all := 0, 0
	rapid.Check(t, func(t *rapid.T) {
		text := inventRule(rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "rule"), 2)))
		start := time.Date(2001, 3, 4, 5, 6, 7, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 4000).Draw(t, "start"))
		from := start.AddDate(0, 0, rapid.IntRange(0, 9000).Draw(t, "from"))
		to := from.AddDate(0, 13, 0)
		r, err := parseRule(text, moment{wall: start, loc: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		r.count, r.until = 0, until{}
		begin := r.seek(start, from)
		if begin.After(from) {
			t.Fatalf("%s: %v is behind %v", text, begin, from)
		}
		if all++; begin.After(start) {
			near++
		}
		if got, want := libraryFrom(t, r, begin, from, to), libraryFrom(t, r, r.begin(start, 0), from, to); !slices.Equal(got, want) {
			t.Fatalf("%s from %v:\ngot  %v\nwant %v", text, start, got, want)
		}
	})
	if near < all/4 {
		t.Errorf("only %d of %d rules began near", near, all)
	}
}

func libraryFrom(t *rapid.T, r rule, begin, from, to time.Time) []time.Time {
	o := r.opt
	o.Dtstart, o.Until = begin, to
	lib, err := rrule.NewRRule(o)
	if err != nil {
		t.Fatal(err)
	}
	return lib.Between(from, to, true)
}

// The control: a rule that begins one period off is seen.
func TestSeekFindsMutants(t *testing.T) {
	start := time.Date(2001, 3, 5, 9, 0, 0, 0, time.UTC)
	for _, text := range []string{"FREQ=WEEKLY;INTERVAL=2", "FREQ=MONTHLY;INTERVAL=3", "FREQ=DAILY;INTERVAL=4", "FREQ=YEARLY;INTERVAL=2"} {
		r, err := parseRule(text, moment{wall: start, loc: time.UTC})
		if err != nil {
			t.Fatal(err)
		}
		in := stretch{start.AddDate(20, 0, 0), start.AddDate(24, 0, 0)}
		got, _, _ := found(text, start, in)
		var off []time.Time
		r.walk(r.begin(start, 1).Add(9*time.Hour), in, newBudget(context.Background()), func(t time.Time) bool {
			off = append(off, t)
			return true
		})
		if len(got) == 0 || slices.Equal(got, off) {
			t.Errorf("%s: %v and %v", text, got, off)
		}
	}
}

// An event that has recurred for decades costs as much as a young one.
func BenchmarkOldRule(b *testing.B) {
	for name, text := range map[string]string{
		"young": page("UID:x", "DTSTART:20261005T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE"),
		"old":   page("UID:x", "DTSTART:19801006T090000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE"),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if n := len(expand(year, hanna(), text).Instances); n < 110 {
					b.Fatal(n)
				}
			}
		})
	}
}

// BenchmarkTenThousand reads a file of 10 000 events, a tenth of them series,
// and expands it over 13 months.
func BenchmarkTenThousand(b *testing.B) {
	text := tenThousand()
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		if n := len(expand(year, hanna(), text).Instances); n < 20_000 {
			b.Fatal(n)
		}
	}
}
