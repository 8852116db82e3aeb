package desktop

import (
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// early is how long a program that was started may take to say that it cannot show
// an address. Some run on as long as the browser does.
const early = 3 * time.Second

// Open shows an address in the system's browser, or in Zoom's program: https,
// zoommtg, and http on this computer only. It passes on where https leads: who
// calls has judged that. Errors: CodeInvalid for any other address, CodeInternal
// when nothing here can show it.
func Open(address string) error {
	if !allowed(address) {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desktop: this address is not opened").WithHint("only https and Zoom's own addresses are")
	}
	return start(address, site(address), early)
}

// site is what may be told of an address: the rest can carry a credential.
func site(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return u.Scheme + "://" + u.Host
}

// Reveal shows the directory of a file in the system's file manager. Errors:
// CodeInvalid for a path that is not absolute, CodeInternal when nothing can show it.
func Reveal(path string) error {
	if !filepath.IsAbs(path) {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desktop: %s is not a whole path", path)
	}
	dir := filepath.Dir(path)
	return start(dir, dir, early)
}

// start lets a program of the desktop show something and waits for its first word.
// A failure says name.
func start(what, name string, wait time.Duration) error {
	ended := make(chan error, 1)
	go func() { ended <- browse(what) }()
	select {
	case err := <-ended:
		if err != nil {
			return kwadrans.Errorf(kwadrans.CodeInternal, "desktop: no program here shows %s", name).
				WithHint("copy the address and open it yourself").Because(err)
		}
	case <-time.After(wait):
	}
	return nil
}

// allowed says whether an address may be opened. Control characters, blanks and
// quotes never belong into one, and a name before the host only misleads.
func allowed(address string) bool {
	if strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"'`<>\\^{|}", r) }) {
		return false
	}
	u, err := url.Parse(address)
	if err != nil || u.Opaque != "" || u.User != nil || u.Hostname() == "" {
		return false
	}
	switch u.Scheme {
	case "https", "zoommtg":
		return true
	case "http":
		return loopback(u.Hostname())
	}
	return false
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
