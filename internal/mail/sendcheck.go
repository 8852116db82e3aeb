package mail

import (
	"context"
	"crypto/tls"
	"strings"
	"time"

	"kwadrans/internal/kwadrans"
)

// Report is what a conversation without a letter found out.
type Report struct {
	Server      string    `json:"server"`      // how the server calls itself; the account's host when it does not
	Address     string    `json:"address"`     // host:port that answered
	TLS         string    `json:"tls"`         // "TLS 1.3"; empty without encryption
	Certificate string    `json:"certificate"` // who signed the certificate, which was checked; empty without encryption
	Expires     time.Time `json:"expires"`     // when the certificate ends; zero without encryption
	Login       string    `json:"login"`       // PLAIN or LOGIN; empty for an account without a user
}

// Check connects, encrypts and logs in as Send does, and sends nothing. Its
// failures are those of Send before a letter.
func (p *Post) Check(ctx context.Context, a kwadrans.MailAccount) (Report, error) {
	ctx, cancel := context.WithTimeout(ctx, p.whole())
	defer cancel()
	t, err := p.open(ctx, a)
	if err != nil {
		return Report{}, err
	}
	defer t.close()
	r := t.report()
	t.quit()
	return r, nil
}

func (t *talk) report() Report {
	r := Report{Server: t.account.Host, Address: t.raw.RemoteAddr().String(), Login: t.login}
	if name, _, _ := strings.Cut(t.safe(t.client.HelloResponse()), " "); strings.Contains(name, ".") {
		r.Server = name
	}
	state, ok := t.client.TLSConnectionState()
	if !ok || len(state.PeerCertificates) == 0 {
		return r
	}
	leaf := state.PeerCertificates[0]
	r.TLS, r.Expires = tls.VersionName(state.Version), leaf.NotAfter
	r.Certificate = kwadrans.CleanLine(leaf.Issuer.CommonName)
	if len(leaf.Issuer.Organization) > 0 {
		r.Certificate = kwadrans.CleanLine(leaf.Issuer.Organization[0])
	}
	return r
}
