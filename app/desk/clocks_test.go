package desk

import (
	"testing"
	"time"
)

func TestClocksTellOfEveryTurnAroundNow(t *testing.T) {
	now := time.Date(2026, time.November, 24, 9, 24, 0, 0, time.UTC)
	list := clocks("Europe/Warsaw", now)
	want := []Clock{
		{From: "2025-11-24T09:24:00Z", To: "2026-03-29T01:00:00Z", Minutes: 60},
		{From: "2026-03-29T01:00:00Z", To: "2026-10-25T01:00:00Z", Minutes: 120},
		{From: "2026-10-25T01:00:00Z", To: "2027-03-28T01:00:00Z", Minutes: 60},
		{From: "2027-03-28T01:00:00Z", To: "2027-10-31T01:00:00Z", Minutes: 120},
		{From: "2027-10-31T01:00:00Z", To: "2028-03-26T01:00:00Z", Minutes: 60},
		{From: "2028-03-26T01:00:00Z", To: "2028-10-29T01:00:00Z", Minutes: 120},
		{From: "2028-10-29T01:00:00Z", To: "2028-11-24T09:24:00Z", Minutes: 60},
	}
	if len(list) != len(want) {
		t.Fatalf("got %v", list)
	}
	for i, c := range list {
		if c != want[i] {
			t.Errorf("stretch %d is %v, not %v", i, c, want[i])
		}
	}
}

func TestClocksOfAZoneThatNeverTurnsAreOneStretch(t *testing.T) {
	now := time.Date(2026, time.November, 24, 9, 24, 0, 0, time.UTC)
	list := clocks("Asia/Kolkata", now)
	if len(list) != 1 || list[0].Minutes != 330 || list[0].To != "2028-11-24T09:24:00Z" {
		t.Errorf("got %v", list)
	}
}

func TestClocksOfNoZoneAreNotTold(t *testing.T) {
	for _, zone := range []string{"", "Europe/Kwadrans"} {
		if list := clocks(zone, time.Now()); list == nil || len(list) > 0 {
			t.Errorf("%q goes %v", zone, list)
		}
	}
}
