package zoom

import (
	"net/http"
	"net/url"
	"strings"
)

// call is one of Zoom's API calls, named as Zoom's documentation does.
type call struct {
	Method  string
	Path    string // with {placeholders}
	counted bool   // it counts towards the daily limit of creates and updates per user
}

// The calls that the program makes (Zoom API: users, meetings).
var (
	getUser       = call{Method: http.MethodGet, Path: "/users/{userId}"}
	createMeeting = call{Method: http.MethodPost, Path: "/users/{userId}/meetings", counted: true}
	listMeetings  = call{Method: http.MethodGet, Path: "/users/{userId}/meetings"}
	getMeeting    = call{Method: http.MethodGet, Path: "/meetings/{meetingId}"}
	updateMeeting = call{Method: http.MethodPatch, Path: "/meetings/{meetingId}", counted: true}
	deleteMeeting = call{Method: http.MethodDelete, Path: "/meetings/{meetingId}"}
)

// Calls names every call that the program makes, such as "GET /meetings/{meetingId}".
// The table of permissions is compared with it.
func Calls() []string {
	var names []string
	for _, k := range []call{getUser, createMeeting, listMeetings, getMeeting, updateMeeting, deleteMeeting} {
		names = append(names, k.name())
	}
	return names
}

func (k call) name() string { return k.Method + " " + k.Path }

// writes says whether the call changes something at Zoom.
func (k call) writes() bool { return k.Method != http.MethodGet }

// path fills the placeholders in their order.
func (k call) path(args []string) string {
	p := k.Path
	for _, a := range args {
		from, to := strings.Index(p, "{"), strings.Index(p, "}")
		p = p[:from] + url.PathEscape(a) + p[to+1:]
	}
	return p
}
