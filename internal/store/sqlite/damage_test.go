package sqlite

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"kwadrans/internal/kwadrans"
)

// A file whose first bytes are gone is damaged, and kept as it is.
func TestBadHeader(t *testing.T) {
	for name, header := range map[string]string{"text": "Dear diary, this is", "zeros": string(make([]byte, 100))} {
		t.Run(name, func(t *testing.T) {
			dir := filled(t)
			overwrite(t, filepath.Join(dir, FileName), 0, []byte(header))
			refuses(t, dir, kwadrans.CodeCorrupt)
		})
	}
}

// A page that was overwritten is found at the start: writing beside it would succeed.
func TestBadPage(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, FileName)
	page := ask[int](t, path, `SELECT rootpage FROM sqlite_schema WHERE name = 'booking'`)
	overwrite(t, path, int64(page-1)*4096, make([]byte, 200))
	refuses(t, dir, kwadrans.CodeCorrupt)
}

// A file that was cut is found.
func TestCutFile(t *testing.T) {
	dir := filled(t)
	path := filepath.Join(dir, FileName)
	info, err := os.Stat(path)
	must(t, err)
	must(t, os.Truncate(path, info.Size()/2))
	refuses(t, dir, kwadrans.CodeCorrupt)
}

func overwrite(t testing.TB, path string, at int64, b []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	must(t, err)
	_, err = f.WriteAt(b, at)
	must(t, err)
	must(t, f.Close())
}

// flipped is what came of a file with one byte changed.
type flipped struct {
	refused, failed, fine int
}

// One changed byte anywhere: no panic, an error always has its code, and the
// file is never taken for an empty one.
func TestFlippedBytes(t *testing.T) {
	t.Parallel()
	good, err := os.ReadFile(filepath.Join(filled(t), FileName))
	must(t, err)
	const seed = 20261123
	rnd := rand.New(rand.NewPCG(seed, 0))
	var sum flipped
	for i := range soak(300, 5000) {
		at := rnd.IntN(len(good))
		if i%3 == 0 {
			at = rnd.IntN(4096) // the header and the schema decide most
		}
		bad := append([]byte(nil), good...)
		bad[at] ^= byte(1 + rnd.IntN(255))
		if err := sum.flip(t, bad); err != nil {
			t.Errorf("seed %d, round %d, byte %d from %#x to %#x: %v", seed, i, at, good[at], bad[at], err)
		}
	}
	t.Logf("%+v", sum)
	if sum.refused == 0 || sum.fine == 0 {
		t.Errorf("the flips show nothing: %+v", sum)
	}
}

// flip opens a damaged file and judges what comes of it.
func (f *flipped) flip(t *testing.T, bad []byte) error {
	dir := t.TempDir()
	must(t, os.WriteFile(filepath.Join(dir, FileName), bad, 0o600))
	must(t, os.WriteFile(filepath.Join(dir, marker), nil, 0o600))
	s, err := Open(ctx, dir, sealer)
	if err != nil {
		f.refused++
		return judge(err)
	}
	defer func() { _ = s.Close() }()
	n, err := readAll(s)
	if n == 0 && (err == nil || kwadrans.CodeOf(err) == kwadrans.CodeNotConnected) {
		return errors.New("a silent empty start")
	}
	if err != nil {
		f.failed++
		return judge(err)
	}
	f.fine++
	if err := s.SetMeta(ctx, "x", "y"); err != nil {
		return judge(err)
	}
	return nil
}

// judge accepts errors that say damage, a newer program, or another key.
func judge(err error) error {
	switch kwadrans.CodeOf(err) {
	case kwadrans.CodeCorrupt, kwadrans.CodeNewerFile, kwadrans.CodeKeyChanged, kwadrans.CodeInvalid, kwadrans.CodeNotConnected, kwadrans.CodeReadOnly:
		return nil
	}
	return err
}

// The control: a program that starts empty on damage is seen.
func TestFlippedBytesFindMutants(t *testing.T) {
	s := open(t, t.TempDir())
	must(t, s.Close())
	empty, err := os.ReadFile(s.Path)
	must(t, err)
	if err := new(flipped).flip(t, empty); err == nil {
		t.Error("an empty file in the place of a full one is not seen")
	}
	if err := judge(errors.New("no code")); err == nil {
		t.Error("an error without a code is not seen")
	}
}
