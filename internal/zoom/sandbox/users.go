package sandbox

import (
	"fmt"
	"net/http"
)

// getUser answers GET /users/{userId} (§4.4).
func (w *World) getUser(c *call) answer {
	u := c.target
	v := map[string]any{
		"id": u.id, "account_id": u.account.id, "account_number": 100200300, "email": u.email,
		"first_name": u.first, "last_name": u.last, "display_name": u.name(), "type": u.typ,
		"role_name": "Owner", "role_id": "0", "status": "active", "timezone": u.zone, "pmi": u.pmi, "use_pmi": false,
		"personal_meeting_url": joinURL(u.pmi, ""), "verified": 1, "created_at": "2024-02-01T09:00:00Z",
		"language": "pl-PL", "cluster": "us06", "sandbox_extra": map[string]any{"unknown": true},
	}
	if w.knobs.Sparse {
		w.thin(v, "account_number", "display_name", "personal_meeting_url", "language", "cluster", "use_pmi", "created_at")
	}
	return jsonAnswer(http.StatusOK, v)
}

// thin leaves fields out at random: the schema promises none of them.
func (w *World) thin(v map[string]any, names ...string) {
	for _, name := range names {
		if w.rng.IntN(3) == 0 {
			delete(v, name)
		}
	}
}

// String names a user for the words of a broken rule.
func (u *user) String() string { return fmt.Sprintf("user %s", u.email) }
