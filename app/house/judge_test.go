package house_test

import (
	"context"
	"database/sql"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

func fmtLine(words []string) string { return strings.Join(words, " ") }

// drain lets everything come to rest.
func (s *stage) drain(h *house.House) {
	s.Helper()
	ctx, cancel := context.WithTimeout(s.Context(), 3*time.Minute)
	defer cancel()
	s.ok(h.Drain(ctx))
	if ctx.Err() != nil {
		s.Fatal("it does not come to rest")
	}
}

// sweep heals doubles: two sweeps, some minutes apart.
func (s *stage) sweep(h *house.House) {
	s.Helper()
	for range 2 {
		_, err := h.Booking.Sweep(s.Context())
		s.ok(err)
		s.later.Add(int64(3 * time.Minute))
	}
}

type scope int

const (
	everything scope = iota
	meetingsOnly
)

// judge names everything that is not as promised.
func (s *stage) judge(h *house.House, l *ledger, what scope) (wrong []string) {
	s.Helper()
	list, err := h.Store.Bookings(s.Context(), kwadrans.Span{Start: time.Unix(0, 0), End: time.Now().AddDate(3, 0, 0)}, 0, 0)
	s.ok(err)
	kept := map[string]kwadrans.Booking{}
	for _, b := range list {
		kept[b.ID] = b
	}
	wrong = judgeMeetings(list, s.world.Meetings())
	if what == meetingsOnly {
		return wrong
	}
	for id, start := range l.acked {
		if b, ok := kept[id]; !ok || b.Start.Format(time.RFC3339) != start && b.Start.Format(time.RFC3339) != l.maybe[id] {
			wrong = append(wrong, "lost: "+id)
		} else if l.cancelled[id] && b.State != kwadrans.Cancelled {
			wrong = append(wrong, "a cancellation is lost: "+id)
		}
	}
	for _, e := range l.errors {
		wrong = append(wrong, "a process failed: "+e)
	}
	steps, err := h.Store.OpenSteps(s.Context())
	s.ok(err)
	for _, st := range steps {
		wrong = append(wrong, fmt.Sprintf("not done: %s of %s, %s %s", st.Target, st.Subject, st.Code, st.Words))
	}
	wrong = append(wrong, judgeLetters(list, s.mail.Letters())...)
	for _, b := range s.world.Broken() {
		wrong = append(wrong, "broken: "+b)
	}
	return append(wrong, s.integrity()...)
}

// judgeMeetings: one live meeting for each booking, at its time, with its link;
// none for a cancelled one and none besides.
func judgeMeetings(list []kwadrans.Booking, meetings []sandbox.MeetingView) (wrong []string) {
	at := map[int64][]sandbox.MeetingView{}
	for _, m := range meetings {
		at[m.Start.Unix()] = append(at[m.Start.Unix()], m)
	}
	active := map[int64]bool{}
	for _, b := range list {
		if b.State == kwadrans.Cancelled {
			continue
		}
		active[b.Start.Unix()] = true
		own := at[b.Start.Unix()]
		switch {
		case b.State != kwadrans.Confirmed || b.Zoom == nil:
			wrong = append(wrong, fmt.Sprintf("state %s: %s", b.State, b.ID))
		case len(own) != 1:
			wrong = append(wrong, fmt.Sprintf("%d meetings: %s", len(own), b.ID))
		case own[0].ID != b.Zoom.ID || own[0].JoinURL != b.Zoom.JoinURL || own[0].Duration != b.End.Sub(b.Start):
			wrong = append(wrong, "another meeting: "+b.ID)
		}
	}
	for start, own := range at {
		if !active[start] {
			wrong = append(wrong, fmt.Sprintf("%d orphaned at %v", len(own), time.Unix(start, 0).UTC()))
		}
	}
	return wrong
}

func (s *stage) integrity() []string {
	s.Helper()
	db, err := sql.Open("sqlite", filepath.Join(s.sb.Dir, "kwadrans.db"))
	s.ok(err)
	defer func() { _ = db.Close() }()
	var verdict string
	s.ok(db.QueryRow(`PRAGMA integrity_check`).Scan(&verdict))
	if verdict != "ok" {
		return []string{"integrity: " + verdict}
	}
	return nil
}
