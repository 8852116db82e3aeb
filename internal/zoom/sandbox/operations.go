package sandbox

import (
	"net/url"
	"slices"
	"strings"
)

// operation is one REST call with what §2.2 and §6 say of it.
type operation struct {
	method, path string
	label        label
	classic      string // user-level; the admin twin ends in :admin
	granular     string
	body         bool // it takes a JSON body
	write        bool // 3161 and the daily count concern it
	run          func(*World, *call) answer
}

func (o *operation) name() string { return o.method + " " + o.path }

// operations is every REST call of this world.
func operations() []*operation {
	return []*operation{
		{method: "GET", path: "/users/{userId}", label: light, classic: "user:read", granular: "user:read:user", run: (*World).getUser},
		{method: "POST", path: "/users/{userId}/meetings", label: medium, classic: "meeting:write", granular: "meeting:write:meeting", body: true, write: true, run: (*World).create},
		{method: "GET", path: "/users/{userId}/meetings", label: medium, classic: "meeting:read", granular: "meeting:read:list_meetings", run: (*World).list},
		{method: "GET", path: "/users/{userId}/upcoming_meetings", label: medium, classic: "meeting:read", granular: "meeting:read:list_upcoming_meetings", run: (*World).upcoming},
		{method: "GET", path: "/meetings/{meetingId}", label: light, classic: "meeting:read", granular: "meeting:read:meeting", run: (*World).get},
		{method: "PATCH", path: "/meetings/{meetingId}", label: light, classic: "meeting:write", granular: "meeting:update:meeting", body: true, write: true, run: (*World).update},
		{method: "DELETE", path: "/meetings/{meetingId}", label: light, classic: "meeting:write", granular: "meeting:delete:meeting", run: (*World).remove},
	}
}

var all = operations()

// route finds the operation; known says that the path exists with another method.
func (w *World) route(c *call) (known bool) {
	parts := strings.Split(strings.TrimPrefix(c.path, "/v2"), "/")
	for _, o := range all {
		args, ok := match(strings.Split(o.path, "/"), parts)
		if !ok {
			continue
		}
		if o.method == c.method {
			c.op, c.args = o, args
			return true
		}
		known = true
	}
	return known
}

func match(pattern, parts []string) ([]string, bool) {
	if len(pattern) != len(parts) {
		return nil, false
	}
	var args []string
	for i, p := range pattern {
		if !strings.HasPrefix(p, "{") {
			if p != parts[i] {
				return nil, false
			}
			continue
		}
		v, err := url.PathUnescape(parts[i])
		if err != nil || v == "" {
			return nil, false
		}
		args = append(args, v)
	}
	return args, true
}

// covers says whether a set of scopes allows the operation: any one of the
// listed alternatives does (§2.2).
func (o *operation) covers(scopes []string) bool {
	return slices.ContainsFunc(o.alternatives(), func(s string) bool { return slices.Contains(scopes, s) })
}

func (o *operation) alternatives() []string {
	list := []string{o.granular, o.granular + ":admin", o.classic, o.classic + ":admin"}
	if o.name() == "GET /users/{userId}" {
		list = append(list, "user_info:read")
	}
	return list
}
