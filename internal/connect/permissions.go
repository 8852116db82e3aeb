package connect

import (
	"slices"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Permission is what a person allows in one sentence: its title and reason are
// the words permission.<Key>.title and permission.<Key>.why.
type Permission struct {
	Key    string
	Scopes []Scope
}

// Scope is one of Zoom's permissions and what it is used for. Apps made before
// 2024 have the classic, coarser one in its place (Zoom: OAuth scopes).
type Scope struct {
	Name    string
	Classic string
	Calls   []string // as in Zoom's API reference
}

// Writes says whether the scope lets something be changed at Zoom.
func (s Scope) Writes() bool { return strings.Contains(s.Classic, ":write") }

// The one table of permissions: the explanation, the check of what was granted
// and the guide to an own Zoom app are made from it.
var personal = []Permission{
	{"own-profile", []Scope{
		{"user:read:user", "user:read", []string{"GET /users/{userId}"}},
	}},
	{"see-own-meetings", []Scope{
		{"meeting:read:list_meetings", "meeting:read", []string{"GET /users/{userId}/meetings"}},
		{"meeting:read:meeting", "meeting:read", []string{"GET /meetings/{meetingId}"}},
	}},
	{"manage-own-meetings", []Scope{
		{"meeting:write:meeting", "meeting:write", []string{"POST /users/{userId}/meetings"}},
		{"meeting:update:meeting", "meeting:write", []string{"PATCH /meetings/{meetingId}"}},
		{"meeting:delete:meeting", "meeting:write", []string{"DELETE /meetings/{meetingId}"}},
	}},
}

// The team's four are those of Zencal's help page. Checking members for overlap
// needs the meeting scopes, creating members the user scopes.
var team = []Permission{
	{"see-all-meetings", []Scope{
		{"meeting:read:list_meetings:admin", "meeting:read:admin", []string{"GET /users/{userId}/meetings"}},
		{"meeting:read:meeting:admin", "meeting:read:admin", []string{"GET /meetings/{meetingId}"}},
	}},
	{"manage-all-meetings", []Scope{
		{"meeting:write:meeting:admin", "meeting:write:admin", []string{"POST /users/{userId}/meetings"}},
		{"meeting:update:meeting:admin", "meeting:write:admin", []string{"PATCH /meetings/{meetingId}"}},
		{"meeting:delete:meeting:admin", "meeting:write:admin", []string{"DELETE /meetings/{meetingId}"}},
	}},
	{"see-users", []Scope{
		{"user:read:list_users:admin", "user:read:admin", []string{"GET /users"}},
		{"user:read:user:admin", "user:read:admin", []string{"GET /users/{userId}"}},
	}},
	{"manage-users", []Scope{
		{"user:write:user:admin", "user:write:admin", []string{"POST /users"}},
	}},
}

// Permissions returns what a kind of connection asks for.
func Permissions(kind kwadrans.ConnectionKind) []Permission {
	if kind == kwadrans.Team {
		return team
	}
	return personal
}

// lacks names the scopes that a grant does not cover, in either spelling.
func (p Permission) lacks(granted []string) []string {
	var names []string
	for _, s := range p.Scopes {
		if !slices.Contains(granted, s.Name) && !slices.Contains(granted, s.Classic) {
			names = append(names, s.Name)
		}
	}
	return names
}

func missing(kind kwadrans.ConnectionKind, granted []string) []string {
	var names []string
	for _, p := range Permissions(kind) {
		names = append(names, p.lacks(granted)...)
	}
	return names
}
