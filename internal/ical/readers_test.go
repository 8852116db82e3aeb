package ical

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

// person is an ORGANIZER or ATTENDEE as a reader tells it.
type person struct {
	CN   string `json:"cn"`
	Mail string `json:"mail"`
}

// entry is an event as a reader tells it; times are Unix seconds.
type entry struct {
	UID         string   `json:"uid"`
	Sequence    int      `json:"sequence"`
	Start       int64    `json:"start"`
	End         int64    `json:"end"`
	Summary     string   `json:"summary"`
	Description string   `json:"description"`
	Location    string   `json:"location"`
	URL         string   `json:"url"`
	Status      string   `json:"status"`
	Organizer   []person `json:"organizer"`
	Attendees   []person `json:"attendees"`
}

// reading is a page as a reader tells it.
type reading struct {
	File   string  `json:"file"`
	Method string  `json:"method"`
	Errors int     `json:"errors"`
	Events []entry `json:"events"`
}

// Three programs by other people read every golden page, and pages about names
// and texts of all kinds, as we meant them. A reader that is missing is a failure.
func TestReadersAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("starts programs")
	}
	dir := t.TempDir()
	files := []string{filepath.Join(dir, "invitation.en.ics")} // first, for the control
	want := map[string]reading{}
	all := pages(t)
	for i, l := range invented(300) {
		all[fmt.Sprintf("invented-%03d", i)] = must(t, "invented")(Page(l))
	}
	for name, page := range all {
		file := filepath.Join(dir, name+".ics")
		if err := os.WriteFile(file, page, 0o600); err != nil {
			t.Fatal(err)
		}
		if want[file] = told(t, file, page); file != files[0] {
			files = append(files, file)
		}
	}
	for name, command := range readers(t, dir) {
		t.Run(name, func(t *testing.T) {
			for _, complaint := range differences(t, command, files, want) {
				t.Error(complaint)
			}
			control(t, command, files[0], want[files[0]])
		})
	}
}

// control shows that a difference in any field is seen.
func control(t *testing.T, command []string, file string, want reading) {
	t.Helper()
	for name, change := range map[string]func(*reading){
		"method":  func(r *reading) { r.Method = "REPLY" },
		"entries": func(r *reading) { r.Events = nil },
		"a uid":   func(r *reading) { r.Events[0].UID += "x" },
		"an hour": func(r *reading) { r.Events[0].Start -= 3600 },
		"an end":  func(r *reading) { r.Events[0].End++ },
		"a title": func(r *reading) { r.Events[0].Summary += " " },
		"an answer": func(r *reading) {
			r.Events[0].Attendees = append(r.Events[0].Attendees, person{"Eve", "eve@evil.example"})
		},
	} {
		other := want
		other.Events = slices.Clone(want.Events)
		change(&other)
		if len(differences(t, command, []string{file}, map[string]reading{file: other})) == 0 {
			t.Errorf("%s of another kind is not seen", name)
		}
	}
}

// readers returns the commands, and builds the one in C.
func readers(t *testing.T, dir string) map[string][]string {
	t.Helper()
	source, program := filepath.Join("testdata", "readers"), filepath.Join(dir, "libical")
	if out, err := exec.Command("gcc", "-O1", "-o", program, filepath.Join(source, "libical.c"), "-lical").CombinedOutput(); err != nil {
		t.Fatalf("libical cannot be built; on Debian install gcc, libc6-dev and libical-dev: %v\n%s", err, out)
	}
	if _, err := os.Stat(filepath.Join(source, "node_modules", "ical.js")); err != nil {
		t.Fatalf("ical.js is missing; run: npm ci --ignore-scripts --prefix internal/ical/testdata/readers")
	}
	return map[string][]string{
		"libical": {program},
		// python3 of the path may be one without Debian's packages.
		"python3-icalendar": {"/usr/bin/python3", filepath.Join(source, "icalendar_reader.py")},
		"ical.js":           {"node", filepath.Join(source, "icaljs.mjs")},
	}
}

// differences says what a reader reads otherwise.
func differences(t *testing.T, command, files []string, want map[string]reading) (found []string) {
	t.Helper()
	cmd := exec.Command(command[0], append(command[1:], files...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the reader is missing or fails: %v\n%s", err, stderr.String())
	}
	seen := 0
	for dec := json.NewDecoder(bytes.NewReader(out)); dec.More(); seen++ {
		var got reading
		if err := dec.Decode(&got); err != nil {
			t.Fatal(err)
		}
		if w := want[got.File]; !reflect.DeepEqual(got, w) {
			found = append(found, fmt.Sprintf("reads\n%+v\nnot\n%+v", got, w))
		}
	}
	if seen != len(files) {
		found = append(found, fmt.Sprintf("read %d of %d pages", seen, len(files)))
	}
	return found
}

// told is what our own strict parser reads.
func told(t *testing.T, file string, page []byte) reading {
	t.Helper()
	lines, err := parse(page)
	if err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	r := reading{File: file, Events: []entry{}}
	at := map[string]int{}
	for _, l := range lines {
		if l.in == "VCALENDAR" {
			if l.name == "METHOD" {
				r.Method = l.value
			}
			continue
		}
		if _, ok := at[l.in]; !ok {
			at[l.in] = len(r.Events)
			r.Events = append(r.Events, entry{Organizer: []person{}, Attendees: []person{}})
		}
		r.Events[at[l.in]].take(t, l.prop)
	}
	return r
}

func (e *entry) take(t *testing.T, p prop) {
	t.Helper()
	var err error
	switch p.name {
	case "UID":
		e.UID = p.value
	case "SEQUENCE":
		e.Sequence, err = strconv.Atoi(p.value)
	case "DTSTART":
		e.Start, err = unix(p.value)
	case "DTEND":
		e.End, err = unix(p.value)
	case "SUMMARY":
		e.Summary = p.value
	case "DESCRIPTION":
		e.Description = p.value
	case "LOCATION":
		e.Location = p.value
	case "URL":
		e.URL = p.value
	case "STATUS":
		e.Status = p.value
	case "ORGANIZER":
		e.Organizer = append(e.Organizer, personOf(p))
	case "ATTENDEE":
		e.Attendees = append(e.Attendees, personOf(p))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func unix(s string) (int64, error) {
	at, err := time.Parse("20060102T150405Z", s)
	return at.Unix(), err
}

func personOf(p prop) person {
	out := person{Mail: strings.TrimPrefix(p.value, "mailto:")}
	for _, q := range p.params {
		if q.name == "CN" {
			out.CN = q.values[0]
		}
	}
	return out
}

// invented are letters about names and texts of all kinds, the same in every
// run. Without % and \: python3-icalendar 4.0 takes %2C and \\n for escapes of its own.
func invented(n int) []kwadrans.Letter {
	r := rand.New(rand.NewPCG(1, 2))
	kinds := []func(kwadrans.Letter) kwadrans.Letter{func(l kwadrans.Letter) kwadrans.Letter { return l }, moved, off}
	alphabet := []rune("abc XYZ,;:\"'^=()<>@#&+-_.!?|~`$*/{}[]żółćĄĘŃ\u0301–—…語한ш\u0627\u05D0👩\u200D⚖️🇮🇳\r\n\t\u202E\u2066\u0000\u0085\uFEFF")
	words := func(most int) string {
		s := make([]rune, 1+r.IntN(most))
		for i := range s {
			s[i] = alphabet[r.IntN(len(alphabet))]
		}
		return "x" + string(s) + "y"
	}
	list := make([]kwadrans.Letter, n)
	for i := range list {
		to := []kwadrans.Attendee{priya, bartek}[r.IntN(2)]
		to.Name = words(80)
		l := letter(to)
		if r.IntN(4) == 0 {
			l = inPlace(l, kwadrans.PlaceAddress, words(120))
		}
		l.Booking = at(l.Booking, utc("2026-01-01T00:00:00Z").Add(time.Duration(r.IntN(2*365*24*4))*15*time.Minute).Format(time.RFC3339), time.Duration(5+r.IntN(600))*time.Minute)
		l.Booking.TopicName, l.Booking.Host.Name, l.Booking.Note = words(120), words(80), words(400)
		list[i] = kinds[r.IntN(len(kinds))](l)
		list[i].Sequence = r.IntN(1000)
	}
	return list
}

// The control: the join link is told as it is, by the page and by the parser that
// the readers are held against.
func TestToldIsWhatWasMeant(t *testing.T) {
	got := told(t, "x", must(t, "page")(Page(letter(priya))))
	want := reading{File: "x", Method: "REQUEST", Events: []entry{{
		UID: "01a2084a-6f3b-7c11-9d2e-3b1f5a7c9e01@kwadrans", Start: utc("2026-11-27T14:15:00Z").Unix(), End: utc("2026-11-27T15:15:00Z").Unix(),
		Summary: "Porada prawna · Hanna Ćwik", Location: joinURL, URL: joinURL, Status: "CONFIRMED",
		Description: got.Events[0].Description,
		Organizer:   []person{{"Hanna Ćwik", "kalendarz@cwik-wspolnicy.example"}},
		Attendees:   []person{{priya.Name, priya.Email}},
	}}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if _, err := url.Parse(got.Events[0].URL); err != nil || !strings.HasPrefix(got.Events[0].Description, joinURL+"\n") {
		t.Errorf("the link is not whole: %+v", got)
	}
}
