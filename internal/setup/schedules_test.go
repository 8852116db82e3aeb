package setup_test

import (
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

func TestASchedulesActs(t *testing.T) {
	h, ctx := open(t), t.Context()
	summer := kwadrans.DefaultSchedule(" Lato \n w mieście ", "Europe/Warsaw")
	summer, err := h.Setup.AddSchedule(ctx, summer)
	if err != nil || summer.Name != "Lato w mieście" {
		t.Fatalf("kept as %q, %v", summer.Name, err)
	}
	in := topic("Porada", kwadrans.PlacePhone, "1")
	in.Schedule = summer.Name
	if _, err := h.Setup.AddTopic(ctx, in); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Setup.RemoveSchedule(ctx, summer.Name); kwadrans.CodeOf(err) != kwadrans.CodeInUse || !strings.Contains(err.Error(), "Porada") {
		t.Errorf("removed under a topic: %v", err)
	}
	if _, err := h.Setup.CopySchedule(ctx, summer.Name, "Zima"); err != nil {
		t.Fatal(err)
	}
	winter := kwadrans.DefaultSchedule("Zima", "Europe/Warsaw")
	for name, change := range map[string]func() error{
		"a copy onto a name that is taken":   func() error { _, err := h.Setup.CopySchedule(ctx, "Zima", summer.Name); return err },
		"a rename onto a name that is taken": func() error { _, err := h.Setup.ChangeSchedule(ctx, summer.Name, winter); return err },
		"a second one of a name":             func() error { _, err := h.Setup.AddSchedule(ctx, winter); return err },
	} {
		if err := change(); kwadrans.CodeOf(err) != kwadrans.CodeExists {
			t.Errorf("%s: %v", name, err)
		}
	}
	autumn := summer
	autumn.Name, autumn.Weekly = "Jesień", kwadrans.Week{}
	if _, err := h.Setup.ChangeSchedule(ctx, summer.Name, autumn); err != nil {
		t.Fatal(err)
	}
	if got, err := h.Store.Topic(ctx, "porada"); err != nil || got.Schedule != "Jesień" {
		t.Errorf("the topic is on %q, %v", got.Schedule, err)
	}
	autumn.Zone = "Europe/Nowhere"
	if _, err := h.Setup.ChangeSchedule(ctx, "Jesień", autumn); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("a zone that there is not: %v", err)
	}
	if gone, err := h.Setup.RemoveSchedule(ctx, "Zima"); err != nil || gone.Name != "Zima" {
		t.Errorf("removed: %+v, %v", gone, err)
	}
	if _, err := h.Setup.ChangeSchedule(ctx, "Zima", winter); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		t.Errorf("changed what is gone: %v", err)
	}
}
