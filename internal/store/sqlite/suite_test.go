package sqlite

import (
	"testing"

	"kwadrans/internal/store/storetest"
)

const sealer = storetest.Sealer("key")

// open opens the data file of a directory until the test ends.
func open(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(t.Context(), dir, sealer)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// What the acts ask of any database.
func TestSuite(t *testing.T) {
	storetest.Run(t, func(t *testing.T) storetest.Store { return open(t, t.TempDir()) })
}
