package sqlite

import (
	"context"
	"database/sql"

	"kwadrans/internal/kwadrans"
)

const takenOf = `SELECT name, gen, times FROM source LEFT JOIN source_copy ON source = name WHERE name IN (SELECT value FROM json_each(?))`

// Taken is when a source is taken, without what it is that takes it.
type Taken struct {
	Source  string
	Gen     int64
	Known   kwadrans.Span // outside of it nothing is known; empty when there is no copy, or it is damaged
	Busy    []Stretch     // ascending by start; they may overlap
	Unknown []Stretch     // for which it cannot be told
}

// Stretch is a stretch of time in seconds of Unix time, as engines reckon: a
// kwadrans.Span is three times as large.
type Stretch struct{ Start, End int64 }

// EachTaken hands out when each of many sources is taken, in no order: for a team
// that is asked about as one. What f gets is good until f returns. Sources that
// were never looked at are left out.
func (s *Store) EachTaken(ctx context.Context, sources []string, f func(t Taken)) error {
	list, err := toJSON(sources)
	if err != nil {
		return wrap("read the sources", err)
	}
	rows, err := s.r.QueryContext(ctx, takenOf, list)
	if err != nil {
		return wrap("read the sources", err)
	}
	defer func() { _ = rows.Close() }()
	var t Taken
	var times sql.RawBytes // without a copy of each
	for rows.Next() {
		if err := rows.Scan(&t.Source, &t.Gen, &times); err != nil {
			return wrap("read the sources", err)
		}
		t.when(times)
		f(t)
	}
	return wrap("read the sources", rows.Err())
}
