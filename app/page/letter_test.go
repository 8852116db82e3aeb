package page

import (
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/mail"
	"strings"
)

// readable is a letter with all its parts decoded, one after the other.
func readable(raw []byte) string {
	m, err := mail.ReadMessage(bytes.NewReader(raw))
	if err != nil {
		return string(raw)
	}
	return m.Header.Get("Subject") + "\n" + decoded(m.Header.Get("Content-Type"), m.Header.Get("Content-Transfer-Encoding"), m.Body)
}

func decoded(kind, encoding string, body io.Reader) string {
	media, params, err := mime.ParseMediaType(kind)
	if err == nil && strings.HasPrefix(media, "multipart/") {
		var out strings.Builder
		for r := multipart.NewReader(body, params["boundary"]); ; {
			part, err := r.NextRawPart()
			if err != nil {
				return out.String()
			}
			out.WriteString(decoded(part.Header.Get("Content-Type"), part.Header.Get("Content-Transfer-Encoding"), part) + "\n")
		}
	}
	switch strings.ToLower(encoding) {
	case "base64":
		body = base64.NewDecoder(base64.StdEncoding, body)
	case "quoted-printable":
		body = quotedprintable.NewReader(body)
	}
	b, _ := io.ReadAll(body)
	return strings.ReplaceAll(string(b), "\r\n", "\n")
}

func contains(list []string, email string) bool {
	for _, s := range list {
		if strings.EqualFold(s, email) {
			return true
		}
	}
	return false
}
