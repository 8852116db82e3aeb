package kwadrans

import (
	"strings"
)

// Lang is a language of the program.
type Lang string

// The languages.
const (
	Polish  Lang = "pl"
	English Lang = "en"
)

// ParseLang reads pl or en.
func ParseLang(s string) (Lang, error) {
	switch Lang(s) {
	case Polish, English:
		return Lang(s), nil
	}
	return "", Errorf(CodeInvalid, "%q is not a language of the program", s).WithHint("use pl or en")
}

// Profile is who the host is.
type Profile struct {
	Name  string `json:"name"`
	Email string `json:"email"`
	Zone  string `json:"zone"` // IANA name
	Lang  Lang   `json:"lang"`
	Org   string `json:"org"` // shown at the top of letters; the name when empty
}

// Validate says what is wrong with the profile, with CodeInvalid.
func (p Profile) Validate() error {
	if strings.TrimSpace(p.Name) == "" || len([]rune(p.Name)) > 120 || hasControl(p.Name) {
		return Errorf(CodeInvalid, "profile: the name must be one line of 1 to 120 characters")
	}
	if len([]rune(p.Org)) > 120 || hasControl(p.Org) {
		return Errorf(CodeInvalid, "profile: the organisation must be one line of at most 120 characters")
	}
	if _, err := CleanEmail(p.Email); err != nil {
		return err
	}
	if _, err := Zone(p.Zone); err != nil {
		return err
	}
	_, err := ParseLang(string(p.Lang))
	return err
}

// Host is who leads a booking, as it was when the booking was made.
type Host struct {
	ID    string `json:"id"` // "me", or a member's id
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Me is the id of the owner of the file as a host.
const Me = "me"

// MailTLS says how the way to the mail server is encrypted.
type MailTLS string

// The kinds of encryption; none is for servers on this computer.
const (
	TLSStart    MailTLS = "starttls"
	TLSImplicit MailTLS = "implicit"
	TLSNone     MailTLS = "none"
)

// MailAccount is the account that letters are sent from.
type MailAccount struct {
	From     string  `json:"from"`
	Host     string  `json:"host"`
	Port     int     `json:"port"`
	TLS      MailTLS `json:"tls"`
	User     string  `json:"user"`
	Password Secret  `json:"-"`
}
