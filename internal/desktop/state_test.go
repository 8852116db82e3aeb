package desktop

import (
	"os"
	"path/filepath"
	"testing"
)

var usual = State{Width: usualWidth, Height: usualHeight}

func TestStateIsKept(t *testing.T) {
	dir := t.TempDir()
	if got := ReadState(dir); got != usual {
		t.Errorf("%+v", got)
	}
	want := State{Width: 1200, Height: 700, Placed: true, X: -30, Y: 40, Maximised: true, Theme: "dark"}
	for range 2 {
		if err := want.Write(dir); err != nil {
			t.Fatal(err)
		}
		if got := ReadState(dir); got != want {
			t.Errorf("%+v", got)
		}
	}
	if list, _ := os.ReadDir(dir); len(list) != 1 {
		t.Errorf("%d files", len(list))
	}
	if err := want.Write(filepath.Join(dir, "none")); err == nil {
		t.Error("a state that is not kept is not told")
	}
}

func TestStateOfBrokenFile(t *testing.T) {
	for text, want := range map[string]State{
		"":                             usual,
		"{":                            usual,
		"[]":                           usual,
		`{"width":"wide"}`:             usual,
		`{"width":1300,"height":1e99}`: usual,
		`{"width":1300}`:               usual,
		`{"width":1,"height":-5}`:      {Width: MinWidth, Height: MinHeight},
		`{"width":99999999,"height":99999999,"placed":true,"x":99999999,"theme":"pink"}`: {Width: farthest, Height: farthest},
		`{"width":1300,"height":800,"x":5,"y":5}`:                                        {Width: 1300, Height: 800},
	} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, stateName), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := ReadState(dir); got != want {
			t.Errorf("%s is read as %+v", text, got)
		}
	}
}

func TestStateWithinScreen(t *testing.T) {
	at := func(x, y, w, h int) State { return State{Width: w, Height: h, Placed: true, X: x, Y: y} }
	for _, c := range []struct {
		name string
		s    State
		want State
	}{
		{"fits", at(10, 20, 1200, 700), at(10, 20, 1200, 700)},
		{"fills it", at(0, 0, 1920, 1080), at(0, 0, 1920, 1080)},
		{"too large", at(0, 0, 3000, 2000), at(0, 0, 1920, 1080)},
		{"over the right edge", at(800, 20, 1200, 700), State{Width: 1200, Height: 700}},
		{"over the left edge", at(-1, 20, 1200, 700), State{Width: 1200, Height: 700}},
		{"below", at(10, 2000, 1200, 700), State{Width: 1200, Height: 700}},
		{"above", at(10, -900, 1200, 700), State{Width: 1200, Height: 700}},
	} {
		if got := c.s.Within(0, 0, 1920, 1080); got != c.want {
			t.Errorf("%s: %+v", c.name, got)
		}
		moved, want := c.s, c.want
		moved.X, moved.Y = moved.X+1920, moved.Y-300
		if want.Placed {
			want.X, want.Y = want.X+1920, want.Y-300
		}
		if got := moved.Within(1920, -300, 1920, 1080); got != want {
			t.Errorf("%s on the second screen: %+v", c.name, got)
		}
	}
	if got := at(5, 5, 1200, 700).Within(0, 0, 0, 0); got != at(5, 5, 1200, 700) {
		t.Errorf("a screen of unknown size: %+v", got)
	}
}
