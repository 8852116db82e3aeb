package zoom

import (
	"context"
	"errors"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"kwadrans/internal/kwadrans"
)

// Me returns who the connection acts for (Zoom API: get a user, userId me).
func (c *Client) Me(ctx context.Context) (kwadrans.Account, error) {
	var v struct {
		ID        string `json:"id"`
		AccountID string `json:"account_id"`
		Email     string `json:"email"`
		First     string `json:"first_name"`
		Last      string `json:"last_name"`
		Display   string `json:"display_name"`
		Type      number `json:"type"`
		Timezone  string `json:"timezone"`
	}
	if err := c.do(ctx, getUser, []string{"me"}, nil, nil, &v); err != nil {
		return kwadrans.Account{}, err
	}
	if v.ID == "" && v.Email == "" {
		return kwadrans.Account{}, getUser.unreadable(errors.New("neither id nor address"))
	}
	name := kwadrans.CleanLine(v.First + " " + v.Last)
	if name == "" {
		name = kwadrans.CleanLine(v.Display)
	}
	return kwadrans.Account{
		UserID: v.ID, AccountID: v.AccountID, Email: kwadrans.CleanLine(v.Email), Name: name, Type: int(v.Type), Zone: v.Timezone,
	}, nil
}

// Create makes a scheduled meeting for a user. It is not idempotent: after an
// outcome that is not known, look with List before calling it again.
func (c *Client) Create(ctx context.Context, user string, p kwadrans.MeetingPlan) (kwadrans.Meeting, error) {
	in := body(p)
	in.Type = int(kwadrans.ScheduledMeeting)
	var m meeting
	if err := c.do(ctx, createMeeting, []string{user}, nil, in, &m); err != nil {
		return kwadrans.Meeting{}, err
	}
	return c.usable(createMeeting, m)
}

// Get returns a meeting with its passcode.
func (c *Client) Get(ctx context.Context, id int64) (kwadrans.Meeting, error) {
	var m meeting
	if err := c.do(ctx, getMeeting, []string{text(id)}, nil, nil, &m); err != nil {
		return kwadrans.Meeting{}, err
	}
	return c.usable(getMeeting, m)
}

// Update changes topic, agenda, time and place settings of a meeting. Zoom
// answers without a body and ignores a start in the past: read it back.
func (c *Client) Update(ctx context.Context, id int64, p kwadrans.MeetingPlan) error {
	return c.do(ctx, updateMeeting, []string{text(id)}, nil, body(p), nil)
}

// Delete removes a meeting. One that does not exist any more counts as removed.
func (c *Client) Delete(ctx context.Context, id int64) error {
	err := c.do(ctx, deleteMeeting, []string{text(id)}, nil, nil, nil)
	if c.Gone(err) {
		return nil
	}
	return err
}

// StartURL fetches the link with which the host starts the meeting. It is a
// credential, valid for two hours: never keep it, never mail it.
func (c *Client) StartURL(ctx context.Context, id int64) (kwadrans.Secret, error) {
	var v struct {
		StartURL string `json:"start_url"`
	}
	if err := c.do(ctx, getMeeting, []string{text(id)}, nil, nil, &v); err != nil {
		return "", err
	}
	if !c.zoomLink(v.StartURL) {
		return "", getMeeting.unreadable(errors.New("no usable start link"))
	}
	return kwadrans.Secret(v.StartURL), nil
}

// usable refuses a meeting without what the letters need.
func (c *Client) usable(k call, m meeting) (kwadrans.Meeting, error) {
	switch {
	case m.ID <= 0:
		return kwadrans.Meeting{}, k.unreadable(errors.New("no meeting id"))
	case !c.zoomLink(m.JoinURL):
		return kwadrans.Meeting{}, k.unreadable(errors.New("no usable join link"))
	}
	return m.word(), nil
}

// zoomLink says whether a link may be handed to people: https on Zoom's own hosts.
func (c *Client) zoomLink(s string) bool {
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil || s != kwadrans.CleanLine(s) || strings.ContainsAny(s, " \"<>\\") {
		return false
	}
	if c.AnyHost {
		return true
	}
	return zoomHost.MatchString(u.Host)
}

// zoomHost is a host of Zoom: one of its three names, or below, on the usual port.
var zoomHost = regexp.MustCompile(`(?i)^([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*(zoom\.us|zoom\.com|zoomgov\.com)(:443)?$`)

func text(id int64) string { return strconv.FormatInt(id, 10) }
