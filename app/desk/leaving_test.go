package desk

import "testing"

// Closing the window dropped the changes of a schedule that were not kept.
func TestClosingTheWindowDroppedWhatIsNotKept(t *testing.T) {
	var asked, raised, quits int
	d := New()
	d.Emit = func(name string, _ any) {
		if name == EventClosing {
			asked++
		}
	}
	d.Raise = func() bool { raised++; return true }
	d.Quit = func() { quits++ }
	s := &Shell{d}
	if !d.MayClose() || asked > 0 {
		t.Error("a window in which all is kept asks")
	}
	check(t, s.Unsaved(true))
	for n := 1; n <= 3; n++ {
		if d.MayClose() || asked != n || raised != n {
			t.Errorf("press %d: asked %d times, raised %d", n, asked, raised)
		}
		check(t, s.Unsaved(true)) // it heard that
	}
	check(t, s.Close())
	if quits != 1 || !d.MayClose() || asked != 3 {
		t.Errorf("decided: %d quits, asked %d times", quits, asked)
	}
	check(t, s.Unsaved(true))
	check(t, s.Unsaved(false))
	if !d.MayClose() {
		t.Error("what was kept meanwhile holds the window")
	}
}

func TestAPageThatHangsDoesNotHoldTheWindow(t *testing.T) {
	d := New()
	d.Emit, d.Raise = func(string, any) {}, func() bool { return true }
	check(t, (&Shell{d}).Unsaved(true))
	if d.MayClose() {
		t.Error("the page is not asked")
	}
	if !d.MayClose() {
		t.Error("it is waited for forever")
	}
}
