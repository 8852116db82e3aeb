package desktop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"time"
)

// What is said on the socket: one line with the link or nothing, answered by one line.
const (
	longestLink = 256
	answerYes   = "yes\n"
	answerNo    = "no\n"
	talkTime    = 2 * time.Second // for one caller, so that a silent one holds nobody up
	scheme      = "kwadrans://"
)

var errRefused = errors.New("refused")

// handOver gives a link to the window that is there.
func handOver(ctx context.Context, dir, link string) error {
	var list []error
	for _, path := range places(dir) {
		conn, err := dial(ctx, path)
		if err != nil {
			list = append(list, err)
			continue
		}
		return say(ctx, conn, link)
	}
	return errors.Join(list...)
}

func dial(ctx context.Context, path place) (net.Conn, error) {
	if err := path.trusted(); err != nil {
		return nil, err
	}
	return new(net.Dialer).DialContext(ctx, "unix", path.name)
}

func say(ctx context.Context, conn net.Conn, link string) error {
	defer func() { _ = conn.Close() }()
	if end, ok := ctx.Deadline(); ok {
		_ = conn.SetDeadline(end)
	}
	if _, err := io.WriteString(conn, link+"\n"); err != nil {
		return err
	}
	answer, err := bufio.NewReader(io.LimitReader(conn, int64(len(answerYes)))).ReadString('\n')
	switch {
	case err != nil:
		return err
	case answer != answerYes:
		return errRefused
	}
	return nil
}

// answerAll answers one caller after the other until the listener is closed.
func answerAll(l net.Listener, accept func(string) error) {
	for {
		conn, err := l.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil { // out of file handles: they come back
			time.Sleep(lookEach)
			continue
		}
		answer(conn, accept)
	}
}

func answer(conn net.Conn, accept func(string) error) {
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(talkTime))
	link, err := hear(conn)
	if err == nil {
		err = accepted(link, accept)
	}
	said := answerYes
	if err != nil {
		said = answerNo
	}
	_, _ = io.WriteString(conn, said)
}

// hear reads the one line of a caller.
func hear(r io.Reader) (string, error) {
	line, err := bufio.NewReader(io.LimitReader(r, longestLink+1)).ReadString('\n')
	if err != nil {
		return "", err
	}
	link := strings.TrimSuffix(line, "\n")
	if link != "" && !strings.HasPrefix(link, scheme) {
		return "", errRefused
	}
	return link, nil
}

// accepted asks the window; its panic must not end the program.
func accepted(link string, accept func(string) error) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	return accept(link)
}
