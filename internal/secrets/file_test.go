package secrets

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

func made(t *testing.T, s Source) []byte {
	t.Helper()
	key, err := s.Make(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Key(t.Context())
	if err != nil || string(got) != string(key) || !sound(key) {
		t.Fatalf("read back %d bytes, %v", len(got), err)
	}
	return key
}

func wantMode(t *testing.T, path string) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if runtime.GOOS != "windows" && info.Mode().Perm() != 0o600 {
		t.Errorf("mode is %v", info.Mode())
	}
	list, err := filepath.Glob(filepath.Join(filepath.Dir(path), ".*"))
	if err != nil || len(list) > 0 {
		t.Errorf("left over: %v %v", list, err)
	}
}

func TestFileSources(t *testing.T) {
	for _, name := range []string{"file", "throw-away"} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "kwadrans.key")
			sources := map[string]Source{"file": cheapFile(path, "Zażółć gęślą jaźń"), "throw-away": &ThrowAway{Path: path}}
			s := sources[name]
			if s.Name() != name {
				t.Errorf("name is %q", s.Name())
			}
			_, err := s.Key(t.Context())
			wantCode(t, err, kwadrans.CodeKeyAbsent)
			if !errors.Is(err, ErrNoEntry) {
				t.Error(err)
			}
			first := made(t, s)
			if err := os.Chmod(path, 0o644); err != nil {
				t.Fatal(err)
			}
			if second := made(t, s); string(second) == string(first) {
				t.Error("Make gave the same key twice")
			}
			wantMode(t, path)
		})
	}
}

func TestFileWithTheStandardCost(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kwadrans.key")
	made(t, &File{Path: path, Passphrase: cheapFile("", "correct horse").Passphrase})
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	k, ok := parseKeyFile(text)
	if !ok || k.Cost != standardCost {
		t.Errorf("%v, cost %+v", ok, k.Cost)
	}
}

func TestFilePassphrase(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kwadrans.key")
	made(t, cheapFile(path, "right"))
	ask := func(pass kwadrans.Secret, err error) *File {
		f := cheapFile(path, "")
		f.Passphrase = func(context.Context, bool) (kwadrans.Secret, error) { return pass, err }
		return f
	}
	dismissed := errors.New("closed")
	nobody := cheapFile(path, "")
	nobody.Passphrase = nil
	for name, f := range map[string]*File{
		"wrong": ask("wrong", nil), "empty": ask("", nil), "dismissed": ask("right", dismissed), "nobody to ask": nobody,
	} {
		t.Run(name, func(t *testing.T) {
			_, err := f.Key(t.Context())
			wantCode(t, err, kwadrans.CodeKeyLocked)
			var e *kwadrans.Error
			if !errors.As(err, &e) || !strings.Contains(e.Hint, "KWADRANS_PASSPHRASE") {
				t.Errorf("hint %q", e.Hint)
			}
			if strings.Contains(err.Error()+e.Hint, "right") {
				t.Error("the passphrase is in the words")
			}
		})
	}
	_, err := ask("", kwadrans.Errorf(kwadrans.CodeTimeout, "x").WithHint("y")).Key(t.Context())
	wantCode(t, err, kwadrans.CodeTimeout)
	if _, err := ask("right", nil).Key(t.Context()); err != nil {
		t.Error("the right one does not open it any more:", err)
	}
}

func TestFileAsksOnceForEachAct(t *testing.T) {
	var asked []bool
	f := cheapFile(filepath.Join(t.TempDir(), "k"), "")
	f.Passphrase = func(_ context.Context, confirm bool) (kwadrans.Secret, error) {
		asked = append(asked, confirm)
		return "pass", nil
	}
	made(t, f)
	if len(asked) != 2 || !asked[0] || asked[1] {
		t.Errorf("asked with confirm %v, want one true at Make and one false at Key", asked)
	}
}

// Whatever happens to the file, it is damaged and never "wrong passphrase",
// and a byte of it never goes unnoticed.
func TestFileDamaged(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kwadrans.key")
	f := cheapFile(path, "pass")
	made(t, f)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	check := func(t *testing.T, text []byte) {
		t.Helper()
		if err := os.WriteFile(path, text, 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := f.Key(t.Context())
		wantCode(t, err, kwadrans.CodeKeyChanged)
	}
	for n := range len(whole) - 2 {
		check(t, whole[:n])
	}
	for _, part := range []string{"argon2id", `"time": 1`, `"memory_kib": 64`, `"threads": 1`, `"kwadrans_key": 1`} {
		end := strings.Index(string(whole), part) + len(part) - 1
		changed := []byte(string(whole))
		changed[end]++
		check(t, changed)
	}
	check(t, append(whole, whole...))
	check(t, make([]byte, 10<<20))
}

func TestFileOfAnotherMachineCannotEatThisOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kwadrans.key")
	f := cheapFile(path, "pass")
	made(t, f)
	for _, c := range []cost{{0, 64, 1}, {17, 64, 1}, {1, 64, 0}, {1, 4, 1}, {1, 1<<20 + 1, 1}, {1, 1 << 20, 17}} {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var k keyFile
		if err := json.Unmarshal(text, &k); err != nil {
			t.Fatal(err)
		}
		k.Cost = c
		k.Sum = k.sum()
		if _, ok := parseKeyFile(k.text()); ok {
			t.Errorf("%+v is taken", c)
		}
	}
}

func TestFileIsNotWhereItCanBeWritten(t *testing.T) {
	f := cheapFile(filepath.Join(t.TempDir(), "no", "such", "key"), "pass")
	if _, err := f.Make(t.Context()); err == nil {
		t.Fatal("made")
	}
	if os.Getuid() == 0 {
		t.Log("root may write anywhere: the mode is not tried")
		return
	}
	dir := t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	_, err := (&ThrowAway{Path: filepath.Join(dir, "key")}).Make(t.Context())
	wantCode(t, err, kwadrans.CodeReadOnly)
}

func TestThrowAwayDamaged(t *testing.T) {
	s := &ThrowAway{Path: filepath.Join(t.TempDir(), "key")}
	for _, text := range []string{"", "AAAA\n", strings.Repeat("A", 43) + "=\n", "no key\n"} {
		if err := os.WriteFile(s.Path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := s.Key(t.Context())
		wantCode(t, err, kwadrans.CodeKeyChanged)
	}
}
