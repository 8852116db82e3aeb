package mail

import (
	"regexp"
	"strings"

	"kwadrans/internal/kwadrans"
)

// sign is how one known refusal is told from others: by a code or a word that
// the server said. Numbers come before words; the first sign that fits wins.
type sign struct {
	key   string
	codes []kwadrans.Code // of the fault; nil for any
	has   []string        // one of them is in the words, in small letters
}

var (
	onLogin   = []kwadrans.Code{kwadrans.CodeMailAuth}
	onTLS     = []kwadrans.Code{kwadrans.CodeMailTLS}
	onOffline = []kwadrans.Code{kwadrans.CodeOffline}
	onRefusal = []kwadrans.Code{kwadrans.CodeMailRefused}
	onLater   = []kwadrans.Code{kwadrans.CodeMailLater}
)

// signs are the refusals that people meet. Google and Microsoft document theirs
// (support.google.com/a/answer/3726730; learn.microsoft.com "non-delivery reports").
var signs = []sign{
	{"mail.explain.google-password", onLogin, []string{" 5.7.9 ", "invalidsecondfactor", "application-specific password"}},
	{"mail.explain.google-password", onLogin, []string{"gsmtp", "badcredentials"}},
	{"mail.explain.microsoft-basic", onLogin, []string{" 5.7.139 ", " 5.7.57 ", " 5.7.3 ", "smtpclientauthentication", "basic authentication is disabled"}},
	{"mail.explain.other-login", onLogin, []string{saidOtherLogin}},
	{"mail.explain.no-login", onLogin, []string{saidNoLogin}},
	{"mail.explain.login-needed", onLogin, []string{"530 "}},
	{"mail.explain.password", onLogin, []string{""}},

	{"mail.explain.wrong-mode", onTLS, []string{saidNotTLS, saidTLSInstead}},
	{"mail.explain.no-tls", onTLS, []string{saidNoStartTLS, saidUnprotected}},
	{"mail.explain.tls-needed", onTLS, []string{"530 ", "523 ", "538 ", "550 "}},
	{"mail.explain.certificate-name", onTLS, []string{saidCertificateName}},
	{"mail.explain.certificate-date", onTLS, []string{saidCertificateDate}},
	{"mail.explain.certificate", onTLS, []string{saidCertificate}},
	{"mail.explain.tls", onTLS, []string{""}},

	{"mail.explain.no-reply", onOffline, []string{saidNoReply}},
	{"mail.explain.wrong-mode", onOffline, []string{saidNoGreeting}},
	{"mail.explain.not-mail", onOffline, []string{saidNotMail}},
	{"mail.explain.no-server", onOffline, []string{saidNoServer}},
	{"mail.explain.wrong-port", onOffline, []string{saidRefused}},
	{"mail.explain.offline", onOffline, []string{""}},

	{"mail.explain.limit", nil, []string{" 5.4.5 ", " 4.4.5 ", "sending limit", "sending quota"}},
	{"mail.explain.sender", onRefusal, []string{" 5.7.60 ", "sendasdenied", "553 ", "sender address rejected", "not owned by user"}},
	{"mail.explain.too-big", nil, []string{" 5.3.4 ", " 5.2.3 ", "552 ", "message too large", "size limit"}},
	{"mail.explain.mailbox-full", nil, []string{" 5.2.2 ", " 4.2.2 ", "mailbox full", "mailbox is full"}},
	{"mail.explain.no-domain", onRefusal, []string{" 5.1.2 ", " 5.4.4 "}},
	{"mail.explain.no-mailbox", onRefusal, []string{" 5.1.1 ", " 5.1.10 ", "user unknown", "no such user", "unknown user", "mailbox unavailable"}},
	{"mail.explain.relay", onRefusal, []string{"relay"}},
	{"mail.explain.spam", onRefusal, []string{" 5.7.26 ", "spam", "block", "blacklist", "reputation", "policy"}},
	{"mail.explain.ascii", onRefusal, []string{"smtputf8"}},
	{"mail.explain.relay", onRefusal, []string{" 5.7.1 "}},
	{"mail.explain.refused", onRefusal, []string{""}},

	{"mail.explain.greylist", onLater, []string{"greylist", "graylist", "grey list", " 4.7.1 "}},
	{"mail.explain.too-many", onLater, []string{"421 ", "450 ", "452 ", "454 ", "too many", "rate"}},
	{"mail.explain.later", onLater, []string{""}},
}

// Explain returns the key of the words (internal/lang) that say in plain language
// what a failure of Send or Check means and what to do. It works from what a
// step or a pause keeps: Fault.Code and Fault.Words. Empty for codes that are
// not about mail.
func Explain(code kwadrans.Code, words string) string {
	text := " " + strings.ToLower(words) + " "
	text = bareCode.ReplaceAllString(text, " $1 ")
	for _, s := range signs {
		if s.fits(code, text) {
			return s.key
		}
	}
	return ""
}

// bareCode is an enhanced status code with what servers put around it: "#5.1.1", "(5.7.1)".
var bareCode = regexp.MustCompile(`[\s#(\[:]([245]\.\d{1,3}\.\d{1,3})[\s)\]:,;.]`)

func (s sign) fits(code kwadrans.Code, text string) bool {
	if !s.about(code) {
		return false
	}
	for _, part := range s.has {
		if replyCode(part) && strings.HasPrefix(text, " "+part) || !replyCode(part) && strings.Contains(text, strings.ToLower(part)) {
			return true
		}
	}
	return false
}

func (s sign) about(code kwadrans.Code) bool {
	if s.codes == nil {
		return code == kwadrans.CodeMailRefused || code == kwadrans.CodeMailLater
	}
	for _, c := range s.codes {
		if c == code {
			return true
		}
	}
	return false
}

// replyCode says whether a part is a reply code, "552 ": it stands at the start only.
func replyCode(part string) bool {
	return len(part) == 4 && part[3] == ' ' && part[0] >= '4' && part[0] <= '5'
}
