package main

import (
	"encoding/json"
	"fmt"
	"os"
	"time"

	"kwadrans/internal/kwadrans"
	"kwadrans/internal/slots"
)

// workload is the form of the files: the range in Unix seconds and days, step
// and length in minutes, and of each member the hours and the busy times.
type workload struct {
	Start    int64    `json:"start"`
	Days     int64    `json:"days"`
	Slot     int      `json:"slot"`
	Length   int      `json:"length"`
	Type     string   `json:"type"` // single, any, all
	ViewerTz string   `json:"viewerTz"`
	Members  []member `json:"members"`
}

type member struct {
	Tz        string     `json:"tz"`
	Weekly    []weekly   `json:"weekly"`
	Overrides []override `json:"overrides"`
	Busy      []int64    `json:"busy"` // start, end, start, end …
}

type weekly struct {
	Days []int `json:"days"` // 0 is Sunday
	From int   `json:"from"`
	To   int   `json:"to"`
}

type override struct {
	Date kwadrans.Date `json:"date"`
	From int           `json:"from"`
	To   int           `json:"to"` // as from: closed
}

func load(file string) (workload, error) {
	var w workload
	text, err := os.ReadFile(file)
	if err != nil {
		return w, err
	}
	if err := json.Unmarshal(text, &w); err != nil {
		return w, fmt.Errorf("%s: %w", file, err)
	}
	return w, nil
}

// window makes 1439 midnight, as the files do.
func window(from, to int) kwadrans.Window {
	if to == 1439 {
		to = 1440
	}
	return kwadrans.Window{From: from, To: to}
}

func (w *workload) query() (slots.Query, error) {
	mode, ok := map[string]slots.Mode{"single": slots.One, "any": slots.Any, "all": slots.All}[w.Type]
	if !ok {
		return slots.Query{}, fmt.Errorf("%q is not a type of workload", w.Type)
	}
	topic := kwadrans.DefaultTopic("bench", kwadrans.Duration(time.Duration(w.Length)*time.Minute))
	topic.Step, topic.MaxDays = kwadrans.Duration(time.Duration(w.Slot)*time.Minute), int(w.Days)+2
	q := slots.Query{Topic: topic, Mode: mode, Now: time.Unix(w.Start, 0)}
	for i := range w.Members {
		m := &w.Members[i]
		if len(m.Busy)%2 != 0 {
			return q, fmt.Errorf("member %d: a busy time has no end", i)
		}
		q.Hosts = append(q.Hosts, slots.Host{ID: fmt.Sprint(i), Active: true, Schedule: m.schedule(), Times: m.times()})
	}
	return q, nil
}

func (m *member) schedule() kwadrans.Schedule {
	s := kwadrans.Schedule{Name: "bench", Zone: m.Tz}
	for _, row := range m.Weekly {
		for _, day := range row.Days {
			s.Weekly[day%7] = append(s.Weekly[day%7], window(row.From, row.To))
		}
	}
	for _, o := range m.Overrides {
		x := kwadrans.Exception{Date: o.Date}
		if o.From != o.To {
			x.Windows = []kwadrans.Window{window(o.From, o.To)}
		}
		s.Exceptions = append(s.Exceptions, x)
	}
	return s
}

func (m *member) times() []slots.Times {
	list := make([]slots.Stretch, 0, len(m.Busy)/2)
	for i := 0; i < len(m.Busy); i += 2 {
		list = append(list, slots.Stretch{Start: m.Busy[i], End: m.Busy[i+1]})
	}
	return []slots.Times{{Kind: kwadrans.FromCalendar, Spans: list}}
}

// bounds returns the first and the last start but one second: a meeting lies in
// the range whole.
func (w *workload) bounds() (from, to time.Time) {
	end := w.Start + w.Days*24*60*60 - int64(w.Length)*60
	return time.Unix(w.Start, 0), time.Unix(end+1, 0)
}
