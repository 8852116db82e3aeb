package house

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"sort"
	"strings"
	"testing"
)

// rooms says which rooms a room may lean on; whose name ends in "/…" stands for
// all rooms under it. A room that is not named here may not exist.
var rooms = map[string][]string{
	"internal/kwadrans":        {},
	"internal/lang":            {"internal/kwadrans"},
	"internal/slots":           {"internal/kwadrans"},
	"internal/slots/naive":     {"internal/kwadrans", "internal/slots"},
	"internal/slots/slotbench": {"internal/kwadrans", "internal/slots", "internal/slots/naive"},
	"internal/outbox":          {"internal/kwadrans"},
	"internal/booking":         {"internal/kwadrans", "internal/slots", "internal/busy", "internal/outbox", "internal/lang"},
	"internal/connect":         {"internal/kwadrans"},
	"internal/busy":            {"internal/kwadrans"},
	"internal/setup":           {"internal/kwadrans"},
	"internal/desktop":         {"internal/kwadrans"},
	"internal/zoom":            {"internal/kwadrans"},
	"internal/zoom/sandbox":    {},
	"internal/mail":            {"internal/kwadrans", "internal/lang", "internal/ical"},
	"internal/mail/catcher":    {},
	"internal/ical":            {"internal/kwadrans", "internal/lang"},
	"internal/ical/foreign":    {"internal/kwadrans"},
	"internal/calendar":        {"internal/kwadrans"},
	"internal/calendar/caldav": {"internal/calendar", "internal/kwadrans"},
	"internal/secrets":         {"internal/kwadrans"},
	"internal/store/sqlite":    {"internal/kwadrans"},
	"internal/store/storetest": {"internal/kwadrans"},
	"app/cli":                  append([]string{"app/page"}, doors...), // kwadrans serve
	"app/desk":                 append([]string{"app/page"}, doors...), // its switch
	"app/page":                 doors,
	"app/house":                {"internal/…"},
	"app/desk/e2e":             {},
	"frontend":                 {},
	"app": {
		"app/cli", "app/desk", "app/page", "app/house", "frontend", "internal/desktop", "internal/connect", "internal/lang", "internal/kwadrans",
	},
	"": {"app"},
}

// doors know the acts and the words, never the outside: house ties that to them.
var doors = []string{
	"app/house", "internal/kwadrans", "internal/lang", "internal/booking", "internal/connect", "internal/setup", "internal/busy", "internal/slots",
}

// pkg is what "go list -json" tells of a package.
type pkg struct {
	ImportPath   string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// arrow is one room that leans on another.
type arrow struct{ from, to string }

func (a arrow) String() string { return fmt.Sprintf("%q -> %q", a.from, a.to) }

const module = "kwadrans"

// room returns the place of a package in the module.
func room(path string) (string, bool) {
	if path == module {
		return "", true
	}
	return strings.CutPrefix(path, module+"/")
}

// arrows collects what leans on what, without the files of the tests.
func arrows(list []pkg) (all []arrow) {
	for _, p := range list {
		from, _ := room(p.ImportPath)
		for _, path := range p.Imports {
			if to, ours := room(path); ours {
				all = append(all, arrow{from, to})
			}
		}
	}
	return all
}

// faults compares the packages with the table.
func faults(list []pkg, table map[string][]string) (found []string) {
	for _, p := range list {
		if name, ours := room(p.ImportPath); !ours || table[name] == nil {
			found = append(found, fmt.Sprintf("%q is a room nobody named", p.ImportPath))
		}
	}
	for _, a := range arrows(list) {
		if !slices.ContainsFunc(table[a.from], func(name string) bool { return covers(name, a.to) }) {
			found = append(found, fmt.Sprintf("%v is an arrow nobody drew", a))
		}
	}
	sort.Strings(found)
	return found
}

func covers(name, to string) bool {
	if under, ok := strings.CutSuffix(name, "…"); ok {
		return strings.HasPrefix(to, under)
	}
	return name == to
}

// packages asks the go tool for every package of the module, as it is with the window.
func packages(t *testing.T) (list []pkg) {
	t.Helper()
	cmd := exec.Command("go", "list", "-e", "-tags=production", "-json=ImportPath,Imports,TestImports,XTestImports", module+"/...")
	cmd.Dir = "../.."
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	for dec := json.NewDecoder(bytes.NewReader(out)); ; {
		var p pkg
		if err := dec.Decode(&p); errors.Is(err, io.EOF) {
			return list
		} else if err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
}

func TestArrows(t *testing.T) {
	list := packages(t)
	if len(list) < 3 {
		t.Fatalf("only %d packages", len(list))
	}
	for _, fault := range faults(list, rooms) {
		t.Error(fault)
	}
}

// The words know nobody, and only the standard library.
func TestWordsStandAlone(t *testing.T) {
	for _, p := range packages(t) {
		if p.ImportPath != module+"/internal/kwadrans" && p.ImportPath != module+"/internal/slots" {
			continue
		}
		for _, path := range p.Imports {
			if strings.Contains(strings.Split(path, "/")[0], ".") {
				t.Errorf("%s leans on %s", p.ImportPath, path)
			}
		}
	}
}

// Only tests and the house know the sandbox: what talks to Zoom must not.
func TestSandboxIsNotZoom(t *testing.T) {
	for _, p := range packages(t) {
		name, _ := room(p.ImportPath)
		if name != "app/house" && slices.Contains(p.Imports, module+"/internal/zoom/sandbox") {
			t.Errorf("%s leans on the sandbox", name)
		}
		if name == "internal/zoom/sandbox" {
			for _, path := range slices.Concat(p.TestImports, p.XTestImports) {
				if other, ours := room(path); ours && other != name && other != "internal/zoom" && other != "internal/kwadrans" {
					t.Errorf("the sandbox's tests lean on %s", other)
				}
			}
		}
	}
}

// The control: each arrow taken out of the table, and each room, is missed.
func TestArrowsFindsMutants(t *testing.T) {
	list := packages(t)
	for _, a := range arrows(list) {
		table := map[string][]string{}
		for name, to := range rooms {
			table[name] = to
		}
		table[a.from] = slices.DeleteFunc(slices.Clone(rooms[a.from]), func(name string) bool { return covers(name, a.to) })
		if want := fmt.Sprintf("%v is an arrow nobody drew", a); !slices.Contains(faults(list, table), want) {
			t.Errorf("without %v nothing is found", a)
		}
	}
	extra := append(slices.Clone(list), pkg{ImportPath: module + "/internal/attic"}, pkg{ImportPath: module + "/internal/kwadrans", Imports: []string{module + "/internal/slots"}})
	got := faults(extra, rooms)
	for _, want := range []string{`"kwadrans/internal/attic" is a room nobody named`, `"internal/kwadrans" -> "internal/slots" is an arrow nobody drew`} {
		if !slices.Contains(got, want) {
			t.Errorf("%q is not among %q", want, got)
		}
	}
}

// What the table allows and nobody uses is told, not refused.
func TestUnusedArrows(t *testing.T) {
	list := packages(t)
	all := arrows(list)
	exists := func(name string) bool {
		return slices.ContainsFunc(list, func(p pkg) bool { r, _ := room(p.ImportPath); return r == name })
	}
	checked := 0
	for from, names := range rooms {
		for _, name := range names {
			checked++
			used := slices.ContainsFunc(all, func(a arrow) bool { return a.from == from && covers(name, a.to) })
			if !used && exists(from) {
				t.Logf("%v is drawn, but not used", arrow{from, name})
			}
		}
	}
	if checked == 0 {
		t.Error("the table is empty")
	}
}
