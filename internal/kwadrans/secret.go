package kwadrans

import (
	"fmt"
	"log/slog"
)

// Secret is a text that must never be printed: a token or a password. Every
// way of turning it into text gives stars; Reveal is the only way to the value.
type Secret string

const hidden = "•••"

// Reveal returns the value. Call it where the value leaves for its one purpose.
func (s Secret) Reveal() string { return string(s) }

// String returns stars.
func (s Secret) String() string { return hidden }

// GoString returns stars.
func (s Secret) GoString() string { return hidden }

// Format writes stars whatever the verb.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue gives loggers stars.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalJSON writes stars.
func (s Secret) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText writes stars.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }
