package kwadrans

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDuration(t *testing.T) {
	for text, want := range map[string]time.Duration{"30m": 30 * time.Minute, "1h": time.Hour, "1h30m": 90 * time.Minute, "10h": 10 * time.Hour, "100m": 100 * time.Minute, "0s": 0, "0": 0, "90s": 90 * time.Second} {
		if got, err := ParseDuration(text); err != nil || got.Std() != want {
			t.Errorf("%q: %v %v", text, got, err)
		}
	}
	for d, want := range map[time.Duration]string{30 * time.Minute: "30m", time.Hour: "1h", 90 * time.Minute: "1h30m", 10 * time.Hour: "10h", 24 * time.Hour: "24h", 0: "0s"} {
		if got := Duration(d).String(); got != want {
			t.Errorf("%v is written %q, want %q", d, got, want)
		}
	}
	for _, bad := range []string{"", "30", "-1m", "1d", "half an hour", "1h-30m"} {
		if d, err := ParseDuration(bad); CodeOf(err) != CodeInvalid {
			t.Errorf("%q: %v %v", bad, d, err)
		}
	}
	if got := Duration(90 * time.Second).Minutes(); got != 1 {
		t.Errorf("90 s have %d whole minutes", got)
	}
}

func TestDurationRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := Duration(rapid.Int64Range(0, int64(1000*time.Hour)).Draw(t, "d"))
		text, err := d.MarshalText()
		var back Duration
		if err != nil || back.UnmarshalText(text) != nil || back != d {
			t.Fatalf("%d is %s, then %d", d, text, back)
		}
	})
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Konsultacja 30 min":      "konsultacja-30-min",
		"Zażółć gęślą jaźń":       "zazolc-gesla-jazn",
		"  --A & B--  ":           "a-b",
		"🙂":                       "",
		"日本":                      "",
		"a\x00/../b":              "a-b",
		strings.Repeat("ab ", 50): strings.Repeat("ab-", 20)[:59],
	} {
		if got := Slug(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "text")
		got := Slug(s)
		odd := func(r rune) bool { return r != '-' && (r < 'a' || r > 'z') && (r < '0' || r > '9') }
		if len(got) > 60 || strings.ContainsFunc(got, odd) || strings.Trim(got, "-") != got || strings.Contains(got, "--") || Slug(got) != got {
			t.Fatalf("%q became %q", s, got)
		}
	})
}

func goodTopic() Topic {
	t := DefaultTopic("Talk", Duration(30*time.Minute))
	t.Places = []Place{{Kind: PlaceZoom}}
	return t
}

func TestTopicValidate(t *testing.T) {
	if err := goodTopic().Validate(); err != nil {
		t.Fatal(err)
	}
	for _, colour := range Colours {
		k := goodTopic()
		if k.Colour = colour; k.Validate() != nil {
			t.Errorf("the colour %s is refused", colour)
		}
	}
	for name, spoil := range map[string]func(*Topic){
		"no name":          func(k *Topic) { k.Name = " " },
		"no slug":          func(k *Topic) { k.Slug = "" },
		"bad slug":         func(k *Topic) { k.Slug = "A b" },
		"no length":        func(k *Topic) { k.Duration = 0 },
		"too long":         func(k *Topic) { k.Duration = Duration(MaxMeeting + time.Minute) },
		"no step":          func(k *Topic) { k.Step = 0 },
		"negative buffer":  func(k *Topic) { k.BufferAfter = -1 },
		"large buffer":     func(k *Topic) { k.BufferBefore = Duration(25 * time.Hour) },
		"negative notice":  func(k *Topic) { k.MinNotice = -1 },
		"no days":          func(k *Topic) { k.MaxDays = 0 },
		"many days":        func(k *Topic) { k.MaxDays = 731 },
		"negative limit":   func(k *Topic) { k.WeeklyLimit = -1 },
		"negative moves":   func(k *Topic) { k.Change.MaxMoves = -1 },
		"no schedule":      func(k *Topic) { k.Schedule = "" },
		"no place":         func(k *Topic) { k.Places = nil },
		"unknown place":    func(k *Topic) { k.Places = []Place{{Kind: "moon"}} },
		"phone of nobody":  func(k *Topic) { k.Places = []Place{{Kind: PlacePhone, Detail: " "}} },
		"address of lines": func(k *Topic) { k.Places = []Place{{Kind: PlaceAddress, Detail: "a\nb"}} },
		"http link":        func(k *Topic) { k.Places = []Place{{Kind: PlaceLink, Detail: "http://example.com"}} },
		"script link":      func(k *Topic) { k.Places = []Place{{Kind: PlaceLink, Detail: "javascript:alert(1)"}} },
		"long description": func(k *Topic) { k.Description = strings.Repeat("ą", 2001) },
		"second place":     func(k *Topic) { k.Places = append(k.Places, Place{Kind: PlaceLink}) },
	} {
		k := goodTopic()
		spoil(&k)
		if err := k.Validate(); err == nil || CodeOf(err) != CodeInvalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestTopicJSON(t *testing.T) {
	k := goodTopic()
	yes := true
	k.Places = append(k.Places, Place{Kind: PlaceLink, Detail: "https://example.com/x", WaitingRoom: &yes})
	text, err := json.Marshal(k)
	if err != nil || !strings.Contains(string(text), `"duration":"30m"`) || !strings.Contains(string(text), `"move_before":"24h"`) {
		t.Errorf("wrote %s (%v)", text, err)
	}
	var back Topic
	if err := json.Unmarshal(text, &back); err != nil || !reflect.DeepEqual(back, k) {
		t.Errorf("came back as %+v (%v)", back, err)
	}
	if k.Place().Kind != PlaceZoom || (Topic{}).Place() != (Place{}) {
		t.Error("the first place is the topic's place")
	}
}
