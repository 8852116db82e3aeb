package kwadrans

import (
	"testing"
	"time"
)

func TestBugAPauseHeldALaneThatOnlyBeginsAlike(t *testing.T) {
	for _, c := range []struct {
		pause, lane string
		want        bool
	}{
		{"mail", "mail", true}, {"mail", "mailbox", false}, {"mail", "mail/x", false}, {"", "mail", true}, {"mailbox", "mail", false},
		{LaneZoom, LaneZoomMake + "me", true}, {LaneZoomMake, LaneZoomDrop + "me", false}, {LaneZoomMake + "me", LaneZoomMake + "mela", false}, {LaneZoom, "zoom", false},
	} {
		p := Pause{Lane: c.pause, Until: time.Unix(1, 0)}
		if got := p.Holds(c.lane); got != c.want {
			t.Errorf("%q holds %q: %v", c.pause, c.lane, got)
		}
		if _, got := PauseOf(Step{Lane: c.lane}, []Pause{p}); got != c.want {
			t.Errorf("the pause of %q, given %q: %v", c.lane, c.pause, got)
		}
	}
}
