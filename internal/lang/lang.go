// Package lang holds the words for people, in Polish and English: for letters,
// the command line, the page and the window, from one catalogue each. It also
// writes dates, times and zones as the language does.
package lang

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"kwadrans/internal/kwadrans"
)

//go:embed pl.json
var polish []byte

//go:embed en.json
var english []byte

// entry is a text, or a text for each plural form (CLDR: one, few, many, other).
type entry struct {
	text  string
	forms map[string]string
}

// UnmarshalJSON reads "text" or {"one": "…", "other": "…"}.
func (e *entry) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		return json.Unmarshal(b, &e.forms)
	}
	return json.Unmarshal(b, &e.text)
}

// Each is read when somebody asks for it: most users need one language only.
var (
	inPolish  = sync.OnceValue(func() map[string]entry { return read(polish) })
	inEnglish = sync.OnceValue(func() map[string]entry { return read(english) })
)

func read(b []byte) map[string]entry {
	var m map[string]entry
	if err := json.Unmarshal(b, &m); err != nil {
		panic("lang: a catalogue that is part of the program cannot be read: " + err.Error())
	}
	return m
}

func catalogue(l kwadrans.Lang) map[string]entry {
	if l == kwadrans.Polish {
		return inPolish()
	}
	return inEnglish()
}

func find(l kwadrans.Lang, key string) (entry, bool) {
	e, ok := catalogue(l)[key]
	return e, ok
}

// Has says whether the catalogues know a key.
func Has(key string) bool {
	_, ok := find(kwadrans.English, key)
	return ok
}

// T returns the text of a key. args are pairs of a placeholder's name and its
// value, which replaces {name}. A key that nobody wrote is returned as it is.
func T(l kwadrans.Lang, key string, args ...any) string {
	e, ok := find(l, key)
	if !ok {
		return key
	}
	return fill(or(e.text, e.forms["other"]), args)
}

// N returns the text of a key in the plural form that n needs; {count} is n.
func N(l kwadrans.Lang, key string, n int, args ...any) string {
	e, ok := find(l, key)
	if !ok {
		return key
	}
	text := or(e.forms[Form(l, n)], e.forms["other"])
	return fill(or(text, e.text), append(slices.Clone(args), "count", n))
}

// Form returns the plural form of a whole number: one, few, many or other (CLDR).
func Form(l kwadrans.Lang, n int) string {
	if n < 0 {
		n = -n
	}
	if l != kwadrans.Polish {
		if n == 1 {
			return "one"
		}
		return "other"
	}
	tens, units := n%100, n%10
	switch {
	case n == 1:
		return "one"
	case units >= 2 && units <= 4 && (tens < 12 || tens > 14):
		return "few"
	default:
		return "many"
	}
}

// fill replaces the placeholders in one pass, so that a value which looks like
// a placeholder stays as it is.
func fill(text string, args []any) string {
	if len(args) == 0 || !strings.Contains(text, "{") {
		return text
	}
	pairs := make([]string, 0, len(args))
	for i := 0; i+1 < len(args); i += 2 {
		pairs = append(pairs, fmt.Sprintf("{%v}", args[i]), value(args[i+1]))
	}
	return strings.NewReplacer(pairs...).Replace(text)
}

func value(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case int:
		return strconv.Itoa(v)
	default:
		return fmt.Sprint(v)
	}
}

func or(a, b string) string {
	if a != "" {
		return a
	}
	return b
}
