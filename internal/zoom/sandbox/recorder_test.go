package sandbox

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
)

// recorder takes the blame of broken rules in a test's place.
type recorder struct {
	TB
	mu   sync.Mutex
	said []string
}

func (r *recorder) Errorf(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.said = append(r.said, fmt.Sprintf(format, args...))
}

// found fails the test unless exactly one broken rule says so, and forgives it.
func (c *client) found(t *testing.T, words string) {
	t.Helper()
	list := c.w.Broken()
	if len(list) != 1 || !strings.Contains(list[0], words) {
		t.Errorf("broken is %q, want one that says %q", list, words)
	}
	c.w.Forgive()
}

// Start fails a test by itself when the client broke a rule.
func TestStartFailsTheTest(t *testing.T) {
	blamed := &recorder{TB: t}
	t.Run("breaks a rule", func(t *testing.T) {
		blamed.TB = t
		c := beginWith(t, blamed)
		c.authorize(with(authorizeQuery(), "scope", "x"))
	})
	if !slices.ContainsFunc(blamed.said, func(s string) bool { return strings.Contains(s, "carries a scope") }) {
		t.Errorf("the test was told %q", blamed.said)
	}
}
