package desk

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Fault is how a failure crosses to the page: as the JSON text of this shape.
// The page has the sentences of the code; Message and Hint say what is particular
// to this case, in the user's language.
type Fault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Hint    string `json:"hint"`
}

// Error returns the JSON text.
func (f Fault) Error() string {
	b, err := json.Marshal(f)
	if err != nil {
		return `{"code":"internal","message":"","hint":""}`
	}
	return string(b)
}

// FormatError is the window's formatter of failures: always JSON text of a Fault.
func FormatError(err error) any {
	var f Fault
	if errors.As(err, &f) {
		return f.Error()
	}
	return Fault{Code: string(kwadrans.CodeOf(err))}.Error()
}

// fault logs a failure and puts it into the user's language.
func (d *Desk) fault(ctx context.Context, h *house.House, err error) Fault {
	var f Fault
	if errors.As(err, &f) {
		return f
	}
	code := codeOf(err)
	if h != nil && code == kwadrans.CodeInternal {
		h.Log.Error("desk: a call failed", "error", err)
	}
	l := d.language(context.WithoutCancel(ctx), h)
	if e, ok := kwadrans.AsError(err); ok {
		message, hint := lang.Message(l, e)
		return Fault{Code: string(e.Code), Message: message, Hint: forWindow(hint)}
	}
	var outside *kwadrans.Fault
	if errors.As(err, &outside) {
		return Fault{Code: string(outside.Code), Message: lang.Words(l, outside.Words)}
	}
	return Fault{Code: string(code)}
}

// codeOf is the code of a failure. A call that took too long is no defect.
func codeOf(err error) kwadrans.Code {
	code := kwadrans.CodeOf(err)
	if _, coded := kwadrans.AsError(err); !coded && code == kwadrans.CodeInternal && errors.Is(err, context.DeadlineExceeded) {
		return kwadrans.CodeTimeout
	}
	return code
}

// say is fault for a failure outside of a call.
func (d *Desk) say(err error) Fault {
	l, _, _ := d.look(false)
	if l == nil {
		return d.fault(context.Background(), nil, err)
	}
	defer l.uses.Done()
	return d.fault(context.Background(), l.House, err)
}

// forWindow leaves out hints that speak of the command line.
func forWindow(hint string) string {
	if strings.Contains(hint, "kwadrans ") || strings.Contains(hint, "--") || strings.Contains(hint, "KWADRANS_") {
		return ""
	}
	return hint
}
