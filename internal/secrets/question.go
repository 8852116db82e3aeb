package secrets

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	ringTimeout = 5 * time.Second
	// patience is how long an unanswered question stands in the way of the next
	// one: a person may be typing a password, or the keychain may have died.
	patience = 2 * time.Minute
)

var (
	errSilent = errors.New("no answer in time")
	errPanic  = errors.New("the keychain library panicked")
)

type kind int

const (
	reading kind = iota
	writing
)

// question is one call of the keychain. It may outlive the one who asked.
type question struct {
	kind  kind
	since time.Time
	done  chan struct{}
	text  string
	err   error
}

// ask puts one question to the keychain and waits for Timeout at most: the
// library cannot be interrupted, and a prompt or a hung service holds it for
// ever. There is one question at a time, so that a locked keychain shows one
// prompt and a late write cannot follow a newer one.
func (k *Keychain) ask(ctx context.Context, kind kind, call func() (string, error)) (string, error) {
	limit := k.Timeout
	if limit <= 0 {
		limit = ringTimeout
	}
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errSilent)
	defer cancel()
	for {
		q, ours := k.put(kind, call)
		select {
		case <-q.done:
			if ours {
				return q.text, q.err
			}
		case <-ctx.Done():
			return "", context.Cause(ctx)
		}
	}
}

// put starts the question, or returns the one that is being asked; ours says
// that its answer is the answer to this one too.
func (k *Keychain) put(kind kind, call func() (string, error)) (q *question, ours bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.now != nil && time.Since(k.now.since) < patience {
		return k.now, kind == reading && k.now.kind == reading
	}
	q = &question{kind: kind, since: time.Now(), done: make(chan struct{})}
	k.now = q
	go k.run(q, call)
	return q, true
}

func (k *Keychain) run(q *question, call func() (string, error)) {
	defer func() {
		// go-keyring 0.2.8 reads a nil signal when the bus goes away during a prompt.
		if p := recover(); p != nil {
			q.err = fmt.Errorf("%w: %v", errPanic, p)
		}
		k.mu.Lock()
		defer k.mu.Unlock()
		if k.now == q {
			k.now = nil
		}
		close(q.done)
	}()
	q.text, q.err = call()
}
