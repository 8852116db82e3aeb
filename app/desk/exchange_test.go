package desk

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// Entering twice at once left a data file open behind the window for good, with its
// outbox at work.
func TestTheSandboxEnteredAndLeftManyTimesAtOnce(t *testing.T) {
	f := newFixture(t)
	got[Start](t)(f.shell.Begin())
	var all sync.WaitGroup
	for range 3 {
		for _, act := range []func() (Start, error){f.shell.EnterSandbox, f.shell.LeaveSandbox, f.shell.Again} {
			all.Go(func() {
				if _, err := act(); err != nil {
					t.Error(err)
				}
			})
		}
	}
	all.Wait()
	got[Start](t)(f.shell.LeaveSandbox())
	f.must(f.desk.Stop())
	// who restores must be alone with the file
	if _, err := f.desk.Restore(context.Background(), "nothing"); kwadrans.CodeOf(err) != kwadrans.CodeInvalid {
		t.Errorf("somebody still has the data file: %v", err)
	}
}

func TestCallsWaitForTheNextDataFileAndChangesAreRefused(t *testing.T) {
	f := newFixture(t)
	got[Start](t)(f.shell.EnterSandbox())
	opening, open := make(chan struct{}), f.desk.Open
	goOn := make(chan struct{})
	f.desk.Open = func(ctx context.Context) (*house.House, error) {
		close(opening)
		<-goOn
		return open(ctx)
	}
	var all sync.WaitGroup
	all.Go(func() { _, _ = f.shell.LeaveSandbox() })
	<-opening
	if _, err := (&Topics{f.desk}).Remove("porada"); code(t, err) != string(kwadrans.CodeBusyFile) {
		t.Errorf("between two data files: %v", err)
	}
	all.Go(func() {
		if st, err := f.shell.Again(); err != nil || st.Sandbox {
			t.Errorf("who waited is told %+v, %v", st, err)
		}
	})
	close(goOn)
	all.Wait()
}

// A call that was under way when the data file was closed went on with the closed one.
func TestADataFileIsClosedWhenItsCallsHaveEnded(t *testing.T) {
	f := newFixture(t)
	begun := make(chan struct{}, 2)
	var all sync.WaitGroup
	all.Go(func() {
		sandbox, err := call(f.desk, func(ctx context.Context, h *house.House) (bool, error) {
			begun <- struct{}{}
			if h.Sandbox {
				return true, nil
			}
			<-ctx.Done()
			if _, err := h.Store.Topics(context.Background()); err != nil {
				t.Errorf("the file is closed already: %v", err)
			}
			return false, ctx.Err()
		})
		if err != nil || !sandbox {
			t.Errorf("a call that was cut is not made anew: %v", err)
		}
	})
	<-begun
	got[Start](t)(f.shell.EnterSandbox())
	all.Wait()
}

func TestNoDataFileIsOpenedAfterTheEnd(t *testing.T) {
	f := newFixture(t)
	f.must(f.desk.Stop())
	if _, err := f.shell.EnterSandbox(); err == nil {
		t.Error("the sandbox was entered")
	}
	if err := f.desk.inTurn(func() error { return f.desk.exchange(f.desk.open) }); err == nil || f.desk.now != nil {
		t.Error("the own data was opened")
	}
}

func TestASignInEndsWithItsDataFile(t *testing.T) {
	f := newFixture(t)
	video := &Video{f.desk}
	got[Connection](t)(video.UseID("a-public-client-id"))
	f.must(video.Connect())
	<-f.browser
	got[Start](t)(f.shell.EnterSandbox())
	if end := f.wait(EventConnected).(SignIn); !end.Cancelled {
		t.Errorf("it ended with %+v", end)
	}
	f.must(video.Connect())
	f.decide("allow")
	f.wait(EventConnected)
	if last := got[SignIn](t)(video.LastSignIn()); last.Email == "" {
		t.Errorf("the last sign-in is %+v", last)
	}
	got[Start](t)(f.shell.LeaveSandbox())
	if last := got[SignIn](t)(video.LastSignIn()); last != (SignIn{}) {
		t.Errorf("the own data is told of the sandbox's sign-in %+v", last)
	}
}

func TestWhatSomebodyPutInTheSandboxesPlaceStays(t *testing.T) {
	f := newFixture(t)
	letter := filepath.Join(f.desk.sandboxDir(), "diary.txt")
	f.must(os.MkdirAll(f.desk.sandboxDir(), 0o700))
	f.must(os.WriteFile(letter, []byte("mine"), 0o600))
	if _, err := f.shell.EnterSandbox(); code(t, err) != string(kwadrans.CodeInvalid) {
		t.Errorf("entered: %v", err)
	}
	if _, err := os.Stat(letter); err != nil {
		t.Error(err)
	}
	if st := got[Start](t)(f.shell.Again()); st.Sandbox || st.Fault != nil {
		t.Errorf("it goes on with %+v", st)
	}
}

func TestWhatACrashLeftOfASandboxGoes(t *testing.T) {
	f := newFixture(t)
	mark, rest := filepath.Join(f.desk.sandboxDir(), sandboxMark), filepath.Join(f.desk.sandboxDir(), "kwadrans.db-wal")
	f.must(os.MkdirAll(f.desk.sandboxDir(), 0o700))
	f.must(os.WriteFile(mark, []byte("old"), 0o600))
	f.must(os.WriteFile(rest, []byte("old"), 0o600))
	got[Start](t)(f.shell.EnterSandbox())
	if text, err := os.ReadFile(mark); err != nil || string(text) == "old" {
		t.Errorf("the sandbox has the key %q (%v)", text, err)
	}
	if text, _ := os.ReadFile(rest); string(text) == "old" {
		t.Error("the old sandbox is still there")
	}
}

func TestTheSandboxLooksLikeTheWindow(t *testing.T) {
	f := newFixture(t)
	settings := &Settings{f.desk}
	f.must(settings.SetTheme("dark"))
	f.must(settings.SetLanguage("pl"))
	if st := got[Start](t)(f.shell.EnterSandbox()); st.Theme != "dark" || st.Lang != "pl" {
		t.Errorf("the sandbox begins with %+v", st)
	}
}

func TestTheSandboxGoesWithTheWindow(t *testing.T) {
	f := newFixture(t)
	got[Start](t)(f.shell.EnterSandbox())
	f.must(f.desk.Stop())
	if _, err := os.Stat(f.desk.sandboxDir()); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("it is still there: %v", err)
	}
}

// The page went on to show the sandbox, and each call failed.
func TestOwnDataThatCannotBeOpenedAgainIsTold(t *testing.T) {
	f := newFixture(t)
	got[Start](t)(f.shell.EnterSandbox())
	open := f.desk.Open
	f.desk.Open = func(context.Context) (*house.House, error) {
		return nil, kwadrans.Errorf(kwadrans.CodeDiskFull, "store: full")
	}
	if st := got[Start](t)(f.shell.LeaveSandbox()); st.Fault == nil || st.Fault.Code != string(kwadrans.CodeDiskFull) {
		t.Errorf("it goes on with %+v", st)
	}
	if st := got[Start](t)(f.shell.Again()); st.Fault == nil {
		t.Errorf("then it is %+v", st)
	}
	f.desk.Open = open
}
