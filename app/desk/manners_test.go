package desk

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// A passphrase that was asked for before the page listened was waited for in vain.
func TestAPassphraseIsAskedForAgainOnceThePageListens(t *testing.T) {
	f := newFixture(t)
	got[Start](t)(f.shell.Again())
	given, gone := context.WithCancel(context.Background())
	gone()
	if _, err := f.desk.Passphrase(given, true); kwadrans.CodeOf(err) != kwadrans.CodeKeyLocked {
		t.Errorf("nobody waits any more: %v", err)
	}
	answer := make(chan kwadrans.Secret, 1)
	go func() {
		pass, _ := f.desk.Passphrase(context.Background(), false)
		answer <- pass
	}()
	if f.wait(EventPassphrase) != true || f.wait(EventPassphrase) != false {
		t.Error("the wrong passphrase is asked for")
	}
	got[Start](t)(f.shell.Begin())
	if f.wait(EventPassphrase) != false {
		t.Error("what nobody waits for is asked again")
	}
	f.must(f.shell.Passphrase("correct horse"))
	if pass := <-answer; pass != "correct horse" {
		t.Error("another passphrase was given")
	}
}

func TestAPassphraseThatNobodyGivesHoldsTheEndUpForNobody(t *testing.T) {
	f := newFixture(t)
	ended := make(chan error, 1)
	go func() {
		_, err := change(f.desk, func(context.Context, *house.House) (string, error) {
			_, err := f.desk.Passphrase(context.Background(), false)
			return "", err
		})
		ended <- err
	}()
	f.wait(EventPassphrase)
	f.must(f.desk.Stop())
	if err := <-ended; code(t, err) != string(kwadrans.CodeKeyLocked) {
		t.Errorf("it ended with %v", err)
	}
	if _, err := f.desk.Passphrase(context.Background(), false); kwadrans.CodeOf(err) != kwadrans.CodeKeyLocked {
		t.Errorf("after the end: %v", err)
	}
}

// slow is a file dialog before which somebody thinks.
type slow struct{ asked, think chan struct{} }

func (s slow) Save(string, string) (string, error) {
	close(s.asked)
	<-s.think
	return "", nil
}
func (s slow) OpenFile(string, ...FileKind) (string, error) { panic("a defect") }

func TestAFileDialogHoldsNothingUp(t *testing.T) {
	f := newFixture(t)
	dialog := slow{make(chan struct{}), make(chan struct{})}
	f.desk.Dialogs = dialog
	ended := make(chan error, 1)
	go func() {
		_, err := (&Settings{f.desk}).Backup()
		ended <- err
	}()
	<-dialog.asked
	got[Start](t)(f.shell.EnterSandbox())
	got[Start](t)(f.shell.LeaveSandbox())
	close(dialog.think)
	f.must(<-ended)
	if _, err := (&Settings{f.desk}).Restore(); code(t, err) != string(kwadrans.CodeInternal) {
		t.Errorf("a panic in a dialog: %v", err)
	}
}

// One full disk ended the outbox until the next start.
func TestBackgroundWorkGoesOnAfterAFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		begun, tries := time.Now(), 0
		lasting(ctx, &house.House{Log: slog.New(slog.DiscardHandler)}, func(context.Context) error {
			switch tries++; tries {
			case 1:
				return errors.New("no room")
			case 2:
				panic("a defect")
			}
			cancel()
			return nil
		})
		if took := time.Since(begun); tries != 3 || took != 2*retryAfter {
			t.Errorf("%d tries in %s", tries, took)
		}
	})
}

func TestACallThatTookTooLongIsNoDefect(t *testing.T) {
	for err, want := range map[error]kwadrans.Code{
		context.DeadlineExceeded: kwadrans.CodeTimeout,
		context.Canceled:         kwadrans.CodeInternal,
		errors.New("?"):          kwadrans.CodeInternal,
		kwadrans.Errorf(kwadrans.CodeOffline, "x").Because(context.DeadlineExceeded): kwadrans.CodeOffline,
	} {
		if got := codeOf(err); got != want {
			t.Errorf("%v is %s", err, got)
		}
	}
}
