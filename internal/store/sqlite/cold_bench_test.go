package sqlite

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// glance opens a file, reads what is taken in sixty days and ends: a command of a
// moment.
func glance(ctx context.Context, dir string) error {
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		return err
	}
	defer func() { _ = s.Close() }()
	list, err := s.OwnBusy(ctx, "host 7", kwadrans.Span{Start: now.AddDate(4, 0, 0), End: now.AddDate(4, 0, 60)}, "")
	fmt.Println(len(list))
	return err
}

// G17: a process that starts, opens a file of 100,000 bookings and reads sixty days of it.
func BenchmarkCold(b *testing.B) {
	s := dense(b, town{100_000, 50, 5 * 365})
	must(b, s.SetMeta(ctx, metaExamined, time.Now().Format(time.RFC3339)))
	must(b, s.Close())
	var cpu time.Duration
	memory := 0.0
	for b.Loop() {
		cmd := child(b, "glance", filepath.Dir(s.Path))
		out, err := cmd.Output()
		if err != nil || string(out) != "65\n" && string(out) != "66\n" {
			b.Fatalf("%q %v", out, err)
		}
		cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		memory = max(memory, peak(cmd.ProcessState))
	}
	b.ReportMetric(float64(cpu.Microseconds())/1000/float64(b.N), "cpu-ms/op")
	b.ReportMetric(memory, "peak-MB")
}

// G12: what a durable booking costs at least: three pages with their frames written into
// a file that has its size, and brought to the disk.
func BenchmarkReserveFloor(b *testing.B) {
	f, err := os.Create(filepath.Join(b.TempDir(), "wal"))
	must(b, err)
	defer func() { _ = f.Close() }()
	frames := make([]byte, 3*(4096+24))
	const places = 300 // as many as a WAL has before it begins anew
	for i := range places {
		_, err := f.WriteAt(frames, int64(i*len(frames)))
		must(b, err)
	}
	must(b, f.Sync())
	for i := 0; b.Loop(); i++ {
		_, err := f.WriteAt(frames, int64(i%places*len(frames)))
		must(b, err)
		must(b, datasync(f))
	}
}

// G12: a booking of one host without steps, on the disk when Reserve returns.
func BenchmarkReserveDurable(b *testing.B) {
	s := crowded(b)
	for i := 1; b.Loop(); i++ {
		if inTheWay, err := s.Reserve(ctx, book(i*60), nil, kwadrans.Event{}); err != nil || len(inTheWay) > 0 {
			b.Fatal(inTheWay, err)
		}
	}
}
