package mail

import (
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Provider is a mail service with the settings it asks for.
type Provider struct {
	Name    string           `json:"name"` // a proper name, the same in every language
	Domains []string         `json:"-"`    // of its addresses; none where people bring their own
	Host    string           `json:"host"`
	Port    int              `json:"port"`
	TLS     kwadrans.MailTLS `json:"tls"`
	Local   bool             `json:"-"`    // the user is the part before the @
	Note    string           `json:"note"` // key of the words on what has to be done first; may be empty
}

// User returns the user name that the provider expects for an address.
func (p Provider) User(email string) string {
	if local, _, ok := strings.Cut(email, "@"); ok && p.Local {
		return local
	}
	return email
}

// Account returns the account of an address at the provider, without its password.
func (p Provider) Account(email string) kwadrans.MailAccount {
	return kwadrans.MailAccount{From: email, Host: p.Host, Port: p.Port, TLS: p.TLS, User: p.User(email)}
}

// Preset returns the provider of an address by its domain. False for domains
// that nobody but their owner knows.
func Preset(email string) (Provider, bool) {
	_, domain, _ := strings.Cut(strings.ToLower(strings.TrimSpace(email)), "@")
	for _, p := range providers {
		if slices.Contains(p.Domains, domain) {
			return p.clone(), true
		}
	}
	return Provider{}, false
}

// Providers returns every known provider, those with a domain of one's own as well.
func Providers() []Provider {
	list := make([]Provider, 0, len(providers))
	for _, p := range providers {
		list = append(list, p.clone())
	}
	return list
}

func (p Provider) clone() Provider {
	p.Domains = slices.Clone(p.Domains)
	return p
}

const (
	noteGoogle    = "mail.note.google"
	noteMicrosoft = "mail.note.microsoft"
	noteApp       = "mail.note.app-password"
	noteSwitch    = "mail.note.switch-on"
	noteBridge    = "mail.note.bridge"
)

// providers follow Thunderbird's ISPDB (github.com/thunderbird/autoconfig) and the
// providers' help pages. Left out because the server depends on the customer:
// home.pl and nazwa.pl. Interia and Gazeta are in no ISPDB: theirs are from many
// programs that agree.
var providers = []Provider{
	{Name: "Gmail", Domains: []string{"gmail.com", "googlemail.com"}, Host: "smtp.gmail.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteGoogle},
	{Name: "Google Workspace", Host: "smtp.gmail.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteGoogle},
	{Name: "Outlook.com", Domains: []string{"outlook.com", "hotmail.com", "live.com", "msn.com"}, Host: "smtp-mail.outlook.com", Port: 587, TLS: kwadrans.TLSStart, Note: noteMicrosoft},
	{Name: "Microsoft 365", Host: "smtp.office365.com", Port: 587, TLS: kwadrans.TLSStart, Note: noteMicrosoft},
	{Name: "iCloud", Domains: []string{"icloud.com", "me.com", "mac.com"}, Host: "smtp.mail.me.com", Port: 587, TLS: kwadrans.TLSStart, Note: noteApp},
	{Name: "Yahoo", Domains: []string{"yahoo.com"}, Host: "smtp.mail.yahoo.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteApp},
	{Name: "WP", Domains: []string{"wp.pl"}, Host: "smtp.wp.pl", Port: 465, TLS: kwadrans.TLSImplicit, Local: true, Note: noteSwitch},
	{Name: "o2", Domains: []string{"o2.pl", "go2.pl", "tlen.pl", "prokonto.pl"}, Host: "poczta.o2.pl", Port: 465, TLS: kwadrans.TLSImplicit, Local: true, Note: noteSwitch},
	{Name: "Onet", Domains: []string{"onet.pl", "onet.eu", "poczta.onet.pl", "poczta.onet.eu", "op.pl", "vp.pl", "onet.com.pl", "autograf.pl", "buziaczek.pl", "amorki.pl", "adres.pl", "cyberia.pl", "pseudonim.pl", "spoko.pl", "vip.onet.pl"},
		Host: "smtp.poczta.onet.pl", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteSwitch},
	{Name: "Interia", Domains: []string{"interia.pl", "interia.eu", "poczta.fm"}, Host: "poczta.interia.pl", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteSwitch},
	{Name: "Gazeta.pl", Domains: []string{"gazeta.pl"}, Host: "smtp.gazeta.pl", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteSwitch},
	{Name: "OVH", Host: "ssl0.ovh.net", Port: 465, TLS: kwadrans.TLSImplicit},
	{Name: "Zoho Mail", Domains: []string{"zohomail.com"}, Host: "smtp.zoho.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteApp},
	{Name: "Zoho Mail (EU)", Domains: []string{"zohomail.eu"}, Host: "smtp.zoho.eu", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteApp},
	{Name: "Fastmail", Domains: []string{"fastmail.com", "fastmail.fm"}, Host: "smtp.fastmail.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteApp},
	{Name: "GMX", Domains: []string{"gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gmx.eu"}, Host: "mail.gmx.net", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteSwitch},
	{Name: "GMX.com", Domains: []string{"gmx.com", "gmx.us", "gmx.co.uk", "gmx.fr", "gmx.es", "gmx.it"}, Host: "mail.gmx.com", Port: 465, TLS: kwadrans.TLSImplicit, Note: noteSwitch},
	// The Bridge's certificate is its own; it takes logins from this computer without TLS.
	{Name: "Proton Mail Bridge", Domains: []string{"proton.me", "protonmail.com", "protonmail.ch", "pm.me"}, Host: "127.0.0.1", Port: 1025, TLS: kwadrans.TLSNone, Note: noteBridge},
}
