package mail

import (
	"context"
	"errors"
	"net"
	"time"
)

// mostRead is how much a server may say in one conversation.
const mostRead = 256 << 10

// at runs one stage within its time. The reply to the letter may take all that
// is left (RFC 5321 §4.5.3.2.6 asks for patience there).
func (t *talk) at(ctx context.Context, s stage, f func() error) error {
	until := time.Now().Add(t.post.timeout())
	if end, ok := ctx.Deadline(); ok && (s == stageDot || end.Before(until)) {
		until = end
	}
	_ = t.raw.SetDeadline(until)
	if err := f(); err != nil {
		return t.fault(ctx, s, err)
	}
	return nil
}

// quit says goodbye (RFC 5321 §4.1.1.10). Whatever comes back, the letter is out.
func (t *talk) quit() {
	_ = t.raw.SetDeadline(time.Now().Add(min(t.post.timeout(), 2*time.Second)))
	_ = t.client.Quit()
}

// close leaves: with a goodbye where the server still listens, and without one
// where it would end a letter that is half out.
func (t *talk) close() {
	if t.polite {
		t.quit()
	}
	t.release()
	_ = t.raw.Close()
}

// bounded is a connection that leaves a server which talks without end.
type bounded struct {
	net.Conn
	left int
}

var errTalkative = errors.New("the server says too much")

// Read reads what the bound leaves.
func (b *bounded) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, errTalkative
	}
	n, err := b.Conn.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}
