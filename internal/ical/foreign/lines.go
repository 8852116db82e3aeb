package foreign

import "bytes"

// lines walks over the logical lines of a page (RFC 5545 §3.1). It unfolds on
// bytes, since some programs fold inside a character, and keeps a line only
// until the next one.
type lines struct {
	rest []byte
	buf  []byte
}

func newLines(page []byte) *lines {
	page = bytes.TrimPrefix(page, []byte("\xEF\xBB\xBF"))
	if bytes.IndexByte(page, '\n') < 0 {
		page = bytes.ReplaceAll(page, []byte{'\r'}, []byte{'\n'})
	}
	return &lines{rest: page}
}

// next returns the next line and whether it had more physical lines than a
// property may; what was over is missing then. ok is false at the end.
func (l *lines) next() (line []byte, long, ok bool) {
	l.skipEmpty()
	if len(l.rest) == 0 {
		return nil, false, false
	}
	line = l.physical()
	for n := 1; l.folded(); n++ {
		if n == 1 {
			l.buf = append(l.buf[:0], line...)
		}
		part := l.physical()
		if n >= maxPhysical {
			long = true
			continue
		}
		l.buf = append(l.buf, part[1:]...)
		line = l.buf
	}
	return line, long, true
}

// folded says whether the line goes on. Empty lines in between mean nothing.
func (l *lines) folded() bool {
	l.skipEmpty()
	return len(l.rest) > 0 && (l.rest[0] == ' ' || l.rest[0] == '\t')
}

func (l *lines) skipEmpty() { l.rest = bytes.TrimLeft(l.rest, "\r\n") }

func (l *lines) physical() []byte {
	end := bytes.IndexByte(l.rest, '\n')
	if end < 0 {
		end = len(l.rest)
	}
	line := l.rest[:end]
	l.rest = l.rest[min(end+1, len(l.rest)):]
	return bytes.TrimRight(line, "\r")
}
