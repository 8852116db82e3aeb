package secrets

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	keyring "github.com/zalando/go-keyring"

	"kwadrans/internal/kwadrans"
)

// fileNotes are Notes that processes can share: a file for each fact.
type fileNotes string

func (n fileNotes) Meta(_ context.Context, key string) (string, error) {
	text, err := os.ReadFile(filepath.Join(string(n), "note-"+key))
	if errors.Is(err, os.ErrNotExist) {
		return "", nil
	}
	return string(text), err
}

func (n fileNotes) SetMeta(_ context.Context, key, value string) error {
	return replaceFile(filepath.Join(string(n), "note-"+key), []byte(value))
}

// brokenNotes fail with the codes of a data file.
type brokenNotes struct{ Notes }

func (brokenNotes) Meta(context.Context, string) (string, error) {
	return "", kwadrans.Errorf(kwadrans.CodeBusyFile, "store: read failed")
}

// readOnlyNotes are those of a data file that cannot be written.
type readOnlyNotes struct{ Notes }

func (readOnlyNotes) SetMeta(context.Context, string, string) error {
	return kwadrans.Errorf(kwadrans.CodeReadOnly, "store: keep failed")
}

// fakeRing is a keychain with the limits of the narrowest one.
type fakeRing struct {
	mu    sync.Mutex
	text  map[string]string
	err   error
	hang  chan struct{} // questions wait until it is closed
	asked atomic.Int64
	sets  atomic.Int64
}

// stored returns what is in the entry, "" for nothing.
func (r *fakeRing) stored() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.text[ringService+" "+ringUser]
}

// answer waits while the ring hangs and returns how it fails.
func (r *fakeRing) answer() error {
	r.mu.Lock()
	hang := r.hang
	r.mu.Unlock()
	if hang != nil {
		<-hang
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.err
}

func (r *fakeRing) Get(service, user string) (string, error) {
	r.asked.Add(1)
	if err := r.answer(); err != nil {
		return "", err
	}
	text := r.stored()
	if text == "" || service != ringService || user != ringUser {
		return "", keyring.ErrNotFound
	}
	return text, nil
}

func (r *fakeRing) Set(_, _, secret string) error {
	r.sets.Add(1)
	if err := r.answer(); err != nil {
		return err
	}
	if len(secret) > 64 {
		return keyring.ErrSetDataTooBig
	}
	r.put(secret)
	return nil
}

func (r *fakeRing) put(text string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.text = map[string]string{ringService + " " + ringUser: text}
}

func (r *fakeRing) fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.err = err
}

// newVault returns a vault whose notes lie in its directory.
func newVault(dir string, s Source) *Vault {
	return &Vault{Source: s, Dir: dir, Notes: fileNotes(dir)}
}

func wantCode(t *testing.T, err error, code kwadrans.Code) {
	t.Helper()
	if err == nil || kwadrans.CodeOf(err) != code {
		t.Fatalf("got %v, want code %s", err, code)
	}
	var e *kwadrans.Error
	if errors.As(err, &e) && code != kwadrans.CodeInternal && e.Hint == "" {
		t.Errorf("%q has no hint", e.Message)
	}
}

// answer is what a child process reports: the MAC tells which key it used.
type answer struct {
	MAC  []byte
	Code kwadrans.Code
	Text string
}

// quickExit spares each child of a -race run the second that it sleeps at its end.
const quickExit = "GORACE=atexit_sleep_ms=0"

const childMode = "KWADRANS_SECRETS_TEST_CHILD"

// TestMain is also the child processes of these tests.
func TestMain(m *testing.M) {
	if mode := os.Getenv(childMode); mode != "" {
		_ = json.NewEncoder(os.Stdout).Encode(child(mode, os.Getenv("KWADRANS_SECRETS_TEST_DIR")))
		return
	}
	os.Exit(m.Run())
}

func child(mode, dir string) answer {
	sources := map[string]Source{
		"keychain":   &Keychain{},
		"throw-away": &ThrowAway{Path: filepath.Join(dir, "key")},
		"file":       cheapFile(filepath.Join(dir, "key"), "one for all"),
	}
	_, _ = os.Stdin.Read(make([]byte, 1)) // until the parent lets all go at once
	mac, err := newVault(dir, sources[mode]).MAC(context.Background(), []byte("probe"))
	if err != nil {
		return answer{Code: kwadrans.CodeOf(err), Text: err.Error()}
	}
	return answer{MAC: mac}
}

// children runs n processes that use the key of dir at the same moment.
func children(t *testing.T, n int, mode, dir string, env ...string) []answer {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	var gates []func() error
	var ends []func() answer
	for range n {
		cmd := exec.CommandContext(t.Context(), self)
		cmd.Env = append(append(os.Environ(), childMode+"="+mode, "KWADRANS_SECRETS_TEST_DIR="+dir, quickExit), env...)
		gate, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		gates = append(gates, gate.Close)
		ends = append(ends, func() (a answer) {
			err := json.NewDecoder(out).Decode(&a)
			if err := errors.Join(err, cmd.Wait()); err != nil {
				t.Errorf("child: %v", err)
			}
			return a
		})
	}
	for _, open := range gates {
		_ = open()
	}
	var list []answer
	for _, end := range ends {
		list = append(list, end())
	}
	return list
}

// cheapFile is a key file whose passphrase costs little to try.
func cheapFile(path string, pass kwadrans.Secret) *File {
	return &File{Path: path, cost: cost{Time: 1, MemoryKiB: 64, Threads: 1},
		Passphrase: func(context.Context, bool) (kwadrans.Secret, error) { return pass, nil }}
}
