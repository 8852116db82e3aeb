package busy

import (
	"slices"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

var me = kwadrans.SourceZoom(kwadrans.Me)

func zoomWorld(t *testing.T) *world {
	w := newWorld(t)
	w.users = []ZoomUser{{kwadrans.Me, "acc/1"}}
	w.zoom.list = []kwadrans.Busy{meeting(1, span(0, 9, 1)), meeting(2, span(2, 9, 1)), meeting(3, span(300, 9, 1))}
	return w
}

func (w *world) zoomAsk(t *testing.T, s kwadrans.Span, fresh bool) Report {
	t.Helper()
	rep, err := w.reader.Read(t.Context(), Ask{Host: kwadrans.Me, Span: s, Zoom: true, Fresh: fresh})
	if err != nil {
		t.Fatal(err)
	}
	return rep
}

func refresh(t *testing.T, w *world, sources ...string) []Looked {
	t.Helper()
	said, err := w.Refresh(t.Context(), sources...)
	if err != nil {
		t.Fatal(err)
	}
	return said
}

func TestZoomIsReadInPieces(t *testing.T) {
	w := zoomWorld(t)
	edgeToEdge := at(0, 0).AddDate(0, 6, -7) // where the first piece ends
	w.zoom.list = append(w.zoom.list, meeting(4, kwadrans.Span{Start: edgeToEdge.Add(-time.Hour), End: edgeToEdge.Add(time.Hour)}))
	refresh(t, w, me)
	covered := w.zoom.asked[0].Start
	for _, p := range w.zoom.asked {
		if !p.Start.Equal(covered) || p.End.After(p.Start.AddDate(0, 6, 0)) || !p.End.After(p.Start) {
			t.Errorf("%v", p)
		}
		covered = p.End
	}
	if covered.Before(at(400, 8)) || w.zoom.asked[0].Start.After(at(-7, 8)) || len(w.zoom.asked) != 3 {
		t.Errorf("%v", w.zoom.asked)
	}
	n := len(w.zoom.asked)
	rep := w.zoomAsk(t, kwadrans.Span{Start: at(0, 0), End: at(390, 0)}, false)
	if !slices.Equal(uids(rep), []string{"1", "2", "3", "4"}) || len(rep.Unknown) > 0 || len(w.zoom.asked) != n {
		t.Errorf("%+v", rep)
	}
	if b := rep.Busy[0]; b.Kind != kwadrans.FromZoom || !b.Zoom || b.Source != "zoom" || !b.CheckedAt.Equal(at(0, 8)) || b.Item != "Meeting" {
		t.Errorf("%+v", b)
	}
	w.joint[1] = true
	if rep := w.zoomAsk(t, week, false); !slices.Equal(uids(rep), []string{"2"}) {
		t.Errorf("ours stands there twice: %+v", rep)
	}
}

func TestZoomIsDueAfterFiveMinutes(t *testing.T) {
	w := zoomWorld(t)
	for minute, want := range []int{3, 3, 3, 3, 3, 6, 6} {
		if _, err := w.RefreshDue(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		if len(w.zoom.asked) != want {
			t.Errorf("minute %d: %d calls", minute, len(w.zoom.asked))
		}
		w.pass(time.Minute)
	}
}

func TestOnePieceThatFailsIsAllOfIt(t *testing.T) {
	w := zoomWorld(t)
	refresh(t, w)
	w.zoom.list, w.zoom.fail = nil, len(w.zoom.asked)+2
	w.pass(10 * time.Minute)
	if said := refresh(t, w); kwadrans.CodeOf(said[0].Err) != kwadrans.CodeOffline {
		t.Errorf("%+v", said)
	}
	rep := w.zoomAsk(t, week, false)
	if s := w.state(t, me); s.Freshness != kwadrans.Stale || s.Reading.Words != "away" || !slices.Equal(uids(rep), []string{"1", "2"}) {
		t.Errorf("%+v %+v", s, rep)
	}
}

func TestFreshReadsZoomAndMendsTheCopy(t *testing.T) {
	w := zoomWorld(t)
	w.zoom.unknown = []kwadrans.Unknown{{Span: span(0, 0, 72), Source: "zoom"}}
	refresh(t, w)
	w.pass(time.Minute)
	w.zoom.unknown = nil
	w.zoom.list = []kwadrans.Busy{meeting(1, span(0, 13, 1)), meeting(5, span(2, 13, 1)), meeting(3, span(300, 9, 1))}
	n := len(w.zoom.asked)
	rep := w.zoomAsk(t, span(0, 0, 24), true)
	if len(w.zoom.asked) != n+1 || len(rep.Busy) != 1 || rep.Busy[0].Span != span(0, 13, 1) || !rep.Busy[0].CheckedAt.Equal(w.now) || len(rep.Unknown) > 0 {
		t.Errorf("%+v", rep)
	}
	rep = w.zoomAsk(t, week, false)
	if !slices.Equal(uids(rep), []string{"1", "2"}) || free(rep, span(0, 13, 1)) || !free(rep, span(0, 9, 1)) || len(w.zoom.asked) != n+1 {
		t.Errorf("the next answer differs: %+v", rep)
	}
	if len(rep.Unknown) != 1 || rep.Unknown[0].Span != span(1, 0, 48) {
		t.Errorf("%+v", rep.Unknown)
	}
	if s := w.state(t, me); !s.Reading.Good.Equal(at(0, 8)) {
		t.Errorf("a part counts as the whole: %+v", s)
	}
	w.zoom.err = refusal(kwadrans.CodeOffline)
	rep = w.zoomAsk(t, span(0, 0, 24), true)
	if len(rep.Unknown) != 1 || rep.Unknown[0].Code != kwadrans.CodeOffline || rep.Unknown[0].Span != span(0, 0, 24) || !slices.Equal(uids(rep), []string{"1"}) {
		t.Errorf("away: %+v", rep)
	}
}

func TestZoomThatWasNeverReadIsUnknown(t *testing.T) {
	w := zoomWorld(t)
	if rep := w.zoomAsk(t, week, false); len(rep.Unknown) != 1 || rep.Unknown[0].Span != week || rep.Unknown[0].Words != saidNeverRead || len(w.zoom.asked) > 0 {
		t.Errorf("%+v", rep)
	}
	w.users = nil
	for _, fresh := range []bool{false, true} {
		if rep := w.zoomAsk(t, week, fresh); len(rep.Unknown) != 1 || rep.Unknown[0].Code != kwadrans.CodeNotConnected || len(w.zoom.asked) > 0 {
			t.Errorf("nobody is connected: %+v", rep)
		}
	}
	if _, err := w.Refresh(t.Context(), me); kwadrans.CodeOf(err) != kwadrans.CodeNotConnected {
		t.Errorf("%v", err)
	}
	if said, err := w.RefreshDue(t.Context(), 0); err != nil || len(said) > 0 {
		t.Errorf("%v %v", said, err)
	}
}

// Meetings of the account that was connected before would count, or their absence would.
func TestOtherAccountStartsAnew(t *testing.T) {
	w := zoomWorld(t)
	refresh(t, w)
	w.users[0].Account = "acc/2"
	if rep := w.zoomAsk(t, week, false); len(rep.Busy) > 0 || len(rep.Unknown) != 1 {
		t.Errorf("%+v", rep)
	}
	w.zoom.err = refusal(kwadrans.CodeOffline)
	if _, err := w.RefreshDue(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if rep := w.zoomAsk(t, week, false); len(rep.Busy) > 0 || len(rep.Unknown) != 1 || w.state(t, me).Freshness != kwadrans.Unreadable {
		t.Errorf("after a failure: %+v", rep)
	}
	w.zoom.err, w.zoom.list = nil, []kwadrans.Busy{meeting(9, span(1, 9, 1))}
	refresh(t, w)
	if rep := w.zoomAsk(t, week, false); !slices.Equal(uids(rep), []string{"9"}) || len(rep.Unknown) > 0 {
		t.Errorf("%+v", rep)
	}
}

// A look that began before the sign-in ended was kept for the account of before, and for
// a minute nothing was free.
func TestALookDuringTheSignInIsForTheNewAccount(t *testing.T) {
	w := zoomWorld(t)
	w.zoom.during = func() { w.users[0].Account = "acc/2" }
	refresh(t, w, me)
	if rep := w.zoomAsk(t, week, false); len(rep.Unknown) > 0 || len(rep.Busy) == 0 {
		t.Errorf("%+v", rep)
	}
}

func TestBeyondWhatZoomWasReadForIsUnknown(t *testing.T) {
	w := zoomWorld(t)
	refresh(t, w)
	far := kwadrans.Span{Start: at(390, 0), End: at(600, 0)}
	rep := w.zoomAsk(t, far, false)
	if len(rep.Unknown) != 1 || !rep.Unknown[0].End.Equal(far.End) || rep.Unknown[0].Start.Before(at(400, 8)) || rep.Unknown[0].Words != saidTooFar {
		t.Errorf("%+v", rep.Unknown)
	}
	if _, err := w.RefreshDue(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	if rep := w.zoomAsk(t, far, false); len(rep.Unknown) > 0 {
		t.Errorf("after the next look: %+v", rep.Unknown)
	}
	w.Reach(at(700, 0))
	w.Reach(at(90000, 0))
	n := len(w.zoom.asked)
	for range 3 {
		if _, err := w.RefreshDue(t.Context(), 0); err != nil {
			t.Fatal(err)
		}
		w.pass(time.Minute)
	}
	if rep := w.zoomAsk(t, kwadrans.Span{Start: at(690, 0), End: at(1090, 0)}, false); len(rep.Unknown) > 0 || len(w.zoom.asked)-n != 7 {
		t.Errorf("%+v after %d calls", rep.Unknown, len(w.zoom.asked)-n)
	}
}
