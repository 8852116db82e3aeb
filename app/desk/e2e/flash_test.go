//go:build e2e

package e2e

import (
	"image"
	"image/color"
	"os/exec"
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
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if img, err := picture(); err == nil && whiteShare(img) > 0.2 {
			break
		}
	}
	if white := seen(); white <= 0.2 {
		t.Errorf("a white window was seen as %.0f%% white", 100*white)
	}
}

// watchScreen looks at the screen until the answer is asked for: how much of it was
// white at the whitest moment.
func watchScreen(t *testing.T) func() float64 {
	end, most := make(chan struct{}), make(chan float64)
	go func() {
		white := 0.0
		for {
			if img, err := picture(); err == nil {
				white = max(white, whiteShare(img))
			}
			select {
			case <-end:
				most <- white
				return
			case <-time.After(5 * time.Millisecond):
			}
		}
	}()
	return func() float64 { close(end); return <-most }
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
