package mail

import (
	"cmp"
	"crypto/sha256"
	"fmt"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Trial is what the test letter tells about the way that it took.
type Trial struct {
	From   string
	To     string
	Server string
	Port   int
	TLS    kwadrans.MailTLS
	Lang   kwadrans.Lang
	Zone   string // IANA name
	At     time.Time
}

// Trial returns the test letter, which shows the reader whether letters arrive
// and are readable. It takes the same way as an invitation and carries no
// calendar part. Errors: CodeInvalid for addresses and zones.
func (c *Composer) Trial(t Trial) (kwadrans.Envelope, error) {
	from, err := address(t.From)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	to, err := address(t.To)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	s, err := t.sheet(c.Version)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	body, err := alternatives(s)
	if err != nil {
		return kwadrans.Envelope{}, err
	}
	id := t.messageID(from, to)
	h := headers{{"From", person("Kwadrans", from)}, {"To", person("", to)}, {"Subject", words(s.Subject)}}
	h.letter(t.At, id, "")
	h.add(autoSubmitted())
	b, err := write(h, body, id)
	return kwadrans.Envelope{From: from, To: to, MessageID: id, Bytes: b}, err
}

// messageID names the letter by what it is: who, to whom, when.
func (t Trial) messageID(from, to string) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", from, to, t.At.UnixNano()))
	_, domain, _ := strings.Cut(from, "@")
	return fmt.Sprintf("trial.%x@%s", sum[:12], domain)
}

func (t Trial) sheet(version string) (sheet, error) {
	c, err := clockOf(t.Zone)
	if err != nil {
		return sheet{}, err
	}
	a := &author{lang: kwadrans.English}
	if t.Lang == kwadrans.Polish {
		a.lang = t.Lang
	}
	at := c.at(t.At)
	day, clock, zone := lang.Date(a.lang, at), lang.Clock(at), lang.Place(a.lang, c.name, at)
	return sheet{
		Lang: a.lang, Brand: "Kwadrans", Numbered: true,
		Subject:   a.t("subject.trial", "day", lang.Day(a.lang, at, at), "time", clock, "city", c.city(a.lang)),
		Preheader: a.t("pre.trial"), Kicker: a.t("kick.trial"), Title: a.t("trial.title"), Lead: a.t("trial.lead"),
		Meta:  phrase{Before: a.t("trial.sent", "date", day, "time", clock, "zone", zone)},
		Intro: a.t("trial.intro"), Rows: t.rows(a, version),
		Heading: a.t("head.trial"), Points: []point{a.ask("trial.where"), a.ask("trial.letters")},
		Closing: a.t("trial.closing"), Foot: []string{a.t("why.trial")},
	}, nil
}

func (t Trial) rows(a *author, version string) []row {
	rows := &table{a: a}
	rows.text("from", kwadrans.CleanLine(t.From))
	rows.text("server", a.t("trial.server", "server", kwadrans.CleanLine(t.Server), "port", t.Port))
	rows.text("tls", a.t("tls."+string(cmp.Or(t.TLS, kwadrans.TLSNone))))
	rows.text("letters", "ąćęłńóśźż ĄĆĘŁŃÓŚŹŻ")
	rows.text("version", kwadrans.CleanLine(version))
	return rows.list
}
