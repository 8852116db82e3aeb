package house

import (
	"net"
	"net/url"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Zoom's own addresses.
const (
	zoomOAuth = "https://zoom.us"
	zoomAPI   = "https://api.zoom.us/v2"
)

// addresses are where Zoom is: its own, or the user's (Zoom for Government, a sandbox).
type addresses struct {
	oauth, api string
	oauthSet   bool
	apiSet     bool
}

// own says whether the user named any address.
func (a addresses) own() bool { return a.oauthSet || a.apiSet }

func readAddresses(env func(string) string) (a addresses, err error) {
	a = addresses{oauth: zoomOAuth, api: zoomAPI}
	if v := env("KWADRANS_ZOOM_OAUTH_URL"); v != "" {
		a.oauthSet = true
		if a.oauth, err = cleanAddress("KWADRANS_ZOOM_OAUTH_URL", v); err != nil {
			return a, err
		}
	}
	if v := env("KWADRANS_ZOOM_API_URL"); v != "" {
		a.apiSet = true
		if a.api, err = cleanAddress("KWADRANS_ZOOM_API_URL", v); err != nil {
			return a, err
		}
	}
	return a, nil
}

// cleanAddress takes https anywhere, and http on this computer only.
func cleanAddress(name, v string) (string, error) {
	bad := kwadrans.Errorf(kwadrans.CodeInvalid, "house: %s is not an address that can be used", name).
		WithHint("write it as https://host (http only on this computer)")
	u, err := url.Parse(v)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return "", bad
	}
	if u.Scheme != "https" && (u.Scheme != "http" || !loopback(u.Hostname())) {
		return "", bad
	}
	return strings.TrimRight(v, "/"), nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// onlyHere says whether both addresses are on this computer.
func (a addresses) onlyHere() bool {
	for _, s := range []string{a.oauth, a.api} {
		u, err := url.Parse(s)
		if err != nil || !loopback(u.Hostname()) {
			return false
		}
	}
	return true
}
