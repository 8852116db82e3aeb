package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"golang.org/x/term"

	"kwadrans/internal/kwadrans"
)

// parseTime reads RFC 3339 with an offset; seconds may be left out.
func parseTime(s string) (time.Time, error) {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04Z07:00"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, kwadrans.Errorf(kwadrans.CodeInvalid, "%q is not a time with its offset", s).WithHint("write it as 2026-12-01T10:00:00+01:00")
}

// parseBound reads one end of a range: a day in the zone, or a time. The end of a
// range named by its day includes that day.
func parseBound(s, zone string, end bool) (time.Time, error) {
	if len(s) > len(time.DateOnly) {
		return parseTime(s)
	}
	day, err := kwadrans.ParseDate(s)
	if err != nil {
		return time.Time{}, err
	}
	loc, err := kwadrans.Zone(zone)
	if err != nil {
		return time.Time{}, err
	}
	if end {
		day = day.AddDays(1)
	}
	t, _ := kwadrans.Resolve(day, 0, loc)
	return t, nil
}

// parseSpan reads --from and --to.
func parseSpan(from, to, zone string) (kwadrans.Span, error) {
	start, err := parseBound(from, zone, false)
	if err != nil {
		return kwadrans.Span{}, err
	}
	end, err := parseBound(to, zone, true)
	if err != nil {
		return kwadrans.Span{}, err
	}
	if !start.Before(end) {
		return kwadrans.Span{}, kwadrans.Errorf(kwadrans.CodeInvalid, "the range from %s to %s is empty", from, to).WithHint("name an end after the start")
	}
	if end.Sub(start) > 732*24*time.Hour {
		return kwadrans.Span{}, kwadrans.Errorf(kwadrans.CodeInvalid, "the range from %s to %s is longer than two years", from, to)
	}
	return kwadrans.Span{Start: start, End: end}, nil
}

// readJSONFile reads a file of at most 1 MB into v; unknown fields are refused.
func readJSONFile(path string, v any) error {
	f, err := os.Open(path)
	if err != nil {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "%s cannot be read", path).WithHint("check the name of the file").Because(err)
	}
	defer func() { _ = f.Close() }()
	dec := json.NewDecoder(io.LimitReader(f, 1<<20))
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		if kwadrans.CodeOf(err) != kwadrans.CodeInternal {
			return err
		}
		return kwadrans.Errorf(kwadrans.CodeInvalid, "%s is not what was expected: %v", path, err).WithHint("the form is what the show command prints with --json")
	}
	return nil
}

// writeFile writes a new file, readable by its owner; an existing one is replaced.
func writeFile(path string, data []byte) error {
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "%s cannot be written", path).Because(err)
	}
	return nil
}

// terminal says whether a person sits at the input.
func (r *run) terminal() (int, bool) {
	f, ok := r.In.(*os.File)
	if !ok {
		return 0, false
	}
	fd := int(f.Fd())
	return fd, term.IsTerminal(fd)
}

// askSecret asks for something that is not shown; without a terminal it fails.
func (r *run) askSecret(prompt, variable string) (kwadrans.Secret, error) {
	fd, ok := r.terminal()
	if !ok {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "nobody can be asked for a password here").WithHint("set %s", variable)
	}
	fmt.Fprint(r.Err, prompt+": ")
	b, err := term.ReadPassword(fd)
	fmt.Fprintln(r.Err)
	if err != nil {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "no password was given").Because(err)
	}
	return kwadrans.Secret(b), nil
}

func (r *run) askPassphrase(_ context.Context, confirm bool) (kwadrans.Secret, error) {
	one, err := r.askSecret(r.t("cli.passphrase"), "KWADRANS_PASSPHRASE")
	if err != nil || !confirm {
		return one, err
	}
	two, err := r.askSecret(r.t("cli.passphrase.again"), "KWADRANS_PASSPHRASE")
	if err == nil && one.Reveal() != two.Reveal() {
		err = kwadrans.Errorf(kwadrans.CodeInvalid, "the two passphrases differ").WithHint("type the same one twice")
	}
	return one, err
}

// confirmed asks a question that only the word yes answers; --yes answers before.
func (r *run) confirmed(yes bool, question string) (bool, error) {
	if yes {
		return true, nil
	}
	if _, ok := r.terminal(); !ok {
		return false, kwadrans.Errorf(kwadrans.CodeInvalid, "this needs a yes, and nobody can be asked here").WithHint("add --yes")
	}
	fmt.Fprintf(r.Err, "%s [%s] ", question, r.t("cli.yes"))
	answer, _ := bufio.NewReader(r.In).ReadString('\n')
	return strings.EqualFold(strings.TrimSpace(answer), r.t("cli.yes")), nil
}
