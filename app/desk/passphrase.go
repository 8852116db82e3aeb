package desk

import (
	"context"
	"slices"

	"kwadrans/internal/kwadrans"
)

// question is a passphrase that somebody waits for.
type question struct {
	confirm bool
	answer  chan string // takes one without waiting
}

// Passphrase asks whoever sits before the window for the passphrase of the key
// file, and for a new one when confirm is set. CodeKeyLocked when it is refused, and
// when the data file is closed meanwhile.
func (d *Desk) Passphrase(ctx context.Context, confirm bool) (kwadrans.Secret, error) {
	locked := kwadrans.Errorf(kwadrans.CodeKeyLocked, "desk: the passphrase was not given").WithHint("try again and give the passphrase")
	d.mu.RLock()
	l := d.now
	d.mu.RUnlock()
	if l == nil {
		return "", locked
	}
	q := d.shell.ask(confirm)
	defer d.shell.forget(q)
	d.Emit(EventPassphrase, confirm)
	select {
	case text := <-q.answer:
		if text != "" {
			return kwadrans.Secret(text), nil
		}
	case <-l.ctx.Done():
	case <-ctx.Done():
	}
	return "", locked
}

func (s *shell) ask(confirm bool) *question {
	q := &question{confirm, make(chan string, 1)}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions = append(s.questions, q)
	return q
}

func (s *shell) forget(q *question) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions = slices.DeleteFunc(s.questions, func(o *question) bool { return o == q })
}

// Passphrase answers EventPassphrase; empty refuses.
func (s *Shell) Passphrase(text string) error {
	m := &s.desk.shell
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, q := range m.questions {
		q.answer <- text
	}
	m.questions = nil
	return nil
}
