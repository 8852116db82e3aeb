package lang

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync"

	"kwadrans/internal/kwadrans"
)

// The sentences of the code (kwadrans.Phrase, Fault.Words) have keys too, but the
// code names them by their English text, which is the same here and there.
const (
	ofErrors = "msg."  // formats with the verbs of fmt
	ofFaults = "said." // words that a step or a pause keeps; a verb in them is always %s
)

// Message returns what an error says and advises, without the name of the room
// that logs begin with; in English where the catalogue has no words for it.
func Message(l kwadrans.Lang, e *kwadrans.Error) (message, hint string) {
	message, hint = Words(l, e.Message), e.Hint
	if e.Said.Format != "" && e.Said.String() == e.Message {
		message = Phrase(l, e.Said)
	}
	if e.Advised.Format != "" && e.Advised.String() == e.Hint {
		hint = Phrase(l, e.Advised)
	}
	return message, hint
}

// Phrase puts a phrase into a language, its arguments first, without rooms.
func Phrase(l kwadrans.Lang, p kwadrans.Phrase) string {
	args := make([]any, len(p.Args))
	for i, arg := range p.Args {
		args[i] = arg
		if inner, ok := arg.(kwadrans.Phrase); ok {
			args[i] = Phrase(l, inner)
		}
	}
	format := withoutRoom(p.Format)
	if key, ok := sentences().keys[format]; ok {
		format = T(l, key)
	}
	return fmt.Sprintf(format, args...)
}

// Words puts what Fault.Words holds into a language. Only words of ours are known
// (or a bare code); what a server said stays as it is.
func Words(l kwadrans.Lang, words string) string {
	words = withoutRoom(words)
	if code := "error." + words + ".what"; Has(code) {
		return T(l, code)
	}
	if key, ok := sentences().keys[words]; ok {
		return T(l, key)
	}
	for _, p := range sentences().patterns {
		if m := p.is.FindStringSubmatch(words); m != nil {
			args := make([]any, len(m)-1)
			for i, part := range m[1:] {
				args[i] = Words(l, part)
			}
			return fmt.Sprintf(T(l, p.key), args...)
		}
	}
	return words
}

var room = regexp.MustCompile(`^[a-z]+: `)

// withoutRoom takes off "store: ", which is for logs.
func withoutRoom(s string) string { return s[len(room.FindString(s)):] }

// index finds a sentence by its English text.
type index struct {
	keys     map[string]string
	patterns []pattern
}

// pattern finds a sentence by what it is once its gaps are filled.
type pattern struct {
	is  *regexp.Regexp
	key string
}

var sentences = sync.OnceValue(indexed)

func indexed() (x index) {
	x.keys = map[string]string{}
	for key, e := range catalogue(kwadrans.English) {
		if !strings.HasPrefix(key, ofErrors) && !strings.HasPrefix(key, ofFaults) {
			continue
		}
		x.keys[e.text] = key
		if strings.HasPrefix(key, ofFaults) && strings.Contains(e.text, "%s") {
			gaps := strings.ReplaceAll(regexp.QuoteMeta(e.text), "%s", "(.+)")
			x.patterns = append(x.patterns, pattern{regexp.MustCompile("^" + gaps + "$"), key})
		}
	}
	slices.SortFunc(x.patterns, func(a, b pattern) int { return strings.Compare(a.key, b.key) })
	return x
}
