package foreign

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// busy is what an engine says of an event: the starts and ends of what blocks,
// as Unix seconds, ascending; nil for one on which it never returns.
type busy map[string][]string

// engines returns the commands and builds the one in C. One that is missing is
// a failure: the agreement is what the room promises.
func engines(t *testing.T) map[string][]string {
	t.Helper()
	if testing.Short() {
		t.Skip("starts programs")
	}
	source, program := filepath.Join("testdata", "engines"), filepath.Join(t.TempDir(), "libical")
	if out, err := exec.Command("gcc", "-O1", "-o", program, filepath.Join(source, "libical.c"), "-lical").CombinedOutput(); err != nil {
		t.Fatalf("libical cannot be built; on Debian install gcc, libc6-dev and libical-dev: %v\n%s", err, out)
	}
	if _, err := os.Stat(filepath.Join("..", "testdata", "readers", "node_modules", "ical.js")); err != nil {
		t.Fatalf("ical.js is missing; run: npm ci --ignore-scripts --prefix internal/ical/testdata/readers")
	}
	return map[string][]string{"libical": {program}, "ical.js": {"node", filepath.Join(source, "icaljs.mjs")}}
}

// ask lets an engine expand a file.
func ask(t *testing.T, command []string, file string, in kwadrans.Span) busy {
	t.Helper()
	args := append(slices.Clone(command[1:]), strconv.FormatInt(in.Start.Unix(), 10), strconv.FormatInt(in.End.Unix(), 10), file)
	cmd := exec.Command(command[0], args...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%s: %v\n%s", command[0], err, stderr.String())
	}
	all, loops := busy{}, []string{}
	for line := range strings.Lines(string(out)) {
		cells := strings.Fields(line)
		if n := len(cells); cells[n-1] == "loop" {
			loops = append(loops, cells[n-3])
		} else {
			all[cells[n-3]] = append(all[cells[n-3]], cells[n-2]+" "+cells[n-1])
		}
	}
	for uid := range all {
		slices.Sort(all[uid])
		all[uid] = slices.Compact(all[uid])
	}
	for _, uid := range loops {
		all[uid] = gaveUp
	}
	return all
}

// gaveUp stands for an engine that refused a rule, or went on for ever, or for too long
// on a busy machine.
var gaveUp = []string{"gave up"}

// ours is the same of this room.
func ours(t *testing.T, text []byte, in kwadrans.Span) busy {
	t.Helper()
	r := expand(in, Rules{Zone: time.UTC, AllDay: true}, string(text))
	if r.Err != nil || len(r.Unknown) > 0 {
		t.Fatalf("%v, unknown %v, %v", r.Err, r.Unknown, r.Notes)
	}
	all := busy{}
	for _, i := range r.Instances {
		uid := i.UID
		if strings.HasPrefix(uid, "none-") {
			uid = "-"
		}
		all[uid] = append(all[uid], fmt.Sprintf("%d %d", i.Start.Unix(), i.End.Unix()))
	}
	for uid := range all {
		slices.Sort(all[uid])
	}
	return all
}

// differing lists the events on which two do not agree.
func differing(a, b busy) (list []string) {
	for uid := range a {
		if !slices.Equal(a[uid], b[uid]) {
			list = append(list, uid)
		}
	}
	for uid := range b {
		if _, ok := a[uid]; !ok {
			list = append(list, uid)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Two engines by other people expand the shapes that they can read as we do.
func TestEnginesAgreeOnShapes(t *testing.T) {
	files, err := filepath.Glob("testdata/shapes/*.ics")
	if err != nil {
		t.Fatal(err)
	}
	for name, command := range engines(t) {
		for _, file := range files {
			shape := strings.TrimSuffix(filepath.Base(file), ".ics")
			if shape == "messy" || shape == "outlook-names" || shape == "freebusy" {
				continue // neither reads them
			}
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			got, want := ours(t, text, year), ask(t, command, file, year)
			for _, uid := range differing(got, want) {
				if !slices.Contains(shapesApart[name], shape+" "+uid) {
					t.Errorf("%s, %s %s:\nours   %v\ntheirs %v", name, shape, uid, got[uid], want[uid])
				}
			}
			if len(differing(busy{}, want)) == 0 {
				t.Errorf("the control: %s finds nothing in %s", name, shape)
			}
		}
	}
}

// Two engines by other people expand invented rules as we do, but for the kinds
// of which docs/recurrence.md says who is right.
func TestEnginesAgreeOnRules(t *testing.T) {
	text, rules := ruled(250)
	file := filepath.Join(t.TempDir(), "rules.ics")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	got := ours(t, text, year)
	for name, command := range engines(t) {
		want, kinds := ask(t, command, file, year), map[string]int{}
		for _, uid := range differing(got, want) {
			kind := rulesApart(name, rules[uid])
			if kind == "" && slices.Equal(want[uid], gaveUp) {
				kind = "gave up"
			}
			if kinds[kind]++; kind == "" {
				t.Errorf("%s, %s:\nours   %v\ntheirs %v", name, rules[uid], got[uid], want[uid])
			}
		}
		t.Logf("%s: %d rules, apart %v", name, len(rules), kinds)
		if n := len(differing(got, want)) - kinds["gave up"]; n > len(rules)/6 || kinds["gave up"] > len(rules)/10 {
			t.Errorf("%s differs on %d of %d rules", name, n, len(rules))
		}
		control(t, got, want)
	}
}

// control shows that a difference in any event is seen.
func control(t *testing.T, got, want busy) {
	t.Helper()
	before := len(differing(got, want))
	for uid, list := range want {
		if len(list) == 0 || !slices.Equal(got[uid], list) {
			continue
		}
		for _, other := range [][]string{list[1:], append(slices.Clone(list), "0 1"), nil} {
			want[uid] = other
			if len(differing(got, want)) != before+1 {
				t.Fatalf("a mutant of event %s is not seen", uid)
			}
		}
		want[uid] = list
	}
}
