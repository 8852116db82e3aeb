package zoom

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	pageSize = 300
	maxPages = 200
)

// page is one page of the list of meetings.
type page struct {
	Meetings json.RawMessage `json:"meetings"`
	Total    *number         `json:"total_records"`
	Next     string          `json:"next_page_token"`
}

// List returns every scheduled meeting of a user, all pages. from and to, when
// not zero, let Zoom leave out what lies on other days; what comes back is not
// filtered. Rows carry no passcode, and their agenda is cut at 250 characters
// (Zoom API: list meetings).
func (c *Client) List(ctx context.Context, user string, from, to time.Time) ([]kwadrans.Meeting, error) {
	rows, err := c.rows(ctx, user, from, to)
	list := make([]kwadrans.Meeting, 0, len(rows))
	for _, m := range rows {
		list = append(list, m.word())
	}
	return list, err
}

// rows reads all pages. A paging token lives for 15 minutes; when Zoom refuses
// one, the list is read once more from its beginning.
func (c *Client) rows(ctx context.Context, user string, from, to time.Time) ([]meeting, error) {
	query := url.Values{"type": {"scheduled"}, "page_size": {strconv.Itoa(pageSize)}}
	if !from.IsZero() && !to.IsZero() {
		query.Set("from", from.UTC().Format(time.DateOnly))
		query.Set("to", to.UTC().Format(time.DateOnly))
		query.Set("timezone", "UTC")
	}
	rows, err := c.pages(ctx, user, query)
	var r *refusal
	if errors.As(err, &r) && r.Status == http.StatusBadRequest && query.Get("next_page_token") != "" {
		query.Del("next_page_token")
		return c.pages(ctx, user, query)
	}
	return rows, err
}

// pages follows the paging tokens, which it leaves in query.
func (c *Client) pages(ctx context.Context, user string, query url.Values) ([]meeting, error) {
	var rows []meeting
	seen := map[string]bool{}
	for range maxPages {
		var p page
		if err := c.do(ctx, listMeetings, []string{user}, query, nil, &p); err != nil {
			return nil, err
		}
		more, err := p.rows()
		if err != nil {
			return nil, listMeetings.unreadable(err)
		}
		rows = append(rows, more...)
		if p.Next == "" {
			return rows, nil
		}
		if seen[p.Next] {
			return nil, listMeetings.unreadable(errors.New("the same page comes again and again"))
		}
		seen[p.Next] = true
		query.Set("next_page_token", p.Next)
	}
	return nil, listMeetings.unreadable(errors.New("the list does not end"))
}

// rows refuses a page without a list: nothing readable is not the same as nothing there.
func (p page) rows() ([]meeting, error) {
	if len(p.Meetings) == 0 || string(p.Meetings) == "null" {
		if p.Total != nil && *p.Total == 0 {
			return nil, nil
		}
		return nil, errors.New("a page without meetings")
	}
	var list []meeting
	if err := json.Unmarshal(p.Meetings, &list); err != nil {
		return nil, err
	}
	for _, m := range list {
		if m.ID <= 0 {
			return nil, errors.New("a meeting without an id")
		}
	}
	return list, nil
}
