package sandbox

import (
	"encoding/json"
	"slices"
	"unicode/utf8"
)

// plan is the body of create and update (§3.1, §3.3); nil means not given.
type plan struct {
	topic, agenda, start, zone, password, scheduleFor *string
	typ, minutes                                      *int
	defaultPassword                                   *bool
	recurrence                                        *recurrence
	settings                                          map[string]any
	tracking                                          []any
	wrongs                                            []wrong
}

// fields reads a JSON object one field at a time, so that every wrong one is named.
type fields struct {
	m      map[string]json.RawMessage
	prefix string
	wrongs *[]wrong
}

func (f fields) bad(name, message string) {
	*f.wrongs = append(*f.wrongs, wrong{f.prefix + name, message})
}

// field reads one value; null counts as not given.
func field[T any](f fields, name string) *T {
	raw, ok := f.m[name]
	if !ok || string(raw) == "null" {
		return nil
	}
	var v T
	if json.Unmarshal(raw, &v) != nil {
		f.bad(name, "Invalid field.")
		return nil
	}
	return &v
}

func (f fields) text(name string, most int) *string {
	v := field[string](f, name)
	if v != nil && utf8.RuneCountInString(*v) > most {
		f.bad(name, "The value is too long.")
	}
	return v
}

func (f fields) oneOf(name string, allowed ...int) *int {
	v := field[int](f, name)
	if v != nil && !slices.Contains(allowed, *v) {
		f.bad(name, "Invalid field.")
	}
	return v
}

// readPlan checks everything of a body that needs no meeting.
func (w *World) readPlan(c *call) *plan {
	p := &plan{}
	f := fields{m: c.fields, wrongs: &p.wrongs}
	p.topic, p.agenda = f.text("topic", 200), f.text("agenda", 2000)
	p.password, p.scheduleFor = f.text("password", 10), f.text("schedule_for", 256)
	p.zone, p.start = f.text("timezone", 64), f.text("start_time", 64)
	p.typ, p.minutes = f.oneOf("type", 1, 2, 3, 8, 10), field[int](f, "duration")
	p.defaultPassword = field[bool](f, "default_password")
	if p.zone != nil && *p.zone != "" && !w.knowsZone(*p.zone) {
		f.bad("timezone", "Invalid timezone.")
	}
	if p.start != nil && *p.start != "" {
		if _, ok := w.started(*p.start, "UTC"); !ok {
			f.bad("start_time", "Invalid field.")
		}
	}
	// assumed(duration): a length below zero or past a day is refused
	if p.minutes != nil && (*p.minutes < 0 || *p.minutes > 1440) {
		f.bad("duration", "Invalid field.")
	}
	if r := field[map[string]json.RawMessage](f, "recurrence"); r != nil {
		p.recurrence = readRecurrence(fields{m: *r, prefix: "recurrence.", wrongs: &p.wrongs})
	}
	if s := field[map[string]json.RawMessage](f, "settings"); s != nil {
		p.settings = readSettings(fields{m: *s, prefix: "settings.", wrongs: &p.wrongs})
	}
	p.tracking = readTracking(f)
	return p
}

func readTracking(f fields) []any {
	list := field[[]map[string]any](f, "tracking_fields")
	if list == nil {
		return nil
	}
	var out []any
	for _, t := range *list {
		if name, ok := t["field"].(string); !ok || name == "" {
			f.bad("tracking_fields", "Invalid field.")
			return nil
		}
		out = append(out, t)
	}
	return out
}

// switches are the yes-or-no settings of §3.1.
var switches = []string{
	"waiting_room", "join_before_host", "host_video", "participant_video", "mute_upon_entry", "use_pmi", "registrants_confirmation_email",
	"registrants_email_notification", "alternative_hosts_email_notification", "email_notification", "private_meeting", "meeting_authentication",
	"allow_multiple_devices", "close_registration", "cn_meeting", "in_meeting", "watermark", "focus_mode", "show_share_button", "internal_meeting",
}

// readSettings checks the settings that §3.1 describes and keeps the others as they came.
func readSettings(f fields) map[string]any {
	s := map[string]any{}
	for name, raw := range f.m {
		var v any
		if json.Unmarshal(raw, &v) == nil && v != nil {
			s[name] = v
		}
	}
	for _, name := range switches {
		field[bool](f, name)
	}
	for name, allowed := range map[string][]int{"approval_type": {0, 1, 2}, "registration_type": {1, 2, 3}, "calendar_type": {1, 2}, "jbh_time": {0, 5, 10, 15}} {
		f.oneOf(name, allowed...)
	}
	for name, allowed := range map[string][]string{
		"auto_recording": {"local", "cloud", "none"}, "audio": {"both", "telephony", "voip", "thirdParty"}, "encryption_type": {"enhanced_encryption", "e2ee"},
	} {
		if v := field[string](f, name); v != nil && !slices.Contains(allowed, *v) {
			f.bad(name, "Invalid field.")
		}
	}
	f.text("alternative_hosts", 2000)
	return s
}
