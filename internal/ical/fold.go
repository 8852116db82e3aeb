package ical

import (
	"bytes"
	"unicode/utf8"
)

// width is how many octets a line may have, its end not counted (RFC 5545 §3.1).
const width = 75

// fold breaks the lines that are too long: CRLF and one blank, never inside a
// character, since some readers decode before they unfold.
func fold(raw []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.SplitAfterSeq(raw, []byte("\r\n")) {
		foldLine(&out, line)
	}
	return out.Bytes()
}

func foldLine(out *bytes.Buffer, line []byte) {
	text, ended := bytes.CutSuffix(line, []byte("\r\n"))
	room := width
	for len(text) > room {
		n := cut(text, room)
		out.Write(text[:n])
		out.WriteString("\r\n ")
		text, room = text[n:], width-1
	}
	out.Write(text)
	if ended {
		out.WriteString("\r\n")
	}
}

// cut returns the last start of a character at or before room.
func cut(text []byte, room int) int {
	for n := room; n > room-utf8.UTFMax; n-- {
		if utf8.RuneStart(text[n]) {
			return n
		}
	}
	return room
}

// unfold joins the broken lines again (RFC 5545 §3.1).
func unfold(page []byte) []byte { return bytes.ReplaceAll(page, []byte("\r\n "), nil) }
