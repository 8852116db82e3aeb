package desktop

import (
	"encoding/json"
	"os"
	"path/filepath"
)

const stateName = "window.json"

// The least and the usual size of the window, in the pixels of the page.
const (
	MinWidth, MinHeight     = 1024, 680
	usualWidth, usualHeight = 1440, 900
	farthest                = 1 << 14 // no screen reaches further
)

// State is how the window was left: its size when it is not maximised, where it
// stood when the desktop tells, and in which theme the page was drawn last.
type State struct {
	Width     int    `json:"width"`
	Height    int    `json:"height"`
	Placed    bool   `json:"placed"` // X and Y are known
	X         int    `json:"x"`
	Y         int    `json:"y"`
	Maximised bool   `json:"maximised"`
	Theme     string `json:"theme"` // light, dark; "" not known yet
}

// ReadState returns how the window was left in a data directory. What is missing or
// makes no sense is as usual.
func ReadState(dir string) State {
	var s State
	text, err := os.ReadFile(filepath.Join(dir, stateName))
	if err != nil || json.Unmarshal(text, &s) != nil {
		s = State{}
	}
	return s.sane()
}

// Write keeps the state in a data directory.
func (s State) Write(dir string) error {
	text, err := json.Marshal(s.sane())
	if err != nil {
		return err
	}
	return replace(filepath.Join(dir, stateName), append(text, '\n'), 0o600)
}

// sane keeps every value within what a screen has.
func (s State) sane() State {
	if s.Width == 0 || s.Height == 0 {
		s.Width, s.Height = usualWidth, usualHeight
	}
	s.Width = min(max(s.Width, MinWidth), farthest)
	s.Height = min(max(s.Height, MinHeight), farthest)
	if !s.Placed || s.X < -farthest || s.X > farthest || s.Y < -farthest || s.Y > farthest {
		s.Placed, s.X, s.Y = false, 0, 0
	}
	if s.Theme != "light" && s.Theme != "dark" {
		s.Theme = ""
	}
	return s
}

// Within makes the window no larger than a screen, and forgets a place from which it
// would reach over the edge: the screen that it stood on may be gone.
func (s State) Within(left, top, width, height int) State {
	if width < MinWidth || height < MinHeight {
		return s
	}
	s.Width, s.Height = min(s.Width, width), min(s.Height, height)
	if s.X < left || s.Y < top || s.X+s.Width > left+width || s.Y+s.Height > top+height {
		s.Placed, s.X, s.Y = false, 0, 0
	}
	return s
}
