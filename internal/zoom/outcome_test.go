package zoom

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

// verdict is what a caller is told of a failed call.
type verdict struct {
	outcome   kwadrans.Outcome
	permanent bool
	pause     bool
	code      kwadrans.Code
	until     time.Time
}

func verdictOf(f *kwadrans.Fault) verdict {
	return verdict{f.Outcome, f.Permanent, f.PauseLane, f.Code, f.Until}
}

func limit(retry string, kind string) sandbox.Fault {
	f := sandbox.QPS
	f.Header = http.Header{}
	if retry != "" {
		f.Header.Set("Retry-After", retry)
	}
	if kind != "" {
		f.Header.Set("X-RateLimit-Type", kind)
	}
	return f
}

const (
	perDay   = `{"code":429,"message":"You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request."}`
	scopes11 = `Invalid access token, does not contain scopes:[meeting:write:meeting].`
)

var midnight = time.Date(2026, 11, 25, 0, 0, 5, 0, time.UTC)

type outcomeRow struct {
	fault  sandbox.Fault
	create verdict
	list   verdict
}

// outcomes is what a create and a list that failed come to.
func outcomes() map[string]outcomeRow {
	const maybe = kwadrans.MaybeExecuted
	never := kwadrans.Forever
	daily := limit("", "")
	daily.Body = perDay
	dailyLater := limit("2026-11-25T00:00:00Z", "Daily-limit")
	dailyLater.Body = perDay
	text := func(status int, body string) sandbox.Fault {
		return sandbox.Fault{Name: "text", Status: status, Body: body, Type: "text/html"}
	}
	return map[string]outcomeRow{
		"error before":    {sandbox.ErrorBefore, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"error after":     {sandbox.ErrorAfter, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"reset before":    {sandbox.ResetBefore, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"reset after":     {sandbox.ResetAfter, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"truncated":       {sandbox.Truncated, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"html, 502":       {sandbox.HTML, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"html, 200":       {sandbox.HTMLOK, verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"xml, 400":        {sandbox.XML, verdict{code: "zoom-refused"}, verdict{code: "zoom-refused"}},
		"a proxy, 403":    {text(403, "<h1>Blocked</h1>"), verdict{code: "zoom-refused"}, verdict{code: "zoom-refused"}},
		"408":             {text(408, ""), verdict{outcome: maybe, code: "offline"}, verdict{code: "offline"}},
		"refused":         {sandbox.Refused(400, 3161, "no"), verdict{permanent: true, code: "zoom-refused"}, verdict{permanent: true, code: "zoom-refused"}},
		"no user":         {sandbox.Refused(404, 1001, "User does not exist: me."), verdict{permanent: true, code: "zoom-refused"}, verdict{permanent: true, code: "zoom-refused"}},
		"401, 124":        {sandbox.Refused(401, 124, "Invalid access token."), verdict{code: "reconnect"}, verdict{code: "reconnect"}},
		"4711 with 400":   {sandbox.Refused(400, 4711, scopes11), verdict{pause: true, code: "missing-permissions", until: never}, verdict{pause: true, code: "missing-permissions", until: never}},
		"4711 with 401":   {sandbox.Refused(401, 4711, scopes11), verdict{pause: true, code: "missing-permissions", until: never}, verdict{pause: true, code: "missing-permissions", until: never}},
		"4700 with 401":   {sandbox.Refused(401, 4700, scopes11), verdict{pause: true, code: "missing-permissions", until: never}, verdict{pause: true, code: "missing-permissions", until: never}},
		"104, broken":     {sandbox.Unescaped, verdict{pause: true, code: "missing-permissions", until: never}, verdict{pause: true, code: "missing-permissions", until: never}},
		"per second":      {sandbox.QPS, verdict{code: "zoom-limit"}, verdict{code: "zoom-limit"}},
		"in 7 seconds":    {limit("7", "QPS"), verdict{code: "zoom-limit", until: noon.Add(7 * time.Second)}, verdict{code: "zoom-limit", until: noon.Add(7 * time.Second)}},
		"by ISO":          {limit("2026-11-24T12:00:30Z", "QPS"), verdict{code: "zoom-limit", until: noon.Add(30 * time.Second)}, verdict{code: "zoom-limit", until: noon.Add(30 * time.Second)}},
		"by HTTP date":    {limit("Tue, 24 Nov 2026 12:01:00 GMT", "QPS"), verdict{code: "zoom-limit", until: noon.Add(time.Minute)}, verdict{code: "zoom-limit", until: noon.Add(time.Minute)}},
		"nonsense":        {limit("soon", "QPS"), verdict{code: "zoom-limit"}, verdict{code: "zoom-limit"}},
		"in a year":       {limit("2027-11-24T12:00:30Z", "QPS"), verdict{code: "zoom-limit", until: noon.Add(25 * time.Hour)}, verdict{code: "zoom-limit", until: noon.Add(25 * time.Hour)}},
		"100 a day":       {sandbox.Daily, verdict{pause: true, code: "zoom-limit", until: midnight}, verdict{pause: true, code: "zoom-limit", until: midnight}},
		"API a day":       {daily, verdict{pause: true, code: "zoom-limit", until: midnight}, verdict{pause: true, code: "zoom-limit", until: midnight}},
		"API a day, head": {dailyLater, verdict{pause: true, code: "zoom-limit", until: midnight}, verdict{pause: true, code: "zoom-limit", until: midnight.Add(-5 * time.Second)}},
	}
}

// What is known after a create or a list that failed (reliability: three outcomes).
func TestOutcomes(t *testing.T) {
	for name, row := range outcomes() {
		t.Run(name, func(t *testing.T) {
			r := begin(t)
			r.w.FailNext(callList, 1, row.fault)
			_, err := r.List(t.Context(), "me", time.Time{}, time.Time{})
			if got := verdictOf(faultOf(t, err)); got != row.list {
				t.Errorf("list: %+v, want %+v", got, row.list)
			}
			r.w.FailNext(callCreate, 1, row.fault)
			_, err = r.Create(t.Context(), "me", plan1())
			if got := verdictOf(faultOf(t, err)); got != row.create {
				t.Errorf("create: %+v, want %+v", got, row.create)
			}
		})
	}
}

// A change or a delete that cannot be known to have failed is not known.
func TestOutcomesOfChangesWithoutABody(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{"before": sandbox.ErrorBefore, "after": sandbox.ErrorAfter, "lost": sandbox.ResetAfter, "html with 200": sandbox.HTMLOK} {
		r := begin(t)
		id := r.w.AddMeeting(sandbox.NewMeeting{Topic: "x", Start: noon.Add(time.Hour)})
		r.w.FailNext(callUpdate, 1, f)
		if got := faultOf(t, r.Update(t.Context(), id, plan1())); got.Outcome != kwadrans.MaybeExecuted || got.Permanent {
			t.Errorf("update, %s: %+v", name, got)
		}
		r.w.FailNext(callDelete, 1, f)
		if got := faultOf(t, r.Delete(t.Context(), id)); got.Outcome != kwadrans.MaybeExecuted || got.Permanent {
			t.Errorf("delete, %s: %+v", name, got)
		}
		if err := r.Delete(t.Context(), id); err != nil {
			t.Errorf("delete again, %s: %v", name, err)
		}
	}
}

func TestRealDailyLimitIsToldByItsText(t *testing.T) {
	r := begin(t)
	id := r.w.AddMeeting(sandbox.NewMeeting{Topic: "x", Start: noon.Add(time.Hour)})
	r.w.ExhaustDaily()
	want := verdict{pause: true, code: "zoom-limit", until: midnight}
	_, err := r.Create(t.Context(), "me", plan1())
	for _, err := range []error{err, r.Update(t.Context(), id, plan1())} {
		if got := verdictOf(faultOf(t, err)); got != want {
			t.Errorf("%+v", got)
		}
	}
	if err := r.Delete(t.Context(), id); err != nil {
		t.Errorf("deletes have no daily limit: %v", err)
	}
}

func TestNothingWasSent(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := "http://" + l.Addr().String() + "/v2"
	_ = l.Close()
	c := answered(t, nil)
	c.Base = func() string { return address }
	_, err = c.Create(t.Context(), "me", plan1())
	if f := faultOf(t, err); f.Outcome != kwadrans.NotExecuted || f.Permanent || f.Code != "offline" {
		t.Errorf("%+v", f)
	}
}

func TestTimeOut(t *testing.T) {
	for name, f := range map[string]sandbox.Fault{"before": sandbox.Held, "after": sandbox.HeldAfter} {
		r := begin(t)
		r.Timeout = 30 * time.Millisecond
		r.w.FailNext(callCreate, 1, f)
		_, err := r.Create(t.Context(), "me", plan1())
		if f := faultOf(t, err); f.Outcome != kwadrans.MaybeExecuted || f.Code != "offline" || f.Permanent {
			t.Errorf("%s: %+v", name, f)
		}
	}
}

func TestSlowAnswerWithinTheTimeIsGood(t *testing.T) {
	r := begin(t)
	r.w.FailNext(callCreate, 1, sandbox.SlowBody(20*time.Millisecond))
	if m, err := r.Create(t.Context(), "me", plan1()); err != nil || m.ID == 0 {
		t.Error(m, err)
	}
}

// The authorising transport knows why it did not send anything.
func TestFaultOfTheTransportIsPassedOn(t *testing.T) {
	r := begin(t)
	want := &kwadrans.Fault{Code: kwadrans.CodeRemovedAtZoom, PauseLane: true, Until: kwadrans.Forever}
	r.over(func(http.RoundTripper, *http.Request) (*http.Response, error) { return nil, want })
	if _, err := r.Create(t.Context(), "me", plan1()); faultOf(t, err) != want {
		t.Errorf("%v", err)
	}
}

func TestCancelled(t *testing.T) {
	r := begin(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	_, err := r.Create(ctx, "me", plan1())
	if f := faultOf(t, err); f.Outcome != kwadrans.NotExecuted || f.Permanent {
		t.Errorf("%+v", f)
	}
}
