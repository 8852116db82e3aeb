//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"math"
	"os/exec"
	"sync/atomic"
	"testing"
	"time"
)

// A dark desktop never sees the window white, from its first frame to the page.
func TestTheWindowNeverFlashesWhite(t *testing.T) {
	seen := watchScreen(t)
	w := open(t, opts{theme: "Adwaita:dark"})
	w.says("A scheduler that belongs to you")
	if white := seen(); white > 0.2 {
		t.Errorf("at one moment %.0f%% of the screen were white", 100*white)
	}
}

// The control: a window that does not think of it is seen white.
func TestAWhiteWindowIsSeen(t *testing.T) {
	seen := watchScreen(t)
	bare := exec.Command(compileBare(t))
	bare.Env = append(bare.Environ(), "DISPLAY="+stage.number, "HOME="+t.TempDir(), "NO_AT_BRIDGE=1")
	if err := bare.Start(); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = bare.Process.Kill(); _ = bare.Wait() }()
	for end := time.Now().Add(patience); seen() <= 0.2; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("a white window was seen as %.0f%% white", 100*seen())
		}
	}
}

// watchScreen looks at the screen until the test ends. What it gives tells how much
// of the screen was white at the whitest moment until now.
func watchScreen(t *testing.T) func() float64 {
	var (
		most atomic.Uint64 // the bits of a share; those of a larger one are larger too
		end  = make(chan struct{})
		gone = make(chan struct{})
	)
	look := func() {
		if img, err := picture(); err == nil {
			most.Store(max(most.Load(), math.Float64bits(whiteShare(img))))
		}
	}
	go func() {
		defer close(gone)
		for {
			look()
			select {
			case <-end:
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	t.Cleanup(func() { close(end); <-gone })
	return func() float64 { return math.Float64frombits(most.Load()) }
}

// whiteShare looks at every eighth pixel of every eighth line.
func whiteShare(img image.Image) float64 {
	white, all := 0, 0
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y += 8 {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x += 8 {
			if c := color.GrayModel.Convert(img.At(x, y)).(color.Gray); c.Y > 200 {
				white++
			}
			all++
		}
	}
	return float64(white) / float64(all)
}
