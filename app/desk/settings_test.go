package desk

import (
	"context"
	"os"
	"path/filepath"
	"testing"
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
