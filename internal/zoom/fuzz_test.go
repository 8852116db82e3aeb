package zoom

import (
	"encoding/json"
	"net/http"
	"testing"
	"time"
	"unicode/utf8"

	"kwadrans/internal/kwadrans"
)

func FuzzParseRefusal(f *testing.F) {
	for _, s := range []string{
		`{"code":124,"message":"Access token is expired."}`, `{"code":"4711","message":"x"}`, `{"status":false,"errorCode":4700,"errorMessage":"Invalid redirect url"}`,
		`{"code":104,"message":"Invalid access token, does not contain scopes:["a"]."}`, "<html>", "<?xml version=\"1.0\"?><code>3</code>", "", "null",
		`{"code":300,"message":"Validation Failed.","errors":[{"field":"topic","message":"too long"}]}`, "{\"message\":\"\xff\u202e\"}",
	} {
		f.Add(400, []byte(s), "2026-11-25T00:00:00Z")
		f.Add(429, []byte(s), "7")
	}
	f.Fuzz(func(t *testing.T, status int, body []byte, retry string) {
		h := http.Header{"Retry-After": {retry}}
		fault := createMeeting.refused(status, h, body, noon)
		if w := []rune(fault.Words); len(w) > 240 || !utf8.ValidString(fault.Words) || fault.Words == "" || fault.Words != kwadrans.CleanLine(fault.Words) {
			t.Errorf("words %q", fault.Words)
		}
		if fault.Until.After(noon.Add(48*time.Hour)) && !fault.Until.Equal(kwadrans.Forever) {
			t.Errorf("until %v", fault.Until)
		}
		if status >= 500 && fault.Permanent {
			t.Error("a server's error is not for good")
		}
	})
}

func FuzzPage(f *testing.F) {
	for _, s := range []string{
		`{"meetings":[{"id":1,"type":2,"start_time":"2026-12-01T09:00:00Z","duration":30}],"next_page_token":""}`, `{"meetings":null,"total_records":0}`,
		`{"meetings":[{"id":"85123456789","type":8,"occurrences":[{"occurrence_id":17,"start_time":"x"}],"recurrence":{"type":3,"monthly_week":-1,"monthly_week_day":7}}]}`,
		`{"meetings":[{"id":1,"type":8,"timezone":"UTC","start_time":"2026-01-01T09:00:00Z","recurrence":{"type":2,"repeat_interval":-3,"weekly_days":"9,,2","end_times":-1}}]}`,
		`[]`, `{}`, `{"meetings":[null]}`,
	} {
		f.Add([]byte(s))
	}
	span := days("2026-12-01", 90)
	f.Fuzz(func(t *testing.T, body []byte) {
		var p page
		if json.Unmarshal(body, &p) != nil {
			return
		}
		list, err := p.rows()
		if err != nil {
			return
		}
		r := reading{span: span, now: noon, seen: map[key]bool{}}
		for _, m := range list {
			if m.ID <= 0 {
				t.Errorf("id %d", m.ID)
			}
			_ = m.word()
			r.series(m)
		}
		for _, b := range r.busy {
			if !b.Span.Start.Before(b.Span.End) || !b.Span.Overlaps(span) {
				t.Errorf("busy %v", b.Span)
			}
		}
	})
}
