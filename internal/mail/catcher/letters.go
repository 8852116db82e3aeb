package catcher

import (
	"bytes"
	"context"
	"fmt"
	"mime"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Letter is a letter that was caught: the envelope as SMTP told it and the
// bytes as they came.
type Letter struct {
	From  string   // MAIL FROM
	To    []string // RCPT TO, in order
	Bytes []byte
	At    time.Time
	User  string // who logged in; empty without a login
	UTF8  bool   // sent with SMTPUTF8

	Subject   string // decoded; empty when it cannot be read
	MessageID string // without angle brackets
	File      string // where it was written; empty without Options.Dir
}

// Letters returns what was caught so far, oldest first.
func (s *Server) Letters() []Letter {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.letters)
}

// Wait returns once n letters or more were caught, or with ctx's error and
// those that were.
func (s *Server) Wait(ctx context.Context, n int) ([]Letter, error) {
	for {
		s.mu.Lock()
		list, more := slices.Clone(s.letters), s.more
		s.mu.Unlock()
		if len(list) >= n {
			return list, nil
		}
		select {
		case <-more:
		case <-ctx.Done():
			return list, fmt.Errorf("catcher: %d of %d letters came: %w", len(list), n, ctx.Err())
		}
	}
}

// Forget drops the letters that were caught; files stay.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.letters = nil
}

func (s *Server) keep(l Letter) error {
	l.At = s.options.Now().UTC()
	l.Subject, l.MessageID = head(l.Bytes)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.options.Dir != "" {
		var err error
		if l.File, err = write(s.options.Dir, l); err != nil {
			return err
		}
	}
	s.letters = append(s.letters, l)
	close(s.more)
	s.more = make(chan struct{})
	return nil
}

func head(b []byte) (subject, id string) {
	m, err := mail.ReadMessage(bytes.NewReader(b))
	if err != nil {
		return "", ""
	}
	subject = m.Header.Get("Subject")
	if decoded, err := new(mime.WordDecoder).DecodeHeader(subject); err == nil {
		subject = decoded
	}
	return subject, strings.Trim(m.Header.Get("Message-ID"), "<> ")
}

// write puts the letter into a file of its own. Names sort by time and hold
// nothing of the letter but harmless characters of the recipient.
func write(dir string, l Letter) (string, error) {
	base := l.At.Format("20060102T150405.000Z") + "-" + safe(l.To[0])
	for n := 1; ; n++ {
		name := filepath.Join(dir, fmt.Sprintf("%s-%d.eml", base, n))
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if os.IsExist(err) {
			continue
		}
		if err != nil {
			return "", fmt.Errorf("catcher: write the letter: %w", err)
		}
		_, err = f.Write(l.Bytes)
		if cerr := f.Close(); err == nil {
			err = cerr
		}
		return name, err
	}
}

func safe(address string) string {
	name := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9', r == '-', r == '@':
			return r
		}
		return '_'
	}, strings.ToLower(address))
	return name[:min(len(name), 80)]
}
