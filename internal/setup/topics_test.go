package setup_test

import (
	"context"
	"testing"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// open opens a data file with a host.
func open(t *testing.T) *house.House {
	t.Helper()
	env := map[string]string{"KWADRANS_SECRETS": "file", "KWADRANS_PASSPHRASE": "correct horse"}
	h, err := house.Open(t.Context(), house.Config{Dir: t.TempDir(), Env: func(k string) string { return env[k] }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	if _, err := h.Setup.SetProfile(t.Context(), kwadrans.Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: kwadrans.Polish}); err != nil {
		t.Fatal(err)
	}
	return h
}

func topic(name string, kind kwadrans.PlaceKind, detail string) kwadrans.Topic {
	t := kwadrans.DefaultTopic(name, kwadrans.Duration(30*time.Minute))
	t.Places = []kwadrans.Place{{Kind: kind, Detail: detail}}
	return t
}

// connected keeps a connection as a sign-in would.
func connected(t *testing.T, h *house.House, state kwadrans.ConnectionState) {
	t.Helper()
	if err := h.Store.SaveConnection(t.Context(), kwadrans.Connection{Kind: kwadrans.Personal, State: state, Connected: h.Now(), Changed: h.Now()}); err != nil {
		t.Fatal(err)
	}
}

// A topic in Zoom could not even be renamed or hidden once the connection had ended.
func TestATopicInZoomIsChangedWithoutAConnection(t *testing.T) {
	h, ctx := open(t), context.Background()
	connected(t, h, kwadrans.Connected)
	zoom, err := h.Setup.AddTopic(ctx, topic("Porada", kwadrans.PlaceZoom, ""))
	if err != nil {
		t.Fatal(err)
	}
	phone, err := h.Setup.AddTopic(ctx, topic("Rozmowa", kwadrans.PlacePhone, "+48 600 000 000"))
	if err != nil {
		t.Fatal(err)
	}
	connected(t, h, kwadrans.NotConnected)
	zoom.Name, zoom.Listed = "Porada prawna", false
	if got, err := h.Setup.ChangeTopic(ctx, zoom); err != nil || got.Name != "Porada prawna" {
		t.Errorf("renamed: %+v, %v", got, err)
	}
	zoom.Duration = 0
	if _, err := h.Setup.ChangeTopic(ctx, zoom); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("a topic without a length: %v", err)
	}
	phone.Places = []kwadrans.Place{{Kind: kwadrans.PlaceZoom}}
	if _, err := h.Setup.ChangeTopic(ctx, phone); kwadrans.CodeOf(err) != kwadrans.CodeNotConnected {
		t.Errorf("moved to Zoom without a connection: %v", err)
	}
	if _, err := h.Setup.AddTopic(ctx, topic("Nowy", kwadrans.PlaceZoom, "")); kwadrans.CodeOf(err) != kwadrans.CodeNotConnected {
		t.Errorf("a new topic in Zoom without a connection: %v", err)
	}
	if _, err := h.Setup.ChangeTopic(ctx, topic("Nie ma", kwadrans.PlacePhone, "1")); kwadrans.CodeOf(err) != kwadrans.CodeNotFound {
		t.Errorf("a topic that is not there: %v", err)
	}
}
