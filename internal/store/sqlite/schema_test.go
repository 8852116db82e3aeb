package sqlite

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// golden names the script that makes the data file of a version.
func golden(version int) string { return fmt.Sprintf("testdata/v%d.sql", version) }

// schemaOf writes the schema of a file, one object per line.
func schemaOf(t testing.TB, path string) string {
	t.Helper()
	db := raw(t, path)
	defer func() { _ = db.Close() }()
	rows, err := db.Query(`SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name`)
	must(t, err)
	defer func() { _ = rows.Close() }()
	var b strings.Builder
	for rows.Next() {
		var kind, name, table, text string
		must(t, rows.Scan(&kind, &name, &table, &text))
		fmt.Fprintln(&b, kind, name, table, strings.Join(strings.Fields(text), " "))
	}
	must(t, rows.Err())
	return b.String()
}

// goldenFile makes the data file of a version as that program left it.
func goldenFile(t testing.TB, version int) (dir string) {
	t.Helper()
	script, err := os.ReadFile(golden(version))
	must(t, err)
	dir = t.TempDir()
	alter(t, filepath.Join(dir, FileName), string(script))
	return dir
}

// A file of each version opens, has the schema of a fresh one, and what was in it.
// Before its release the script of the present version may still change:
// KWADRANS_GOLDEN=1 writes it anew. Afterwards never.
func TestGoldenFiles(t *testing.T) {
	if os.Getenv("KWADRANS_GOLDEN") == "1" {
		must(t, os.WriteFile(golden(present), []byte(dump(t, filepath.Join(filled(t), FileName))), 0o644))
	}
	fresh := t.TempDir()
	open(t, fresh)
	for version := 1; version <= present; version++ {
		s := open(t, goldenFile(t, version))
		if n, err := readAll(s); n != 20 || err != nil {
			t.Errorf("version %d: %d bookings, %v", version, n, err)
		}
		calendars, err := s.Calendars(ctx)
		must(t, err)
		if has := version >= 3; has != (len(calendars) == 2) {
			t.Errorf("version %d: %d calendars", version, len(calendars))
		}
		if was, is := schemaOf(t, s.Path), schemaOf(t, filepath.Join(fresh, FileName)); was != is {
			t.Errorf("migrated from %d:\n%s\nfresh:\n%s", version, was, is)
		}
	}
}

// A search finds the bookings that an older program made.
func TestAFileOfVersion1IsSearched(t *testing.T) {
	find := func() int {
		list, _, err := open(t, goldenFile(t, 1)).BookingList(ctx, kwadrans.ListAsk{When: kwadrans.ListUpcoming, Now: now, Search: "WSZYSTKIM anna"})
		must(t, err)
		return len(list)
	}
	if n := find(); n != 20 {
		t.Errorf("%d bookings are found", n)
	}
	old := migrations
	defer func() { migrations = old }()
	migrations = slices.Clone(old)
	migrations[1].fill = nil
	if n := find(); n != 0 { // the control
		t.Errorf("%d bookings are found although nothing was filled in", n)
	}
}

// The control: a column more or less is seen.
func TestGoldenFilesFindMutants(t *testing.T) {
	dir := goldenFile(t, 1)
	path := filepath.Join(dir, FileName)
	before := schemaOf(t, path)
	alter(t, path, `ALTER TABLE step ADD COLUMN extra INTEGER`)
	if schemaOf(t, path) == before {
		t.Error("a new column is not seen")
	}
}

// dump writes a file as a script that makes it again.
func dump(t testing.TB, path string) string {
	t.Helper()
	db := raw(t, path)
	var b strings.Builder
	for _, m := range migrations {
		b.WriteString(strings.TrimSpace(m.query) + "\n\n")
	}
	for _, table := range list(t, path, `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`) {
		columns := list(t, path, `SELECT 'quote("' || name || '")' FROM pragma_table_info('`+table+`')`)
		rows, err := db.Query(`SELECT ` + strings.Join(columns, " || ', ' || ") + ` FROM ` + table)
		must(t, err)
		for rows.Next() {
			var values string
			must(t, rows.Scan(&values))
			fmt.Fprintf(&b, "INSERT INTO %s VALUES (%s);\n", table, values)
		}
		must(t, rows.Err())
	}
	fmt.Fprintf(&b, "PRAGMA application_id = %d;\nPRAGMA user_version = %d;\nPRAGMA journal_mode = WAL;\n", applicationID, len(migrations))
	return b.String()
}

// list reads a column behind the store's back.
func list(t testing.TB, path, query string) (all []string) {
	t.Helper()
	db := raw(t, path)
	defer func() { _ = db.Close() }()
	rows, err := db.Query(query)
	must(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var v string
		must(t, rows.Scan(&v))
		all = append(all, v)
	}
	must(t, rows.Err())
	return all
}

// Every table is STRICT, so that a value has the type of its column.
func TestEveryTableIsStrict(t *testing.T) {
	path := filepath.Join(filled(t), FileName)
	if loose := list(t, path, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`); loose != nil {
		t.Errorf("not strict: %v", loose)
	}
	alter(t, path, `CREATE TABLE loose (x)`)
	if loose := list(t, path, `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`); len(loose) != 1 {
		t.Errorf("the control is not seen: %v", loose)
	}
}

// The header says whose file it is.
func TestHeaderOfTheFile(t *testing.T) {
	path := filepath.Join(filled(t), FileName)
	if app := ask[int](t, path, `PRAGMA application_id`); app != applicationID {
		t.Errorf("application_id %x", app)
	}
	if v := ask[int](t, path, `PRAGMA user_version`); v != len(migrations) {
		t.Errorf("user_version %d", v)
	}
}
