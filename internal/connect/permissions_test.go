package connect

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
	"kwadrans/internal/zoom"
	"kwadrans/internal/zoom/sandbox"
)

var update = flag.Bool("update", false, "write the table of docs/zoom-app.md anew")

// waiting are calls that the team's table explains and that nothing makes yet.
var waiting = []string{"GET /users", "POST /users"}

func scopesOf(kind kwadrans.ConnectionKind) (list []Scope) {
	for _, p := range Permissions(kind) {
		list = append(list, p.Scopes...)
	}
	return list
}

func callsOf(kind kwadrans.ConnectionKind) (calls []string) {
	for _, s := range scopesOf(kind) {
		calls = append(calls, s.Calls...)
	}
	slices.Sort(calls)
	return calls
}

// A scope is asked for, used and explained, or none of the three.
func TestScopesAreAskedForUsedAndExplained(t *testing.T) {
	used := slices.Sorted(slices.Values(zoom.Calls()))
	if got := callsOf(kwadrans.Personal); !slices.Equal(got, used) {
		t.Errorf("the table explains %v,\nthe program makes %v", got, used)
	}
	var names []string
	for _, s := range scopesOf(kwadrans.Personal) {
		names = append(names, s.Name)
	}
	asked := sandbox.PersonalScopes()
	slices.Sort(names)
	slices.Sort(asked)
	if !slices.Equal(names, asked) {
		t.Errorf("the table has %v,\nthe app asks for %v", names, asked)
	}
	for _, call := range callsOf(kwadrans.Team) {
		if slices.Contains(used, call) == slices.Contains(waiting, call) {
			t.Errorf("%s: the team's table and what is made differ", call)
		}
	}
}

// One scope fewer makes exactly its own calls fail, at a Zoom that checks scopes itself.
func TestEachScopeIsNeededForItsCalls(t *testing.T) {
	for i, s := range scopesOf(kwadrans.Personal) {
		r := begin(t)
		all := sandbox.PersonalScopes()
		r.w.ChangeScopes(slices.DeleteFunc(all, func(name string) bool { return name == s.Name }))
		res := r.connect()
		if lack := missing(kwadrans.Personal, res.Connection.Granted); !slices.Equal(lack, []string{s.Name}) || res.Connection.State != kwadrans.MissingPermissions {
			t.Errorf("%s: %s lacks %v", s.Name, res.Connection.State, lack)
		}
		id := r.w.AddMeeting(sandbox.NewMeeting{Topic: fmt.Sprint(i), Start: noon.AddDate(0, 0, 1)})
		for call, err := range r.tryAll(id) {
			if refused := kwadrans.CodeOf(err) == kwadrans.CodeMissingPermissions && err != nil; refused != slices.Contains(s.Calls, call) {
				t.Errorf("without %s %s gives %v", s.Name, call, err)
			}
		}
	}
}

// tryAll makes every call that the program makes.
func (r *rig) tryAll(id int64) map[string]error {
	ctx, errs := r.t.Context(), map[string]error{}
	p := kwadrans.MeetingPlan{Topic: "T", Agenda: "kwd1 a", Start: noon.AddDate(0, 0, 2), Duration: 1800e9, Zone: "UTC"}
	_, errs["GET /users/{userId}"] = r.api.Me(ctx)
	_, errs["GET /users/{userId}/meetings"] = r.api.List(ctx, "me", noon, noon)
	_, errs["POST /users/{userId}/meetings"] = r.api.Create(ctx, "me", p)
	_, errs["GET /meetings/{meetingId}"] = r.api.Get(ctx, id)
	errs["PATCH /meetings/{meetingId}"] = r.api.Update(ctx, id, p)
	errs["DELETE /meetings/{meetingId}"] = r.api.Delete(ctx, id)
	return errs
}

func TestPermissionsHaveWordsInBothLanguages(t *testing.T) {
	seen := map[string]bool{}
	for _, kind := range []kwadrans.ConnectionKind{kwadrans.Personal, kwadrans.Team} {
		for _, p := range Permissions(kind) {
			if seen[p.Key] || len(p.Scopes) == 0 {
				t.Errorf("%s: twice, or without scopes", p.Key)
			}
			seen[p.Key] = true
			for _, part := range []string{".title", ".why"} {
				key := "permission." + p.Key + part
				pl, en := lang.T("pl", key), lang.T("en", key)
				if pl == "" || en == "" || pl == key || en == key || pl == en {
					t.Errorf("%s: %q and %q", key, pl, en)
				}
			}
			for _, s := range p.Scopes {
				if len(s.Calls) == 0 || s.Classic == "" || strings.HasSuffix(s.Name, ":admin") != (kind == kwadrans.Team) || strings.HasSuffix(s.Classic, ":admin") != (kind == kwadrans.Team) {
					t.Errorf("%+v", s)
				}
			}
		}
	}
}

// The four permissions of Zencal's help page are the team's, one to one.
func TestFourPermissionsAreTheTeams(t *testing.T) {
	want := []string{"meeting:read:admin", "meeting:write:admin", "user:read:admin", "user:write:admin"}
	var got []string
	for _, p := range Permissions(kwadrans.Team) {
		for _, s := range p.Scopes {
			if s.Classic != p.Scopes[0].Classic {
				t.Errorf("%s has two classic scopes", p.Key)
			}
		}
		got = append(got, p.Scopes[0].Classic)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}

const (
	guide      = "../../docs/zoom-app.md"
	tableBegin = "<!-- permissions: made by go test ./internal/connect -run Guide -update -->\n"
	tableEnd   = "<!-- end of permissions -->\n"
)

func table(kind kwadrans.ConnectionKind) string {
	var b strings.Builder
	b.WriteString("| Permission | Scope to add | Used for | Why |\n| --- | --- | --- | --- |\n")
	for _, p := range Permissions(kind) {
		for _, s := range p.Scopes {
			fmt.Fprintf(&b, "| %s | `%s` | `%s` | %s |\n", lang.T("en", "permission."+p.Key+".title"), s.Name, strings.Join(s.Calls, "`, `"), lang.T("en", "permission."+p.Key+".why"))
		}
	}
	return b.String()
}

// The guide to an own Zoom app names the same scopes.
func TestGuideIsInStep(t *testing.T) {
	b, err := os.ReadFile(guide)
	if err != nil {
		t.Fatal(err)
	}
	head, rest, ok := strings.Cut(string(b), tableBegin)
	old, tail, ok2 := strings.Cut(rest, tableEnd)
	if !ok || !ok2 {
		t.Fatal("the marks of the table are gone")
	}
	want := "\n**Personal connection**\n\n" + table(kwadrans.Personal) + "\n**Team connection** (comes later; an admin-managed app of its own)\n\n" + table(kwadrans.Team) + "\n"
	if *update {
		if err := os.WriteFile(guide, []byte(head+tableBegin+want+tableEnd+tail), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if old != want {
		t.Error("docs/zoom-app.md is out of step; run: go test ./internal/connect -run Guide -update")
	}
}
