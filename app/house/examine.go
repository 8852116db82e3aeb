package house

import (
	"context"
	"strings"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/secrets"
)

// KeyState is how the key stands, for the doors.
type KeyState struct {
	State   string `json:"state"`
	Source  string `json:"source"`
	Message string `json:"message,omitempty"`
	Hint    string `json:"hint,omitempty"`
}

// KeyState says whether the key can be had: ok, none, locked, absent, changed, unknown.
func (h *House) KeyState(ctx context.Context) KeyState {
	st := h.Vault.State(ctx)
	v := KeyState{State: string(st.Standing), Source: st.Source}
	if e, ok := kwadrans.AsError(st.Fault); ok {
		v.Message, v.Hint = e.Message, e.Hint
	}
	return v
}

// Finding is one thing that the doctor looked at.
type Finding struct {
	Key    string `json:"check"`
	Good   bool   `json:"good"`
	Detail string `json:"detail,omitempty"`
}

// Examine looks at everything that bookings need: file, key, profile, Zoom, mail
// and what waits. It changes nothing and sends nothing.
func (h *House) Examine(ctx context.Context) ([]Finding, error) {
	_, profile, err := h.Store.Profile(ctx)
	if err != nil {
		return nil, err
	}
	key := h.Vault.State(ctx)
	list := []Finding{
		{"file", !h.Store.ReadOnly, h.Store.Path},
		{"key", key.Standing == secrets.OK || key.Standing == secrets.None, string(key.Standing) + ", " + key.Source},
		{"profile", profile, ""},
	}
	for _, look := range []func(context.Context) (Finding, error){h.examineZoom, h.examineMail, h.examineOutbox, h.examineStrays} {
		f, err := look(ctx)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

func (h *House) examineZoom(ctx context.Context) (Finding, error) {
	st, err := h.Connect.Status(ctx, kwadrans.Personal)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Key: "zoom", Detail: string(st.Connection.State)}
	if !st.Connection.Usable() {
		return f, nil
	}
	st, asked := h.Connect.Check(ctx, kwadrans.Personal)
	f.Detail = string(st.Connection.State)
	f.Good = asked == nil && st.Connection.State == kwadrans.Connected
	if asked != nil && st.Connection.Usable() {
		f.Detail += ", " + string(kwadrans.CodeOf(asked))
	}
	return f, nil
}

func (h *House) examineMail(ctx context.Context) (Finding, error) {
	f := Finding{Key: "mail"}
	a, ok, err := h.Store.MailAccountWithPassword(ctx)
	if err != nil {
		f.Detail = string(kwadrans.CodeOf(err))
		return f, nil
	}
	if !ok {
		return f, nil
	}
	rep, err := h.Post.Check(ctx, a)
	if err != nil {
		f.Detail = kwadrans.WordsOf(err)
		return f, nil
	}
	f.Good, f.Detail = true, strings.TrimSuffix(a.From+" · "+rep.Server+" · "+rep.TLS, " · ")
	return f, nil
}

func (h *House) examineOutbox(ctx context.Context) (Finding, error) {
	steps, err := h.Store.OpenSteps(ctx)
	if err != nil {
		return Finding{}, err
	}
	if len(steps) == 0 {
		return Finding{Key: "outbox", Good: true}, nil
	}
	targets := map[string]int{}
	for _, s := range steps {
		targets[s.Kind()]++
	}
	var parts []string
	for _, kind := range []string{"zoom", "letter", "calendar", "user"} {
		if n := targets[kind]; n > 0 {
			parts = append(parts, kind+" "+itoa(n))
		}
	}
	return Finding{Key: "outbox", Detail: strings.Join(parts, ", ")}, nil
}

func (h *House) examineStrays(ctx context.Context) (Finding, error) {
	list, err := h.Store.Strays(ctx)
	if err != nil {
		return Finding{}, err
	}
	f := Finding{Key: "strays", Good: len(list) == 0}
	for _, v := range list {
		f.Detail += itoa(int(v.MeetingID)) + " (" + string(v.Why) + ") "
	}
	f.Detail = strings.TrimSpace(f.Detail)
	return f, nil
}
