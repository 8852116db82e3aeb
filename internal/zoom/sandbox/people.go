package sandbox

import "strings"

// Plan is what an account pays for; it decides the limits of §6.
type Plan string

// The plans that have limits of their own.
const (
	Free     Plan = "free"
	Pro      Plan = "pro"
	Business Plan = "business"
)

// The types of users that can host (§4.1).
const (
	Basic    = 1
	Licensed = 2
)

type account struct {
	id   string
	plan Plan
}

// user is a person with an active user in an account.
type user struct {
	id          string
	account     *account
	first, last string
	email       string
	zone        string
	typ         int
	pmi         int64
	removed     bool // no longer in the account
}

// User is who signs in, as a test sees it.
type User struct {
	ID        string `json:"id"`
	AccountID string `json:"account_id"`
	Name      string `json:"name"`
	Email     string `json:"email"`
	Zone      string `json:"zone"`
	Type      int    `json:"type"`
}

// User returns who signs in.
func (w *World) User() User {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.signed
	return User{ID: u.id, AccountID: u.account.id, Name: u.name(), Email: u.email, Zone: u.zone, Type: u.typ}
}

// SetUser changes who signs in; the id and what exists stay.
func (w *World) SetUser(name, email, zone string, typ int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	u := w.signed
	u.first, u.last, _ = strings.Cut(name, " ")
	delete(w.mails, strings.ToLower(u.email))
	u.email, u.zone, u.typ = email, zone, typ
	w.mails[strings.ToLower(email)] = u
}

// SetPlan changes what the user's account pays for.
func (w *World) SetPlan(p Plan) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.signed.account.plan = p
	w.limits.buckets = map[bucketKey]*bucket{}
}

// RemoveUser takes the user out of the account: tokens end with 4735 (§1.5).
func (w *World) RemoveUser() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.signed.removed = true
}

func (w *World) join(u *user) *user {
	u.id, u.pmi = w.text(22), 2_000_000_000+w.rng.Int64N(7_999_999_999)
	w.users[u.id], w.mails[strings.ToLower(u.email)] = u, u
	return u
}

func (u *user) name() string { return strings.TrimSpace(u.first + " " + u.last) }

// find returns the user that a path names for a grant: me, an id or an address.
func (w *World) find(g *grant, name string) *user {
	if name == "me" {
		return g.user
	}
	if u := w.users[name]; u != nil {
		return u
	}
	return w.mails[strings.ToLower(name)]
}
