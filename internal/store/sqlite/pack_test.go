package sqlite

import (
	"math/rand/v2"
	"reflect"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/store/storetest"
)

// dice makes copies of all kinds.
type dice struct{ *rand.Rand }

func (d dice) time() time.Time {
	return time.Unix(d.Int64N(1<<33)-1<<31, 0).UTC()
}

func (d dice) text() string {
	return []string{"", "żółw", "a", string(make([]byte, 300)), "\xff"}[d.IntN(5)]
}

func (d dice) copy() (c kwadrans.Copy) {
	c.Start, c.End = d.time().Add(time.Duration(d.IntN(1e9))), d.time()
	step := []time.Duration{time.Second, time.Minute, 24 * time.Hour}[d.IntN(3)]
	at := d.time().Truncate(time.Minute)
	for range d.IntN(40) {
		at = at.Add(time.Duration(d.IntN(200)) * step)
		c.Instances = append(c.Instances, kwadrans.Instance{UID: d.text(), Summary: d.text(), AllDay: d.IntN(2) == 0, Doubt: d.IntN(2) == 0,
			Span: kwadrans.Span{Start: at, End: at.Add(time.Duration(d.IntN(90)) * step)}})
	}
	for range d.IntN(3) {
		at := d.time()
		c.Unknown = append(c.Unknown, kwadrans.Unknown{Span: kwadrans.Span{Start: at, End: at.Add(step)}, Source: d.text(), Code: kwadrans.Code(d.text()), Words: d.text()})
	}
	return c
}

// What is packed comes out as it was.
func TestPack(t *testing.T) {
	const seed = 20261125
	d := dice{rand.New(rand.NewPCG(seed, 0))}
	for i := range 2000 {
		c := d.copy()
		if got, ok := unpack(pack(c)); !ok || !reflect.DeepEqual(got, c) {
			t.Fatalf("seed %d, round %d: %v\n got %+v\nwant %+v", seed, i, ok, got, c)
		}
	}
	if got, ok := unpack(pack(kwadrans.Copy{})); !ok || !reflect.DeepEqual(got, kwadrans.Copy{}) {
		t.Errorf("%v %+v", ok, got)
	}
}

// What does not fit the form is never shorter than it was, and comes in order.
func TestPackRoundsOutwards(t *testing.T) {
	at := now.Add(time.Millisecond)
	c := kwadrans.Copy{Instances: []kwadrans.Instance{
		{UID: "second", Span: kwadrans.Span{Start: at.Add(time.Hour), End: at.Add(2 * time.Hour)}},
		{UID: "backwards", Span: kwadrans.Span{Start: now, End: now.Add(-time.Hour)}},
	}}
	c.Unknown = []kwadrans.Unknown{{Span: kwadrans.Span{Start: at, End: at.Add(time.Minute)}}}
	got, ok := unpack(pack(c))
	want := kwadrans.Copy{Instances: []kwadrans.Instance{
		{UID: "backwards", Span: kwadrans.Span{Start: now, End: now}},
		{UID: "second", Span: kwadrans.Span{Start: now.Add(time.Hour), End: now.Add(2*time.Hour + time.Second)}},
	}}
	want.Unknown = []kwadrans.Unknown{{Span: kwadrans.Span{Start: now, End: now.Add(time.Minute + time.Second)}}}
	if !ok || !reflect.DeepEqual(got, want) {
		t.Errorf("%v\n got %+v\nwant %+v", ok, got, want)
	}
	if c.Instances[0].UID != "second" {
		t.Error("the copy of whoever asked was changed")
	}
}

// A blob that was cut, or in which any bit was changed, is no copy.
func TestDamagedPack(t *testing.T) {
	times, items := pack(week(20))
	damage(t, times, func(bad []byte) bool { _, ok := unpack(bad, items); return ok })
	damage(t, times, func(bad []byte) bool { return new(Taken).when(bad) })
	damage(t, items, func(bad []byte) bool { _, ok := unpack(times, bad); return ok })
	other, _ := pack(week(21))
	if _, ok := unpack(other, items); ok {
		t.Error("blobs of two copies are read as one")
	}
	if _, ok := unpack(nil, nil); ok {
		t.Error("nothing is read")
	}
}

func damage(t *testing.T, good []byte, read func(bad []byte) bool) {
	t.Helper()
	if !read(good) {
		t.Error("what is not damaged is not read")
	}
	for n := range good {
		if read(good[:n]) {
			t.Errorf("cut to %d bytes it is read", n)
		}
		for bit := range 8 {
			bad := append([]byte(nil), good...)
			bad[n] ^= 1 << bit
			if read(bad) {
				t.Errorf("bit %d of byte %d changed it is read", bit, n)
			}
		}
	}
	if read(append(append([]byte(nil), good...), 0)) {
		t.Error("with more at its end it is read")
	}
}

// A damaged copy is as good as none: the calendar is worked out anew.
func TestDamagedCopyIsAbsent(t *testing.T) {
	dir := filled(t)
	id := storetest.Feed(1).ID
	find := func(want bool) {
		t.Helper()
		_, gen, found, err := open(t, dir).Copy(ctx, id)
		if gen != 1 || found != want || err != nil {
			t.Error(gen, found, err)
		}
	}
	find(true)
	alter(t, open(t, dir).Path, `UPDATE source_copy SET items = CAST(substr(items, 1, length(items) - 1) || X'7F' AS BLOB)`)
	find(false)
}

// A blob with a right sum and wrong numbers is refused, without a panic and without
// asking for more memory than it is worth.
func FuzzUnpack(f *testing.F) {
	for _, c := range []kwadrans.Copy{{}, week(5), dice{rand.New(rand.NewPCG(1, 0))}.copy()} {
		times, items := pack(c)
		f.Add(times[5:], items[5:])
	}
	f.Fuzz(func(t *testing.T, times, items []byte) {
		c, ok := unpack(summed(times), summed(items))
		if len(c.Instances) > len(times) || len(c.Unknown) > len(times) {
			t.Errorf("%d instances of %d bytes", len(c.Instances), len(times))
		}
		if !ok {
			return
		}
		if again, ok := unpack(pack(c)); !ok || len(again.Instances) != len(c.Instances) {
			t.Errorf("%v: it cannot be packed again", ok)
		}
	})
}

// summed puts a right head before a body.
func summed(body []byte) []byte {
	p := packer{b: append(make([]byte, 5), body...)}
	return p.close()
}
