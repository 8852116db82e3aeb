package zoom

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

var presentations = []sandbox.Presentation{sandbox.ParentOnly, sandbox.PerOccurrence, sandbox.Duplicates}

func (r *rig) busy(span kwadrans.Span) []kwadrans.Busy {
	r.t.Helper()
	busy, unknown, err := r.Busy(r.t.Context(), "me", span)
	if err != nil || len(unknown) > 0 {
		r.t.Fatalf("%v, unknown %v", err, unknown)
	}
	slices.SortFunc(busy, func(a, b kwadrans.Busy) int { return a.Span.Start.Compare(b.Span.Start) })
	return busy
}

func TestSeriesInEveryPresentation(t *testing.T) {
	for _, p := range presentations {
		for _, zero := range []bool{false, true} {
			r := begin(t)
			r.w.Turn(func(k *sandbox.Knobs) { k.Presentation, k.ZeroDate = p, zero })
			// every Tuesday at 9:00 in Warsaw, over the end of summer time; the third was deleted
			id := r.w.AddMeeting(sandbox.NewMeeting{Topic: "Zespół", Type: sandbox.FixedTime, Zone: "Europe/Warsaw", Start: at("2027-03-09T08:00:00Z"),
				Duration: 45 * time.Minute, Rule: &sandbox.Rule{Type: 2, Interval: 1, Times: 6}, Deleted: []int{2}})
			r.w.AddMeeting(sandbox.NewMeeting{Topic: "bez terminu", Type: sandbox.NoFixedTime})
			r.w.AddMeeting(sandbox.NewMeeting{Topic: "raz", Start: at("2027-03-10T10:00:00Z"), Duration: 20 * time.Minute})
			got := r.busy(days("2027-03-01", 60))
			want := []string{"2027-03-09T08:00:00Z", "2027-03-10T10:00:00Z", "2027-03-16T08:00:00Z", "2027-03-30T07:00:00Z", "2027-04-06T07:00:00Z", "2027-04-13T07:00:00Z"}
			if !slices.Equal(starts(got), want) {
				t.Errorf("%s: %v, want %v", p, starts(got), want)
			}
			if got[0].Span.Duration() != 45*time.Minute || got[0].Assumed || got[0].Kind != kwadrans.FromZoom || got[0].Item != "Zespół" || !got[0].Zoom {
				t.Errorf("%s: %+v", p, got[0])
			}
			occurrence := r.w.Meetings()[0].Occurrences[0].ID
			r.w.DeleteMeeting(id, occurrence)
			if got := r.busy(days("2027-03-09", 1)); len(got) != 0 {
				t.Errorf("%s: a deleted occurrence still holds %v", p, got)
			}
			if got := r.busy(days("2027-03-08", 1)); len(got) != 0 { // the parent's own start is nobody's
				t.Errorf("%s: %v", p, got)
			}
		}
	}
}

// Zoom lists 60 occurrences at most: what follows is worked out by the rule.
func TestSeriesLongerThanItsList(t *testing.T) {
	for _, p := range presentations {
		r := begin(t)
		r.w.Presentation(p)
		r.w.AddMeeting(sandbox.NewMeeting{Topic: "codziennie", Type: sandbox.FixedTime, Zone: "Europe/Warsaw", Start: at("2026-11-24T15:00:00Z"),
			Duration: time.Hour, Rule: &sandbox.Rule{Type: 1, Interval: 1}})
		got := r.busy(days("2027-03-26", 4)) // summer time begins on the 28th
		want := []string{"2027-03-26T15:00:00Z", "2027-03-27T15:00:00Z", "2027-03-28T14:00:00Z", "2027-03-29T14:00:00Z"}
		if !slices.Equal(starts(got), want) || !got[0].Assumed {
			t.Errorf("%s: %v, want %v", p, starts(got), want)
		}
	}
}

func TestMonthlyAndFortnightlySeriesGoOn(t *testing.T) {
	for name, row := range map[string]struct {
		rule sandbox.Rule
		from string
		n    int
		want []string
	}{
		"the 31st": {sandbox.Rule{Type: 3, Interval: 1, MonthDay: 31}, "2036-01-01", 152, []string{"2036-01-31T09:00:00Z", "2036-03-31T08:00:00Z", "2036-05-31T08:00:00Z"}},
		"last Friday": {sandbox.Rule{Type: 3, Interval: 2, MonthWeek: -1, MonthWeekDay: 6}, "2037-11-01", 100,
			[]string{"2037-11-27T09:00:00Z", "2038-01-29T09:00:00Z"}},
		"every other Monday and Thursday": {sandbox.Rule{Type: 2, Interval: 2, WeeklyDays: "2,5"}, "2028-03-01", 21,
			[]string{"2028-03-06T09:00:00Z", "2028-03-09T09:00:00Z", "2028-03-20T09:00:00Z"}},
	} {
		r := begin(t)
		first := map[string]string{"the 31st": "2026-12-31T09:00:00Z", "last Friday": "2026-11-27T09:00:00Z", "every other Monday and Thursday": "2026-11-30T09:00:00Z"}[name]
		r.w.AddMeeting(sandbox.NewMeeting{Topic: name, Type: sandbox.FixedTime, Zone: "Europe/Warsaw", Start: at(first), Duration: time.Hour, Rule: &row.rule})
		if got := starts(r.busy(days(row.from, row.n))); !slices.Equal(got, row.want) {
			t.Errorf("%s: %v, want %v", name, got, row.want)
		}
	}
}

func TestBoundedSeriesEnds(t *testing.T) {
	for name, rule := range map[string]sandbox.Rule{
		"by count": {Type: 1, Interval: 1, Times: 5}, "by date": {Type: 1, Interval: 1, Until: at("2026-11-30T20:00:00Z")},
	} {
		r := begin(t)
		r.w.AddMeeting(sandbox.NewMeeting{Topic: name, Type: sandbox.FixedTime, Start: at("2026-11-25T15:00:00Z"), Rule: &rule})
		if got := r.busy(days("2026-12-01", 365)); len(got) != 0 {
			t.Errorf("%s: %v", name, starts(got))
		}
	}
}

// series answers with one series whose details are given.
func series(t *testing.T, detail string) *Client {
	return answered(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/meetings") {
			_, _ = io.WriteString(w, `{"meetings":[{"id":7,"type":8,"topic":"S","start_time":"2020-01-01T00:00:00Z","duration":30}],"next_page_token":""}`)
			return
		}
		_, _ = io.WriteString(w, detail)
	})
}

// What cannot be told is unknown, never free.
func TestUnreadableSeriesIsUnknown(t *testing.T) {
	span := days("2027-01-01", 10)
	for name, detail := range map[string]string{
		"an occurrence without a start": `{"id":7,"type":8,"timezone":"UTC","occurrences":[{"occurrence_id":"1","duration":30,"status":"available"}]}`,
		"an occurrence of nonsense":     `{"id":7,"type":8,"timezone":"UTC","occurrences":[{"start_time":"tomorrow","duration":30}]}`,
		"local in an unknown zone":      `{"id":7,"type":8,"timezone":"Mars/Olympus","occurrences":[{"start_time":"2027-01-02T10:00:00","duration":30}]}`,
		"nothing at all":                `{"id":7,"type":8}`,
		"no rule":                       `{"id":7,"type":8,"timezone":"UTC","duration":30,"occurrences":[{"start_time":"2026-12-01T10:00:00Z","duration":30}]}`,
		"a rule of nonsense":            `{"id":7,"type":8,"timezone":"UTC","occurrences":[{"start_time":"2026-12-01T10:00:00Z","duration":30}],"recurrence":{"type":9}}`,
		"an absurd interval":            `{"id":7,"type":8,"timezone":"UTC","occurrences":[{"start_time":"2026-12-01T10:00:00Z","duration":30}],"recurrence":{"type":3,"monthly_day":1,"repeat_interval":4611686018427387904}}`,
		"an end of nonsense":            `{"id":7,"type":8,"timezone":"UTC","occurrences":[{"start_time":"2026-12-01T10:00:00Z","duration":30}],"recurrence":{"type":1,"end_date_time":"never"}}`,
		"one meeting without a start":   `{"id":7,"type":2}`,
	} {
		busy, unknown, err := series(t, detail).Busy(t.Context(), "me", span)
		if err != nil || len(unknown) != 1 || len(busy) != 0 {
			t.Errorf("%s: %v, %v, %v", name, busy, unknown, err)
			continue
		}
		if u := unknown[0]; !u.Span.End.Equal(span.End) || u.Span.Start.After(span.Start) || u.Code != kwadrans.CodeSourceUnknown {
			t.Errorf("%s: unknown is %+v", name, u)
		}
	}
}

func TestUnreadableDetailIsAnError(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{"error": sandbox.ErrorBefore, "html": sandbox.HTMLOK, "cut": sandbox.Truncated, "limit": sandbox.QPS} {
		r := begin(t)
		r.w.AddMeeting(sandbox.NewMeeting{Topic: "s", Type: sandbox.FixedTime, Start: at("2026-12-01T10:00:00Z"), Rule: &sandbox.Rule{Type: 1, Interval: 1, Times: 3}})
		r.w.FailNext(callGet, 1, f)
		if busy, _, err := r.Busy(t.Context(), "me", days("2026-12-01", 3)); err == nil {
			t.Errorf("%s: %v", name, busy)
		}
	}
}

func TestSeriesDeletedWhileReadingHoldsNothing(t *testing.T) {
	r := begin(t)
	id := r.w.AddMeeting(sandbox.NewMeeting{Topic: "s", Type: sandbox.FixedTime, Start: at("2026-12-01T10:00:00Z"), Rule: &sandbox.Rule{Type: 1, Interval: 1, Times: 3}})
	r.over(func(next http.RoundTripper, req *http.Request) (*http.Response, error) {
		if !strings.HasSuffix(req.URL.Path, "/meetings") {
			r.w.DeleteMeeting(id, "")
		}
		return next.RoundTrip(req)
	})
	if got := r.busy(days("2026-12-01", 3)); len(got) != 0 {
		t.Error(got)
	}
}

// An occurrence that was moved by hand does not move those after the end of the list.
func TestMovedLastOccurrenceDoesNotMoveTheRest(t *testing.T) {
	c := series(t, `{"id":7,"type":8,"timezone":"UTC","duration":30,"recurrence":{"type":2,"repeat_interval":1},"occurrences":[
		{"occurrence_id":"1798797600000","start_time":"2027-01-01T10:00:00Z","duration":30,"status":"available"},
		{"occurrence_id":"1799402400000","start_time":"2027-01-10T16:00:00Z","duration":30,"status":"available"}]}`)
	busy, unknown, err := c.Busy(t.Context(), "me", days("2027-01-01", 22))
	want := []string{"2027-01-01T10:00:00Z", "2027-01-10T16:00:00Z", "2027-01-15T10:00:00Z", "2027-01-22T10:00:00Z"}
	if got := starts(busy); err != nil || len(unknown) > 0 || !slices.Equal(got, want) {
		t.Errorf("%v, %v, %v, want %v", got, unknown, err, want)
	}
}

// A length that is absurd must not make a meeting short.
func TestLengths(t *testing.T) {
	for minutes, want := range map[string]time.Duration{
		`30`: 30 * time.Minute, `"45"`: 45 * time.Minute, `0`: time.Hour, `null`: time.Hour, `-5`: time.Hour, `2880`: 48 * time.Hour,
		`9000000000000000000`: 31 * 24 * time.Hour,
	} {
		c := answered(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"meetings":[{"id":7,"type":2,"topic":"S","start_time":"2027-01-01T00:00:00Z","duration":`+minutes+`}]}`)
		})
		busy, _, err := c.Busy(t.Context(), "me", days("2027-01-01", 60))
		if err != nil || len(busy) != 1 || busy[0].Span.Duration() != want || busy[0].Assumed != (want == time.Hour) {
			t.Errorf("%s: %+v, %v", minutes, busy, err)
		}
	}
}

func TestOnlyWhatTouchesTheSpanIsBusy(t *testing.T) {
	r := begin(t)
	for _, s := range []string{"2026-12-01T08:00:00Z", "2026-12-01T09:30:00Z", "2026-12-01T10:59:00Z", "2026-12-01T11:00:00Z"} {
		r.w.AddMeeting(sandbox.NewMeeting{Topic: s, Start: at(s)})
	}
	got := starts(r.busy(kwadrans.Span{Start: at("2026-12-01T10:00:00Z"), End: at("2026-12-01T11:00:00Z")}))
	if want := []string{"2026-12-01T09:30:00Z", "2026-12-01T10:59:00Z"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

// A year ahead is past the six months of Zoom's other lists.
func TestFarAhead(t *testing.T) {
	r := begin(t)
	r.w.AddMeeting(sandbox.NewMeeting{Topic: "za rok", Start: at("2027-11-20T10:00:00Z")})
	if got := r.busy(days("2027-11-20", 1)); len(got) != 1 {
		t.Error(got)
	}
}
