package calendar

import (
	"net/netip"

	"kwadrans/internal/kwadrans"
)

// Place says where an address of the internet protocol is.
type Place int

// The places.
const (
	Public  Place = iota
	Near          // this computer or the own network
	Nowhere       // nothing that has a calendar
)

// inside are the prefixes of this computer and of networks like one's own.
var inside = prefixes(
	"127.0.0.0/8", "::1/128", // RFC 1122, RFC 4291
	"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", // RFC 1918
	"100.64.0.0/10",  // RFC 6598, shared between customers of a provider
	"169.254.0.0/16", // RFC 3927
	"fc00::/7",       // RFC 4193
	"fe80::/10",      // RFC 4291, link-local
)

// closed are the other special prefixes (IANA IPv4 and IPv6 Special-Purpose
// Address Registries; multicast). Old ways to write an IPv4 address into an IPv6
// one are among them, since they would go round the checks.
var closed = prefixes(
	"0.0.0.0/8", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
	"224.0.0.0/4", "240.0.0.0/4",
	"::/96", "64:ff9b:1::/48", "100::/63", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
	"fec0::/10", "ff00::/8",
)

var (
	translated = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: the IPv4 address stands at the end
	global     = netip.MustParsePrefix("2000::/3")     // all that is given out of IPv6 (IANA)
)

func prefixes(list ...string) []netip.Prefix {
	p := make([]netip.Prefix, len(list))
	for i, s := range list {
		p[i] = netip.MustParsePrefix(s)
	}
	return p
}

// PlaceOf tells where an address is; every door to other servers judges by it. A zone says only by which wire, and a
// prefix contains no address that has one.
func PlaceOf(a netip.Addr) Place {
	a = a.WithZone("").Unmap()
	if translated.Contains(a) {
		b := a.As16()
		a = netip.AddrFrom4([4]byte(b[12:]))
	}
	switch {
	case within(inside, a):
		return Near
	case within(closed, a), a.Is6() && !global.Contains(a), !a.IsValid():
		return Nowhere
	}
	return Public
}

func within(list []netip.Prefix, a netip.Addr) bool {
	for _, p := range list {
		if p.Contains(a) {
			return true
		}
	}
	return false
}

const hintNear = "if the calendar is in your own network, allow that for it"

// admit says whether a connection may be made to an address that a name was
// resolved to. Beyond the own network only TLS at its usual port is spoken.
func admit(to netip.AddrPort, allowed, plain bool) error {
	switch PlaceOf(to.Addr()) {
	case Nowhere:
		return kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: the address leads to no server").WithHint(hintCopy)
	case Near:
		if !allowed {
			return kwadrans.Errorf(kwadrans.CodeCalendarNear, "calendar: the address leads into your own network").WithHint(hintNear)
		}
		return nil
	}
	if plain {
		return unencrypted()
	}
	if to.Port() != 443 && !allowed {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: the address names another port than 443").WithHint(hintNear)
	}
	return nil
}

func unencrypted() error {
	return kwadrans.Errorf(kwadrans.CodeInvalid, "calendar: the address is not encrypted").
		WithHint("use an address that begins with https:// or webcal://")
}
