package sandbox

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// acts are the controls that change the world.
var acts = map[string]func(*World, *call) (any, error){
	"advance": actAdvance, "consent": actConsent, "presentation": actPresentation, "fail": actFail, "meeting": actMeeting,
	"delete-meeting": actDelete, "user": actUser, "plan": actPlan, "scopes": actScopes, "knobs": actKnobs,
	"exhaust-daily":       plain((*World).ExhaustDaily),
	"remove-app":          plain((*World).RemoveAppAtMarketplace),
	"authorize-elsewhere": plain((*World).AuthorizeElsewhere),
	"disable-app":         plain((*World).AdminDisablesApp),
	"enable-app":          plain((*World).AdminEnablesApp),
	"expire-access":       plain((*World).ExpireAccess),
	"remove-user":         plain((*World).RemoveUser),
	"release":             plain((*World).Release),
	"stop-failing":        plain((*World).StopFailing),
	"client-killed":       plain((*World).ClientKilled),
	"forgive":             plain((*World).Forgive),
	"clear-journal":       plain((*World).ClearJournal),
}

func plain(act func(*World)) func(*World, *call) (any, error) {
	return func(w *World, _ *call) (any, error) { act(w); return nil, nil }
}

func actAdvance(w *World, c *call) (any, error) {
	v, err := body[struct{ By string }](c)
	if err != nil {
		return nil, err
	}
	d, err := time.ParseDuration(v.By)
	if err != nil {
		return nil, err
	}
	w.Advance(d)
	return map[string]any{"now": w.Now()}, nil
}

func actConsent(w *World, c *call) (any, error) {
	v, err := body[struct{ Consent Consent }](c)
	known := []Consent{Allow, Decline, Ask, Leave, WrongAccount, NotAdmin, PreApproval, Unpublished, MarketplaceAdd}
	if err == nil && !slices.Contains(known, v.Consent) {
		err = fmt.Errorf("consent is one of %q", known)
	}
	if err == nil {
		w.Consent(v.Consent)
	}
	return nil, err
}

func actPresentation(w *World, c *call) (any, error) {
	v, err := body[struct{ Presentation Presentation }](c)
	known := []Presentation{ParentOnly, PerOccurrence, Duplicates}
	if err == nil && !slices.Contains(known, v.Presentation) {
		err = fmt.Errorf("presentation is one of %q", known)
	}
	if err == nil {
		w.Presentation(v.Presentation)
	}
	return nil, err
}

func actFail(w *World, c *call) (any, error) {
	v, err := body[struct {
		Match, Fault string
		N            int
		Delay        string // of slow and delayed; a second when empty
		Status       int    // instead of the fault's own
	}](c)
	if err != nil {
		return nil, err
	}
	f, ok := NamedFault(v.Fault)
	if !ok || v.Match == "" {
		return nil, fmt.Errorf("match or fault is not known: %q, %q", v.Match, v.Fault)
	}
	if v.Delay != "" {
		if f.Delay, err = time.ParseDuration(v.Delay); err != nil {
			return nil, err
		}
	}
	if v.Status != 0 {
		f.Status = v.Status
	}
	if v.N == 0 {
		v.N = 1
	}
	w.FailNext(v.Match, v.N, f)
	return nil, nil
}

// actMeeting takes a NewMeeting with its duration as text, such as "30m".
func actMeeting(w *World, c *call) (any, error) {
	v, err := body[struct {
		NewMeeting
		Duration string
	}](c)
	if err != nil {
		return nil, err
	}
	n := v.NewMeeting
	if v.Duration != "" {
		if n.Duration, err = time.ParseDuration(v.Duration); err != nil {
			return nil, err
		}
	}
	if n.Type != NoFixedTime && n.Start.IsZero() && len(n.Starts) == 0 {
		return nil, fmt.Errorf("start is missing")
	}
	return map[string]any{"id": w.AddMeeting(n)}, nil
}

func actDelete(w *World, c *call) (any, error) {
	v, err := body[struct {
		ID           int64
		OccurrenceID string `json:"occurrence_id"`
	}](c)
	if err == nil {
		w.DeleteMeeting(v.ID, v.OccurrenceID)
	}
	return nil, err
}

func actUser(w *World, c *call) (any, error) {
	u := w.User()
	v, err := body[struct {
		Name, Email, Zone *string
		Type              *int
	}](c)
	if err == nil {
		w.SetUser(or(v.Name, u.Name), or(v.Email, u.Email), or(v.Zone, u.Zone), or(v.Type, u.Type))
	}
	return w.User(), err
}

func actPlan(w *World, c *call) (any, error) {
	v, err := body[struct{ Plan Plan }](c)
	if err == nil && perSecond[v.Plan] == nil {
		err = fmt.Errorf("plan is free, pro or business")
	}
	if err == nil {
		w.SetPlan(v.Plan)
	}
	return nil, err
}

func actScopes(w *World, c *call) (any, error) {
	v, err := body[struct{ Scopes []string }](c)
	if err == nil {
		w.ChangeScopes(v.Scopes)
	}
	return nil, err
}

// actKnobs changes the knobs that are named; durations are nanoseconds.
func actKnobs(w *World, c *call) (any, error) {
	k := w.Knobs()
	d := json.NewDecoder(bytes.NewReader(c.body))
	d.DisallowUnknownFields()
	if err := d.Decode(&k); err != nil {
		return nil, err
	}
	w.Turn(func(now *Knobs) { *now = k })
	return w.Knobs(), nil
}
