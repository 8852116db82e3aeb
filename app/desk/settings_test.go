package desk

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// An organisation that was cleared came back.
func TestAnOrganisationCanBeTakenAway(t *testing.T) {
	f := newFixture(t)
	settings := &Settings{f.desk}
	p := Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: "pl", Org: "Kancelaria"}
	got[Profile](t)(settings.SaveProfile(p))
	p.Org = ""
	if kept := got[Profile](t)(settings.SaveProfile(p)); kept != p {
		t.Errorf("kept: %+v", kept)
	}
	if st := got[Start](t)(f.shell.Again()); *st.Profile != p {
		t.Errorf("then it is %+v", st.Profile)
	}
}

// The directory above it was shown.
func TestTheDirectoryOfTheDataFileIsShown(t *testing.T) {
	f := newFixture(t)
	f.must((&Settings{f.desk}).Reveal())
	if f.shown != f.desk.Dir {
		t.Errorf("shown: %s, the data is in %s", f.shown, f.desk.Dir)
	}
}

func TestADamagedDataFileIsRestoredFromTheWindow(t *testing.T) {
	f := newFixture(t)
	settings := &Settings{f.desk}
	got[Profile](t)(settings.SaveProfile(Profile{Name: "Hanna Ćwik", Email: "hanna@example.com", Zone: "Europe/Warsaw", Lang: "pl"}))
	f.saves = filepath.Join(t.TempDir(), "kopia.db")
	got[string](t)(settings.Backup())
	f.must(f.desk.Stop())
	f.must(os.WriteFile(filepath.Join(f.desk.Dir, "kwadrans.db"), []byte("this is not a data file, and long enough to be looked at"), 0o600))
	d := New()
	d.Dir, d.Env, d.Open, d.Restore, d.Emit, d.Dialogs = f.desk.Dir, f.desk.Env, f.desk.Open, f.desk.Restore, f.desk.Emit, f.desk.Dialogs
	d.Start(context.Background())
	defer func() { f.must(d.Stop()) }()
	if st := got[Start](t)((&Shell{d}).Begin()); st.Fault == nil {
		t.Fatalf("it begins with %+v", st)
	}
	if r := got[Restored](t)((&Settings{d}).Restore()); r.Kept == "" {
		t.Errorf("restored: %+v", r)
	}
	if st := got[Start](t)((&Shell{d}).Again()); st.Fault != nil || st.Profile == nil {
		t.Errorf("then it is %+v", st)
	}
}

// A data file that could not be opened stayed so until the program was started anew.
func TestADataFileIsOpenedOnTheNextTry(t *testing.T) {
	f := newFixture(t)
	path := filepath.Join(f.desk.Dir, "kwadrans.db")
	d := New()
	d.Dir, d.Env, d.Emit = f.desk.Dir, f.desk.Env, f.desk.Emit
	tries := 0
	d.Open = func(ctx context.Context) (*house.House, error) {
		if tries++; tries == 1 {
			return nil, kwadrans.Errorf(kwadrans.CodeBusyFile, "store: another program holds the data file; try again")
		}
		return f.desk.Open(ctx)
	}
	got[Start](t)(f.shell.Begin())
	f.must(f.desk.Stop())
	d.Start(context.Background())
	t.Cleanup(func() { check(t, d.Stop()) })
	shell := &Shell{d}
	if st := got[Start](t)(shell.Begin()); st.Fault == nil {
		t.Fatalf("it begins with %+v", st)
	}
	if st := got[Start](t)(shell.Reopen()); st.Fault != nil || st.DataFile != path {
		t.Errorf("opened again: %+v", st)
	}
	if got[Start](t)(shell.Reopen()); tries != 2 {
		t.Errorf("an open file was opened %d times", tries)
	}
}

func TestAFileOfTheProgramIsNeverWrittenOver(t *testing.T) {
	d := New()
	d.Dir = t.TempDir()
	if err := d.write(filepath.Join(d.Dir, "kwadrans.db"), []byte("x")); err == nil {
		t.Error("a calendar file was written over the data file")
	}
	path := filepath.Join(t.TempDir(), "a.ics")
	check(t, os.WriteFile(path, []byte("old"), 0o600))
	check(t, d.write(path, []byte("new")))
	if text, err := os.ReadFile(path); err != nil || string(text) != "new" {
		t.Errorf("it holds %q (%v)", text, err)
	}
	if list, err := os.ReadDir(filepath.Dir(path)); err != nil || len(list) != 1 {
		t.Errorf("beside it lies %v (%v)", list, err)
	}
}
