package sqlite

import (
	"encoding/json"
	"time"
)

// ms writes an instant as Unix milliseconds; the zero time is 0.
func ms(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// at reads Unix milliseconds; 0 is the zero time.
func at(v int64) time.Time {
	if v == 0 {
		return time.Time{}
	}
	return time.UnixMilli(v).UTC()
}

// toJSON writes a value that cannot fail to be written.
func toJSON(v any) (string, error) {
	b, err := json.Marshal(v)
	return string(b), err
}
