package mail

import (
	"encoding/base64"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

const reply = "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:x@kwadrans\r\nATTENDEE;PARTSTAT=ACCEPTED:mailto:anna@example.com\r\nEND:VEVENT\r\nEND:VCALENDAR"

func TestReadAnswer(t *testing.T) {
	packed := base64.StdEncoding.EncodeToString([]byte(reply))
	head := "From: =?utf-8?q?Anna_=C5=BB=C3=B3=C5=82=C4=87?= <anna@example.com>\r\nTo: h@example.com\r\nSubject: Accepted\r\nMIME-Version: 1.0\r\n"
	for name, letter := range map[string]string{
		"a bare file":   "\xEF\xBB\xBF" + reply + "\r\n",
		"a single part": head + "Content-Type: text/calendar; method=REPLY; charset=UTF-8\r\n\r\n" + reply + "\r\n",
		"a part and the same as a file": head + "Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n" +
			"--a\r\nContent-Type: text/plain; charset=iso-8859-2\r\n\r\nTak\xb1\r\n--a\r\nContent-Type: text/calendar; method=REPLY\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
			packed + "\r\n--a--\r\n--m\r\nContent-Type: application/octet-stream; name=\"=?utf-8?q?invite.ICS?=\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + packed + "\r\n--m--\r\n",
		"a forwarded letter": head + "Content-Type: message/rfc822\r\n\r\nFrom: x@example.com\r\nContent-Type: text/calendar\r\n\r\n" + reply + "\r\n",
	} {
		a, err := ReadAnswer([]byte(letter))
		if err != nil || len(a.Pages) != 1 || strings.TrimSpace(string(a.Pages[0])) != reply {
			t.Errorf("%s: %d pages, %v: %q", name, len(a.Pages), err, a.Pages)
		}
		if want := name != "a bare file"; want != (a.From == "anna@example.com") {
			t.Errorf("%s: from %q", name, a.From)
		}
	}
}

func TestReadAnswerRefuses(t *testing.T) {
	deep := "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
	for name, letter := range map[string]string{
		"nothing": "", "a text": "From: a@b.c\r\n\r\nYes, I come.", "no letter": "\x00\x01\x02", "half a letter": deep,
		"a deep one": strings.Repeat(deep, 200) + reply,
	} {
		if a, err := ReadAnswer([]byte(letter)); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
			t.Errorf("%s: %+v %v", name, a, err)
		}
	}
	if _, err := ReadAnswer(make([]byte, MaxAnswer+1)); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("too large: %v", err)
	}
}

func FuzzReadAnswer(f *testing.F) {
	f.Add([]byte(reply))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\nContent-Type: text/calendar\r\n\r\n" + reply + "\r\n--m--"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if a, err := ReadAnswer(b); (err == nil) == (len(a.Pages) == 0) || len(a.Pages) > maxPages {
			t.Errorf("%d pages, %v", len(a.Pages), err)
		}
	})
}
