package zoom

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"kwadrans/internal/zoom/sandbox"
)

func TestLine(t *testing.T) {
	r := begin(t)
	ctx := t.Context()
	me, err := r.Me(ctx)
	if u := r.w.User(); err != nil || me.UserID != u.ID || me.AccountID != u.AccountID || me.Email != u.Email || me.Zone != u.Zone || me.Type != sandbox.Licensed || me.Name != "Ewa Kowalska" {
		t.Fatalf("me is %+v, %v", me, err)
	}
	yes, no := true, false
	p := plan1()
	p.WaitingRoom, p.JoinBeforeHost = &yes, &no
	m, err := r.Create(ctx, "me", p)
	if err != nil || m.ID <= 1<<31 || !m.Start.Equal(p.Start) || m.Duration != p.Duration || m.JoinURL == "" || m.Passcode == "" || m.Agenda != p.Agenda {
		t.Fatalf("created %+v, %v", m, err)
	}
	made := r.w.Meetings()[0]
	if made.Settings["email_notification"] != false || made.Settings["alternative_hosts_email_notification"] != false ||
		made.Settings["waiting_room"] != true || made.Settings["join_before_host"] != false || made.Zone != "Europe/Warsaw" {
		t.Errorf("Zoom has %+v", made)
	}
	list, err := r.List(ctx, "me", p.Start.AddDate(0, 0, -1), p.Start.AddDate(0, 0, 1))
	if err != nil || len(list) != 1 || list[0].ID != m.ID || !strings.HasPrefix(list[0].Agenda, "kwd1 ") {
		t.Errorf("the list is %+v, %v", list, err)
	}
	p.Topic, p.Start = "Inna", p.Start.Add(time.Hour)
	if err := r.Update(ctx, m.ID, p); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Get(ctx, m.ID); err != nil || got.Topic != "Inna" || !got.Start.Equal(p.Start) || got.Passcode != m.Passcode || got.JoinURL != m.JoinURL {
		t.Errorf("after the update there is %+v, %v", got, err)
	}
	if link, err := r.StartURL(ctx, m.ID); err != nil || !strings.Contains(link.Reveal(), sandbox.Canary) || strings.Contains(link.String(), sandbox.Canary) {
		t.Errorf("the start link is %v, %v", link, err)
	}
	for range 2 { // the second time there is nothing to delete: that is a success
		if err := r.Delete(ctx, m.ID); err != nil {
			t.Error(err)
		}
	}
	if _, err := r.Get(ctx, m.ID); !r.Gone(err) || !faultOf(t, err).Permanent {
		t.Errorf("get says %v", err)
	}
	if all := r.w.AllMeetings(); !all[0].Deleted || all[0].Reminded {
		t.Errorf("Zoom wrote to people: %+v", all[0])
	}
	checkRequests(t, r.w.Journal())
}

// checkRequests looks at how the calls were made.
func checkRequests(t *testing.T, journal []sandbox.Entry) {
	t.Helper()
	for _, e := range journal {
		if !strings.HasPrefix(e.Path, "/v2/") {
			continue
		}
		if e.Header.Get("Accept") != "application/json" || e.Header.Get("Idempotency-Key") != "" {
			t.Errorf("%s was sent with %v", e.Rule, e.Header)
		}
		if e.Method == "DELETE" && len(e.Query) > 0 {
			t.Errorf("delete with %v", e.Query)
		}
		if strings.Contains(e.Body, "password") || strings.Contains(e.Body, "+01:00") {
			t.Errorf("%s sends %s", e.Rule, e.Body)
		}
	}
}

func TestTextsAreCutByCharacters(t *testing.T) {
	r := begin(t)
	p := plan1()
	p.Topic, p.Agenda = strings.Repeat("ż", 300), "kwd1 x\n"+strings.Repeat("ł", 3000)
	if _, err := r.Create(t.Context(), "me", p); err != nil {
		t.Fatal(err)
	}
	m := r.w.Meetings()[0]
	if utf8.RuneCountInString(m.Topic) != 200 || utf8.RuneCountInString(m.Agenda) != 2000 || !utf8.ValidString(m.Topic+m.Agenda) {
		t.Errorf("Zoom has %d and %d characters", utf8.RuneCountInString(m.Topic), utf8.RuneCountInString(m.Agenda))
	}
}

func TestUpdateIntoThePastIsSeenByReadingBack(t *testing.T) {
	r := begin(t)
	m, err := r.Create(t.Context(), "me", plan1())
	if err != nil {
		t.Fatal(err)
	}
	p := plan1()
	p.Start = noon.Add(-time.Hour)
	if err := r.Update(t.Context(), m.ID, p); err != nil {
		t.Fatal(err)
	}
	if got, err := r.Get(t.Context(), m.ID); err != nil || !got.Start.Equal(m.Start) {
		t.Errorf("it is at %v, %v", got.Start, err)
	}
}

// A redirect could carry the token to somebody else.
func TestRedirectsAreNotFollowed(t *testing.T) {
	hits := 0
	c := answered(t, func(w http.ResponseWriter, r *http.Request) {
		hits++
		http.Redirect(w, r, "/v2/elsewhere", http.StatusTemporaryRedirect)
	})
	_, err := c.Create(t.Context(), "me", plan1())
	if f := faultOf(t, err); f.Permanent || f.Outcome != 0 || f.Code != "offline" || hits != 1 {
		t.Errorf("%+v after %d requests", f, hits)
	}
	if _, err := c.List(t.Context(), "me", time.Time{}, time.Time{}); err == nil || hits != 2 {
		t.Errorf("%v after %d requests", err, hits)
	}
}

func TestIdsAreReadInEveryForm(t *testing.T) {
	for text, want := range map[string]int64{`85123456789`: 85123456789, `"85123456789"`: 85123456789, `0`: 0, `-5`: 0, `"x"`: 0, `1e10`: 0, `null`: 0, `99999999999999999999`: 0} {
		c := answered(t, func(w http.ResponseWriter, _ *http.Request) {
			_, _ = io.WriteString(w, `{"id":`+text+`,"join_url":"https://us02web.zoom.us/j/1","start_time":"2026-12-01T09:00:00Z"}`)
		})
		c.AnyHost = false
		m, err := c.Get(t.Context(), 1)
		if m.ID != want || (err == nil) != (want > 0) {
			t.Errorf("%s is read as %d, %v", text, m.ID, err)
		}
	}
}

func TestJoinLinks(t *testing.T) {
	own := &Client{}
	for link, want := range map[string]bool{
		"https://zoom.us/j/1?pwd=a": true, "https://us02web.zoom.us/j/1": true, "https://firma.zoom.com/j/1": true, "HTTPS://ZOOM.US/j/1": true,
		"https://us.zoomgov.com/j/1": true, "https://zoom.us:443/j/1": true,
		"http://zoom.us/j/1": false, "https://zoom.us.evil/j/1": false, "https://evilzoom.us/j/1": false, "https://evil-zoom.us/j/1": false,
		"https://zoom.us@evil.example/j/1": false, "https://user:pw@zoom.us/j/1": false, "https://evil.example/.zoom.us": false,
		"https://evil.example#.zoom.us": false, "https://evil.example?.zoom.us": false, `https://evil.example\.zoom.us`: false,
		"https://.zoom.us/j": false, "https://zoom.us./j": false, "https://zoom.us:8443/j": false, "https://zoom.us\r\nX: y": false,
		"https://zoom.us/j/1\n": false, "https://zoom.us/j 1": false, "https://z\u043eom.us/j/1": false, "https:///zoom.us": false, "https://:443/": false,
		"javascript:alert(1)": false, "zoommtg://zoom.us/join": false, "//zoom.us/j/1": false, "": false, "https://evil%2ezoom.us": false,
		`https://zoom.us/"><b>`: false,
	} {
		if own.zoomLink(link) != want {
			t.Errorf("%q: %v", link, !want)
		}
	}
	any := &Client{AnyHost: true}
	for link, want := range map[string]bool{"https://zoom.sandbox.invalid/j/1": true, "http://zoom.sandbox.invalid/j/1": false, "https://a@b/j": false, "https://x\r\n": false} {
		if any.zoomLink(link) != want {
			t.Errorf("with any host %q: %v", link, !want)
		}
	}
}

// The sandbox's links are of no use outside of it.
func TestForeignJoinLinkIsNeverHandedOut(t *testing.T) {
	r := begin(t)
	r.AnyHost = false
	_, err := r.Create(t.Context(), "me", plan1())
	if f := faultOf(t, err); f.Outcome == 0 || f.Permanent {
		t.Errorf("%+v", f)
	}
	if _, err := r.StartURL(t.Context(), r.w.Meetings()[0].ID); err == nil {
		t.Error("a foreign start link was handed out")
	}
	if list, err := r.List(t.Context(), "me", time.Time{}, time.Time{}); err != nil || len(list) != 1 { // ends the doubt
		t.Error(list, err)
	}
}
