package mail

import (
	"fmt"
	"mime"
	"net/mail"
	"net/textproto"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

var (
	always = []string{"Content-Type", "Mime-Version", "Subject", "To"}
	sent   = []string{"Date", "From", "Message-Id"}
)

// checkHeader wants each field once and no other.
func checkHeader(name string, h textproto.MIMEHeader) (wrong []string) {
	want := slices.Clone(always)
	if strings.HasPrefix(name, "draft") {
		want = append(want, "X-Unsent")
	} else {
		want = append(want, sent...)
	}
	if strings.HasPrefix(name, "10-") || !strings.HasPrefix(name, "draft") && strings.Contains(name, "-host") {
		want = append(want, "Auto-Submitted")
	}
	if h.Get("In-Reply-To") != "" {
		want = append(want, "In-Reply-To", "References")
	}
	var got []string
	for k, v := range h {
		got = append(got, k)
		if len(v) != 1 {
			wrong = append(wrong, k+" stands more than once")
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		wrong = append(wrong, fmt.Sprintf("the fields are %v, not %v", got, want))
	}
	if to, err := mail.ParseAddressList(h.Get("To")); err != nil || len(to) != 1 {
		wrong = append(wrong, "To is not one address")
	}
	return wrong
}

func TestHeaders(t *testing.T) {
	l := storyMoved(kwadrans.Polish)
	l.From = "zespol@cwik-wspolnicy.example"
	e, err := composer().Compose(l)
	if err != nil {
		t.Fatal(err)
	}
	if e.From != l.From || e.To != l.To.Email || e.MessageID != l.MessageID {
		t.Errorf("the envelope is %q %q %q", e.From, e.To, e.MessageID)
	}
	h := read(t, e.Bytes).header
	var dec mime.WordDecoder
	subject, err := dec.DecodeHeader(h.Get("Subject"))
	if want := "Nowy termin: Porada prawna, wtorek 1 grudnia, 10:00 (Nowy Jork)"; subject != want || err != nil {
		t.Errorf("the subject is %q", subject)
	}
	for field, want := range map[string]string{
		"From": "Hanna Ćwik <zespol@cwik-wspolnicy.example>", "Reply-To": "Hanna Ćwik <hanna.cwik@cwik-wspolnicy.example>",
		"To": "Priya Raghunathan <priya.raghunathan@raghunathan-books.example>",
	} {
		a, err := mail.ParseAddress(h.Get(field))
		if err != nil || a.Name+" <"+a.Address+">" != want {
			t.Errorf("%s is %q", field, h.Get(field))
		}
	}
	for field, want := range map[string]string{
		"Date": "Mon, 23 Nov 2026 11:04:00 +0000", "Message-Id": "<" + l.MessageID + ">",
		"In-Reply-To": "<" + l.InReplyTo + ">", "References": "<" + l.InReplyTo + ">", "Auto-Submitted": "",
	} {
		if got := h.Get(field); got != want {
			t.Errorf("%s is %q, want %q", field, got, want)
		}
	}
}
