package mail

import (
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

// What a person reads before a letter leaves is what is in it.
func TestShow(t *testing.T) {
	for name, e := range letters(t) {
		m := read(t, e.Bytes)
		s, err := Show(e.Bytes)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if s.Text != string(unix(m.one(t, "text/plain").body)) || s.Subject == "" || strings.Contains(s.Subject, "=?") {
			t.Errorf("%s: %q\n%s", name, s.Subject, s.Text)
		}
		if !strings.Contains(s.To, e.To) || strings.Contains(s.From+s.To+s.ReplyTo, "=?") || s.From == "" && !strings.HasPrefix(name, "draft") {
			t.Errorf("%s: from %s to %s, replies to %s", name, s.From, s.To, s.ReplyTo)
		}
		if has := strings.Contains(string(e.Bytes), "text/calendar"); has != strings.HasPrefix(s.Calendar, "BEGIN:VCALENDAR\n") {
			t.Errorf("%s: the calendar part is %q", name, s.Calendar)
		}
	}
}

func TestShowRefuses(t *testing.T) {
	for _, bad := range []string{"", "no header", "Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!"} {
		if s, err := Show([]byte(bad)); err != nil && kwadrans.CodeOf(err) != kwadrans.CodeInvalid || err == nil && s.Text != "" {
			t.Errorf("%q: %+v %v", bad, s, err)
		}
	}
}
