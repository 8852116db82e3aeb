package zoom

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// fill puts n meetings of half an hour into the world, one after another.
func (r *rig) fill(n int) {
	for i := range n {
		r.w.AddMeeting(sandbox.NewMeeting{Topic: fmt.Sprint("m", i), Start: noon.Add(time.Duration(i+1) * time.Hour), Duration: 30 * time.Minute})
	}
}

// A list that cannot be read must never look like a free day.
func TestUnreadableListIsNeverEmpty(t *testing.T) {
	ok := func(body string) sandbox.Fault { return sandbox.Fault{Name: "raw", Status: 200, Body: body} }
	for name, f := range map[string]sandbox.Fault{
		"html": sandbox.HTMLOK, "xml": ok("<?xml version=\"1.0\"?><meetings/>"), "cut": sandbox.Truncated, "nothing": ok(""), "empty object": ok("{}"),
		"null": ok("null"), "no meetings": ok(`{"page_size":300,"next_page_token":""}`), "missing but counted": ok(`{"total_records":2}`),
		"meetings null": ok(`{"meetings":null}`), "meetings a text": ok(`{"meetings":"none"}`), "meetings an object": ok(`{"meetings":{}}`),
		"a row of text": ok(`{"meetings":["x"]}`), "a row of null": ok(`{"meetings":[null]}`), "a row without id": ok(`{"meetings":[{"topic":"x"}]}`),
		"id a word": ok(`{"meetings":[{"id":"abc"}]}`), "length a word": ok(`{"meetings":[{"id":1,"duration":"long"}]}`),
		"start a number": ok(`{"meetings":[{"id":1,"start_time":17}]}`), "an array": ok(`[]`), "an error with 200": ok(`{"code":300,"message":"x"}`),
		"error": sandbox.ErrorBefore, "reset": sandbox.ResetBefore, "limit": sandbox.QPS,
	} {
		r := begin(t)
		r.fill(3)
		r.w.FailNext(callList, 2, f)
		if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || len(list) > 0 {
			t.Errorf("%s: list gives %v, %v", name, list, err)
		}
		if busy, _, err := r.Busy(t.Context(), "me", days("2026-11-24", 3)); err == nil || len(busy) > 0 {
			t.Errorf("%s: busy gives %v, %v", name, busy, err)
		} else if faultOf(t, err).Outcome != kwadrans.NotExecuted {
			t.Errorf("%s: reading has no unknown outcome", name)
		}
	}
}

func TestEmptyListIsEmpty(t *testing.T) {
	r := begin(t)
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
	r.w.FailNext(callList, 1, sandbox.Fault{Status: 200, Body: `{"total_records":0,"next_page_token":""}`})
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err != nil || len(list) != 0 {
		t.Error(list, err)
	}
}

// whole says whether a list of the world's meetings is complete.
func whole(list []kwadrans.Meeting, err error, n int) bool {
	seen := map[int64]bool{}
	for _, m := range list {
		seen[m.ID] = true
	}
	return err == nil && len(list) == n && len(seen) == n
}

func TestAllPagesAreRead(t *testing.T) {
	for _, n := range []int{299, 300, 301, 650} {
		r := begin(t)
		r.fill(n)
		if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); !whole(list, err, n) {
			t.Errorf("%d of %d, %v", len(list), n, err)
		}
		busy, unknown, err := r.Busy(t.Context(), "me", days("2026-11-24", 60))
		if err != nil || len(busy) != n || len(unknown) != 0 {
			t.Errorf("busy %d of %d, %v, %v", len(busy), n, unknown, err)
		}
	}
}

// The control: a client that does not follow the paging token must be caught.
func TestReaderOfOnePageIsCaught(t *testing.T) {
	r := begin(t)
	r.fill(301)
	r.over(func(next http.RoundTripper, req *http.Request) (*http.Response, error) {
		resp, err := next.RoundTrip(req)
		if err == nil {
			b, _ := io.ReadAll(resp.Body)
			_ = resp.Body.Close()
			resp.Body = io.NopCloser(strings.NewReader(strings.ReplaceAll(string(b), "next_page_token", "not_followed")))
			resp.ContentLength = -1
		}
		return resp, err
	})
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); whole(list, err, 301) {
		t.Error("the judge does not see a list that was cut after its first page")
	}
}

func TestSecondPageFails(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{"error": sandbox.ErrorBefore, "html": sandbox.HTMLOK, "cut": sandbox.Truncated, "reset": sandbox.ResetAfter, "limit": sandbox.QPS} {
		r := begin(t)
		r.fill(301)
		pages := 0
		r.over(func(next http.RoundTripper, req *http.Request) (*http.Response, error) {
			if pages++; req.URL.Query().Has("next_page_token") {
				r.w.FailNext(callList, 3, f) // Go's transport repeats a GET that was reset
			}
			return next.RoundTrip(req)
		})
		if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || len(list) > 0 || pages != 2 {
			t.Errorf("%s: %d rows, %v, %d pages", name, len(list), err, pages)
		}
	}
}

// late lets the paging token expire before the second page, n times.
func (r *rig) late(n int) *int {
	pages := 0
	r.over(func(next http.RoundTripper, req *http.Request) (*http.Response, error) {
		if pages++; req.URL.Query().Has("next_page_token") && n > 0 {
			n--
			r.w.Advance(16 * time.Minute)
		}
		return next.RoundTrip(req)
	})
	return &pages
}

func TestExpiredPagingTokenReadsTheListOnceMore(t *testing.T) {
	r := begin(t)
	r.fill(650)
	pages := r.late(1)
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); !whole(list, err, 650) || *pages != 5 {
		t.Errorf("%d, %v after %d pages", len(list), err, *pages)
	}
	r = begin(t)
	r.fill(650)
	pages = r.late(2)
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || len(list) > 0 || *pages != 4 {
		t.Errorf("%d, %v after %d pages", len(list), err, *pages)
	}
}

func TestEndlessListEnds(t *testing.T) {
	for name, token := range map[string]string{"the same token": "t", "a new token each time": "t%d"} {
		pages := 0
		c := answered(t, func(w http.ResponseWriter, _ *http.Request) {
			pages++
			_, _ = io.WriteString(w, `{"meetings":[],"next_page_token":"`+strings.ReplaceAll(token, "%d", fmt.Sprint(pages))+`"}`)
		})
		if _, err := c.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || pages > maxPages {
			t.Errorf("%s: %v after %d pages", name, err, pages)
		}
	}
}

func TestAnswerWithoutEndIsCut(t *testing.T) {
	c := answered(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, `{"meetings":[`)
		for range 12 {
			if _, err := io.WriteString(w, strings.Repeat(" ", 1<<20)); err != nil {
				return
			}
		}
		_, _ = io.WriteString(w, `]}`)
	})
	if list, err := c.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || len(list) > 0 {
		t.Error(list, err)
	}
}

// The look-up after a lost answer asks for the days around.
func TestDaysAroundFindTheMeetingAtEveryHour(t *testing.T) {
	for hour := range 24 {
		r := begin(t)
		p := plan1()
		p.Start = at("2026-12-01T00:00:00Z").Add(time.Duration(hour) * time.Hour)
		m, err := r.Create(t.Context(), "me", p)
		if err != nil {
			t.Fatal(err)
		}
		r.w.AddMeeting(sandbox.NewMeeting{Topic: "far", Start: p.Start.AddDate(0, 0, 9)})
		list, err := r.List(t.Context(), "me", p.Start.AddDate(0, 0, -1), p.Start.AddDate(0, 0, 1))
		if err != nil || len(list) != 1 || list[0].ID != m.ID {
			t.Errorf("hour %d: %v, %v", hour, list, err)
		}
	}
}
