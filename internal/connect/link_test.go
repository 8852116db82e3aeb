package connect

import (
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/zoom/sandbox"
)

const bookingID = "01938a5e-7c21-7b3a-9f00-0123456789ab"

func TestLinks(t *testing.T) {
	for text, want := range map[string]Link{"kwadrans://connect/zoom": {Connect: true}, "kwadrans://booking/" + bookingID: {Booking: bookingID}} {
		if got, err := ParseLink(text); err != nil || got != want {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{
		"", "kwadrans:", "kwadrans://", "kwadrans://connect", "kwadrans://connect/zoom/", "kwadrans://connect/zoom?code=x", "kwadrans://connect/zoom#x",
		"KWADRANS://connect/zoom", "kwadrans://connect/zoom\n", " kwadrans://connect/zoom", "kwadrans://connect/teams", "kwadrans://user@connect/zoom",
		"kwadrans://connect:80/zoom", "kwadrans:connect/zoom", "https://connect/zoom", "kwadrans://connect/%7aoom", "kwadrans://booking/", "kwadrans://booking/x",
		"kwadrans://booking/" + strings.ToUpper(bookingID), "kwadrans://booking/" + bookingID + "/cancel", "kwadrans://booking/" + bookingID + "?now=1",
		"kwadrans://booking/{" + bookingID[1:35] + "}", "kwadrans://booking/../connect/zoom", "kwadrans://booking/" + strings.ReplaceAll(bookingID, "-", ""),
	} {
		if got, err := ParseLink(text); kwadrans.CodeOf(err) != kwadrans.CodeInvalid || got != (Link{}) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func FuzzParseLink(f *testing.F) {
	f.Add("kwadrans://connect/zoom")
	f.Add("kwadrans://booking/" + bookingID)
	f.Add("kwadrans://booking/urn:uuid:" + bookingID)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseLink(text)
		if err == nil && text != "kwadrans://connect/zoom" && text != "kwadrans://booking/"+got.Booking {
			t.Errorf("%q is taken as %+v", text, got)
		}
		if err != nil && got != (Link{}) {
			t.Errorf("%q gives %+v and %v", text, got, err)
		}
	})
}

func TestCheckID(t *testing.T) {
	r := begin(t)
	for id, want := range map[string]IDKind{sandbox.ClientID: PublicID, sandbox.ConfidentialID: SecretID, "kwsbxNobody00000000001": SecretID} {
		if got, err := r.CheckID(t.Context(), id); err != nil || got != want {
			t.Errorf("%s is %q, %v", id, got, err)
		}
	}
	for _, id := range []string{"", "short", "with a space in", "ab\r\ncd-0123456", strings.Repeat("x", 65), "https://zoom.us", "żółw-0123456789", `"><script>alert`} {
		_, err := r.CheckID(t.Context(), id)
		r.fails(err, kwadrans.CodeInvalid)
	}
	for name, f := range map[string]sandbox.Fault{"error": sandbox.ErrorBefore, "html": sandbox.HTML, "html 200": sandbox.HTMLOK, "reset": sandbox.ResetBefore} {
		r.w.FailNext(callCode, 1, f)
		if _, err := r.CheckID(t.Context(), sandbox.ClientID); kwadrans.CodeOf(err) != kwadrans.CodeOffline {
			t.Errorf("%s: %v", name, err)
		}
	}
	r.OAuthURL = "http://127.0.0.1:1"
	_, err := r.CheckID(t.Context(), sandbox.ClientID)
	r.fails(err, kwadrans.CodeOffline)
}

func TestNamedAPIAddress(t *testing.T) {
	s := &Service{}
	for named, want := range map[string]string{
		"https://api.zoom.us": "https://api.zoom.us/v2", "https://api-eu.zoom.us/": "https://api-eu.zoom.us/v2", "https://API-US.ZOOM.US/v2": "https://api-us.zoom.us/v2",
		"https://api.zoomgov.com": "https://api.zoomgov.com/v2", "https://firma.zoom.us/evil?x=1#y": "https://firma.zoom.us/v2",
		"": "", "http://api.zoom.us": "", "https://zoom.us.evil": "", "https://api.zoom.us.evil.example": "", "https://evil-zoom.us": "", "https://evilzoom.us": "",
		"https://api.zoom.us:8443": "", "https://api.zoom.us:443": "", "https://api.zoom.us:": "", "https://user@api.zoom.us": "", "https://api.zoom.us@evil.example": "",
		"https://evil.example/.zoom.us": "", "https://evil.example#.zoom.us": "", `https://evil.example\.zoom.us`: "", "https://.zoom.us": "", "https://api.zoom.us.": "",
		"https://a..zoom.us": "", "https://-a.zoom.us": "", "//api.zoom.us": "", "api.zoom.us": "", "https:api.zoom.us": "", "https://[::1]": "", "https://127.0.0.1": "",
		"https://żoom.us": "", "https://evil%2ezoom.us": "", "https://api.zoom.us\r\n": "", "ftp://api.zoom.us": "", "https://zoom.us": "",
	} {
		if got := s.apiURL(named); got != want {
			t.Errorf("%q is taken as %q, want %q", named, got, want)
		}
	}
}

func TestBase(t *testing.T) {
	r := begin(t)
	if got := r.Base(mine); got != r.sb.API {
		t.Errorf("before the sign-in: %s", got)
	}
	r.w.Turn(func(k *sandbox.Knobs) { k.APIURL = "https://api-eu.zoom.us" })
	r.connect()
	if got := r.Base(mine); got != r.sb.API {
		t.Errorf("the user's own address must win, got %s", got)
	}
	r.UserAPI = false
	if got := r.Base(mine); got != "https://api-eu.zoom.us/v2" {
		t.Errorf("the region is %s", got)
	}
	r.UserAPI = true
	r.w.Turn(func(k *sandbox.Knobs) { k.APIURL = "https://zoom.us.evil" })
	r.connect()
	r.UserAPI = false
	if got := r.Base(mine); got != r.sb.API {
		t.Errorf("an address that is not Zoom's is taken: %s", got)
	}
}
