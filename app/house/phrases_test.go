package house

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"regexp"
	"slices"
	"sort"
	"strconv"
	"strings"
	"testing"
)

var (
	roomName = regexp.MustCompile(`^[a-z]+: `)
	verb     = regexp.MustCompile(`%(?:\[(\d+)\])?([a-z%])`)
)

func withoutRoom(s string) string { return s[len(roomName.FindString(s)):] }

// verbs returns the verb of each argument, "1s"; an escaped percent is none.
func verbs(format string) (list []string) {
	next := 1
	for _, m := range verb.FindAllStringSubmatch(format, -1) {
		if m[2] == "%" {
			continue
		}
		if m[1] != "" {
			next, _ = strconv.Atoi(m[1])
		}
		list = append(list, strconv.Itoa(next)+m[2])
		next++
	}
	sort.Strings(list)
	return slices.Compact(list)
}

// neutral says whether a format has no words of its own.
func neutral(format string) bool {
	return !regexp.MustCompile(`\pL`).MatchString(verb.ReplaceAllString(format, ""))
}

// unsaid compares the sentences of the code with the words of both languages.
func unsaid(found []said, en, pl map[string]string) (faults []string) {
	keys, used := map[string]string{}, map[string]bool{}
	for key, text := range en {
		if keys[text] != "" {
			faults = append(faults, fmt.Sprintf("%s and %s say the same", min(key, keys[text]), max(key, keys[text])))
		}
		keys[text] = key
		if pl[key] == "" {
			faults = append(faults, key+" has no Polish")
		} else if !slices.Equal(verbs(text), verbs(pl[key])) {
			faults = append(faults, key+" has other verbs in Polish")
		}
		if strings.HasPrefix(key, "said.") && strings.Count(text, "%") != strings.Count(text, "%s") {
			faults = append(faults, key+" has another verb than %s")
		}
	}
	for _, s := range found {
		key, ok := keys[s.text]
		used[key] = true
		switch {
		case neutral(s.text):
		case !ok:
			faults = append(faults, fmt.Sprintf("%s: nobody has put %q into words", s.at, s.text))
		case s.kept && !strings.HasPrefix(key, "said."):
			faults = append(faults, fmt.Sprintf("%s: %q is kept with its arguments filled in and needs a key said.…", s.at, s.text))
		case s.args >= 0 && s.args != len(verbs(s.text)):
			faults = append(faults, fmt.Sprintf("%s: %d arguments for %q", s.at, s.args, s.text))
		}
	}
	for key := range en {
		if !used[key] {
			faults = append(faults, key+" is not said any more")
		}
	}
	sort.Strings(faults)
	return faults
}

// catalogue reads the sentences of a catalogue.
func catalogue(t *testing.T, name string) map[string]string {
	t.Helper()
	text, err := os.ReadFile("../../internal/lang/" + name)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	list := map[string]string{}
	for key, v := range all {
		if s, ok := v.(string); ok && (strings.HasPrefix(key, "msg.") || strings.HasPrefix(key, "said.")) {
			list[key] = s
		}
	}
	return list
}

// Whatever the code says to people is said in each language.
func TestPhrases(t *testing.T) {
	found, unread := sentencesOf(t, sources(t, os.DirFS("../..")))
	for _, at := range unread {
		t.Errorf("%s: the format is no constant", at)
	}
	if len(found) < 200 {
		t.Errorf("only %d sentences are found", len(found))
	}
	for _, fault := range unsaid(found, catalogue(t, "en.json"), catalogue(t, "pl.json")) {
		t.Error(fault)
	}
}

// The control: each kind of fault is seen, and a formula without words is none.
func TestPhrasesFindsMutants(t *testing.T) {
	code := `package p
const saidCut = "cut: "
func bad(format string, args ...any) error { return kwadrans.Errorf(c, "room: at "+format, args...) }
var (
	_ = kwadrans.Errorf(c, "store: %s of %d", a, b).WithHint("go")
	_ = bad("%q", x)
	_ = kwadrans.Fault{Words: "lost " + x}
	_ = kwadrans.Fault{Words: x}
	_ = kwadrans.Errorf(c, "%s", kwadrans.Say("deep"))
	_ = fmt.Errorf("not for people")
)`
	en := map[string]string{"msg.of": "%s of %d", "msg.go": "go", "msg.at": "at %q", "said.lost": "lost %s", "msg.deep": "deep", "said.cut": "cut: %s"}
	pl := map[string]string{"msg.of": "%[2]d z %[1]s", "msg.go": "idź", "msg.at": "przy %q", "said.lost": "%s zgubiono", "msg.deep": "głęboko", "said.cut": "ucięte: %s"}
	check := func(code string, en, pl map[string]string) []string {
		found, unread := sentencesOf(t, map[string]string{"p/p.go": code})
		return append(unread, unsaid(found, en, pl)...)
	}
	if faults := check(code, en, pl); len(faults) > 0 {
		t.Fatalf("a sound catalogue has faults: %q", faults)
	}
	with := func(m map[string]string, key, text string) map[string]string {
		m = maps.Clone(m)
		m[key] = text
		return m
	}
	for name, faults := range map[string][]string{
		"changed format":   check(strings.Replace(code, "of %d", "from %d", 1), en, pl),
		"changed helper":   check(strings.Replace(code, "at \"", "near \"", 1), en, pl),
		"changed hint":     check(strings.Replace(code, `"go"`, `"run"`, 1), en, pl),
		"changed words":    check(strings.Replace(code, "lost ", "gone ", 1), en, pl),
		"changed constant": check(strings.Replace(code, "cut: ", "torn: ", 1), en, pl),
		"changed argument": check(strings.Replace(code, `"deep"`, `"high"`, 1), en, pl),
		"missing argument": check(strings.Replace(code, "a, b)", "a)", 1), en, pl),
		"format in a name": check(strings.Replace(code, `"store: %s of %d"`, "f", 1), en, pl),
		"swapped verbs":    check(code, en, with(pl, "msg.of", "%d z %s")),
		"lost verb":        check(code, en, with(pl, "said.cut", "ucięte")),
		"no Polish":        check(code, en, with(pl, "msg.go", "")),
		"old key":          check(code, with(en, "msg.old", "old"), with(pl, "msg.old", "stare")),
		"doubled key":      check(code, with(en, "msg.go2", "go"), with(pl, "msg.go2", "idź")),
	} {
		if len(faults) == 0 {
			t.Errorf("a %s is not seen", name)
		}
	}
}
