package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

func (r *run) t(key string, args ...any) string { return lang.T(r.lang, key, args...) }

// line prints a line for people; with --json nothing.
func (r *run) line(text string) {
	if !r.json {
		fmt.Fprintln(r.Out, text)
	}
}

// show prints the value as JSON, or lets people read it.
func (r *run) show(v any, people func()) error {
	if !r.json {
		people()
		return nil
	}
	enc := json.NewEncoder(r.Out)
	enc.SetEscapeHTML(false)
	return enc.Encode(v)
}

// notFree is the answer that a start cannot be booked, as a failure of the command.
type notFree struct {
	err       *kwadrans.Error
	conflicts []kwadrans.Conflict
}

func (n *notFree) Error() string { return n.err.Error() }

func (n *notFree) Unwrap() error { return n.err }

// fail tells a failure and returns the exit code.
func (r *run) fail(err error) int {
	if err == nil {
		return 0
	}
	e := asError(err)
	if r.json {
		r.failJSON(e, err)
	} else {
		r.failPeople(e, err)
	}
	return exitCode(e.Code)
}

func asError(err error) *kwadrans.Error {
	var e *kwadrans.Error
	if errors.As(err, &e) {
		return e
	}
	var f *kwadrans.Fault
	if errors.As(err, &f) {
		return &kwadrans.Error{Code: f.Code, Message: f.Words}
	}
	if e, ok := cobraError(err); ok {
		return e
	}
	return &kwadrans.Error{Code: kwadrans.CodeInternal, Message: err.Error()}
}

type errorShape struct {
	Code      string     `json:"code"`
	Message   string     `json:"message"`
	Hint      string     `json:"hint"`
	Conflicts []whyShape `json:"conflicts,omitempty"`
}

func (r *run) failJSON(e *kwadrans.Error, err error) {
	shape := errorShape{Code: string(e.Code)}
	shape.Message, shape.Hint = lang.Message(r.lang, e)
	if shape.Message == "" {
		shape.Message = r.t("error." + string(e.Code) + ".what")
	}
	var n *notFree
	if errors.As(err, &n) {
		shape.Conflicts = whyShapes(n.conflicts, r.zone)
		if len(n.conflicts) > 0 {
			shape.Code = string(n.conflicts[0].Code)
		}
	}
	enc := json.NewEncoder(r.Err)
	enc.SetEscapeHTML(false)
	_ = enc.Encode(map[string]any{"error": shape})
}

// failPeople says what happened, what it means for the bookings, what to do.
func (r *run) failPeople(e *kwadrans.Error, err error) {
	key := "error." + string(e.Code)
	fmt.Fprintln(r.Err, r.t(key+".what"))
	message, hint := lang.Message(r.lang, e)
	var n *notFree
	switch {
	case errors.As(err, &n):
		for _, c := range n.conflicts {
			fmt.Fprintln(r.Err, "  "+r.why(c))
		}
		if len(n.conflicts) > 0 {
			r.nearest(n.conflicts[0].Nearest)
		}
	case message != "":
		fmt.Fprintln(r.Err, "  "+message)
	}
	fmt.Fprintln(r.Err, r.t(key+".means"))
	if hint == "" {
		hint = r.t(key + ".do")
	}
	fmt.Fprintln(r.Err, "→ "+hint)
}

func exitCode(c kwadrans.Code) int {
	switch c {
	case kwadrans.CodeUsage:
		return 2
	case kwadrans.CodeInvalid, kwadrans.CodeNotFound, kwadrans.CodeAmbiguous, kwadrans.CodeExists, kwadrans.CodeInUse, kwadrans.CodeCalendarUnreadable, kwadrans.CodeCalendarNear:
		return 3
	case kwadrans.CodeNotFree, kwadrans.CodeSourceUnknown:
		return 4
	case kwadrans.CodeNotConnected, kwadrans.CodeReconnect, kwadrans.CodeRemovedAtZoom, kwadrans.CodeMissingPermissions, kwadrans.CodeOtherAccount,
		kwadrans.CodeCalendarAuth, kwadrans.CodeDeclined, kwadrans.CodeConnecting, kwadrans.CodeTimeout:
		return 5
	case kwadrans.CodeWaiting:
		return 6
	}
	return 1
}
