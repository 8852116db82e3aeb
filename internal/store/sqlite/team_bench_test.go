package sqlite

import (
	"fmt"
	"math/rand/v2"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

const teamSize, perMember = 500, 240

// team is a file with the copies of 500 members, 240 instances each in thirty days,
// and the same as a row for each instance.
func team(tb testing.TB) (s *Store, sources []string) {
	tb.Helper()
	s = open(tb, tb.TempDir())
	rnd := rand.New(rand.NewPCG(20261125, 14))
	_, err := s.w.Exec(`CREATE TABLE instance (member INTEGER NOT NULL, start_ms INTEGER NOT NULL, end_ms INTEGER NOT NULL, uid TEXT NOT NULL, summary TEXT NOT NULL) STRICT;
		CREATE INDEX instance_member ON instance (member, start_ms, end_ms)`)
	must(tb, err)
	tx, err := s.w.Begin()
	must(tb, err)
	for m := range teamSize {
		source := kwadrans.SourceZoom(fmt.Sprint("member ", m))
		c := kwadrans.Copy{Span: kwadrans.Span{Start: now, End: now.AddDate(0, 0, 30)}}
		at := now
		for i := range perMember {
			at = at.Add(time.Duration(30+15*rnd.IntN(20)) * time.Minute)
			c.Instances = append(c.Instances, kwadrans.Instance{UID: fmt.Sprintf("event-%d-%d@example.com", m, i%60), Summary: fmt.Sprint("Spotkanie ", i%60), Span: kwadrans.Span{Start: at, End: at.Add(30 * time.Minute)}})
		}
		sources = append(sources, source)
		_, err := keepReading(ctx, tx, source, kwadrans.Reading{Good: now}, true)
		must(tb, err)
		must(tb, keepCopy(ctx, tx, source, c))
		for _, in := range c.Instances {
			_, err := tx.Exec(`INSERT INTO instance VALUES (?, ?, ?, ?, ?)`, m, ms(in.Start), ms(in.End), in.UID, in.Summary)
			must(tb, err)
		}
	}
	must(tb, tx.Commit())
	return s, sources
}

// G14: when a team is taken, from packed copies.
func BenchmarkTeamPacked(b *testing.B) {
	s, sources := team(b)
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		err := s.EachTaken(ctx, sources, func(t Taken) { n += len(t.Busy) })
		if err != nil || n != teamSize*perMember {
			b.Fatal(n, err)
		}
	}
}

// G14: the same from rows, each as lean as it can be, to compare with.
func BenchmarkTeamRows(b *testing.B) {
	s, _ := team(b)
	b.ReportAllocs()
	var spans [teamSize][]Stretch
	for b.Loop() {
		rows, err := s.r.QueryContext(ctx, `SELECT member, start_ms, end_ms FROM instance ORDER BY member, start_ms`)
		must(b, err)
		n := 0
		for i := range spans {
			spans[i] = spans[i][:0]
		}
		for rows.Next() {
			var member, start, end int64
			must(b, rows.Scan(&member, &start, &end))
			spans[member] = append(spans[member], Stretch{start / 1000, end / 1000})
			n++
		}
		must(b, rows.Err())
		if n != teamSize*perMember {
			b.Fatal(n)
		}
	}
}

// Unpacking the copy of a busy year, of which there is one for each source.
func BenchmarkUnpack(b *testing.B) {
	times, items := pack(week(5000))
	b.SetBytes(int64(len(times) + len(items)))
	b.ReportAllocs()
	for b.Loop() {
		if c, ok := unpack(times, items); !ok || len(c.Instances) != 5000 {
			b.Fatal(ok, len(c.Instances))
		}
	}
}

func BenchmarkPack(b *testing.B) {
	c := week(5000)
	b.ReportAllocs()
	for b.Loop() {
		pack(c)
	}
}

// What every question about slots asks of the data file for each source.
func BenchmarkGeneration(b *testing.B) {
	s, sources := team(b)
	for i := 0; b.Loop(); i++ {
		if gen, err := s.Generation(ctx, sources[i%teamSize]); err != nil || gen != 1 {
			b.Fatal(gen, err)
		}
	}
}
