package desktop

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

const (
	aBooking = "kwadrans://booking/01890a5d-ac96-774b-bcce-b302099a8057"
	childDir = "KWADRANS_DESKTOP_CHILD"

	childRegisters = "KWADRANS_DESKTOP_REGISTERS"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childDir); dir != "" {
		os.Exit(child(dir, os.Args[1]))
	}
	if os.Getenv(childRegisters) != "" {
		if err := Register(context.Background(), os.Getenv); err != nil {
			fmt.Println(err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child is a start of the program: it takes the seat and tells what it is given, or
// hands its argument over.
func child(dir, link string) int {
	s, err := Take(context.Background(), dir, link)
	if err != nil {
		fmt.Println(kwadrans.CodeOf(err))
		return 1
	}
	if s == nil {
		fmt.Println("handed over")
		return 0
	}
	defer s.Free()
	if err := s.Serve(func(link string) error {
		if link == "kwadrans://else" {
			return errors.New("not one of ours")
		}
		_, err := fmt.Printf("given %q\n", link)
		return err
	}); err != nil {
		fmt.Println(err)
		return 1
	}
	fmt.Println("seated")
	_, _ = io.Copy(io.Discard, os.Stdin) // until the test ends it
	return 0
}

// process is a running child.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	lines *bufio.Scanner
	end   io.Closer
}

func begin(t *testing.T, dir, link string) *process {
	t.Helper()
	cmd := exec.Command(os.Args[0], link)
	cmd.Env = append(os.Environ(), childDir+"="+dir)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
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
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return &process{t, cmd, bufio.NewScanner(out), in}
}

// says fails the test unless the next line of the child is want.
func (p *process) says(want string) {
	p.t.Helper()
	if !p.lines.Scan() || p.lines.Text() != want {
		p.t.Fatalf("the process says %q, want %q", p.lines.Text(), want)
	}
}

func (p *process) ends(code int) {
	p.t.Helper()
	_ = p.end.Close()
	_ = p.cmd.Wait()
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Fatalf("exit code %d, want %d", got, code)
	}
}

func TestSecondStartHandsOver(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	window := begin(t, dir, "")
	window.says("seated")
	for _, link := range []string{aBooking, "", "kwadrans://connect/zoom"} {
		second := begin(t, dir, link)
		second.says("handed over")
		second.ends(0)
		window.says(fmt.Sprintf("given %q", link))
	}
	for _, link := range []string{"kwadrans://else", "https://example.com", "kwadrans://" + strings.Repeat("x", longestLink)} {
		second := begin(t, dir, link)
		second.says(string(kwadrans.CodeInvalid))
		second.ends(1)
	}
	window.ends(0)
	next := begin(t, dir, "")
	next.says("seated")
	next.ends(0)
}

func TestSeatsOfTwoDirectories(t *testing.T) {
	for range 2 {
		window := begin(t, t.TempDir(), "")
		window.says("seated")
	}
}

func TestSeatAfterCrash(t *testing.T) {
	dir := t.TempDir()
	window := begin(t, dir, "")
	window.says("seated")
	_ = window.cmd.Process.Kill()
	_ = window.cmd.Wait()
	if _, err := os.Stat(filepath.Join(dir, socketName)); err != nil {
		t.Fatalf("the crash left no socket: %v", err)
	}
	next := begin(t, dir, "")
	next.says("seated")
	second := begin(t, dir, aBooking)
	second.says("handed over")
	next.says(fmt.Sprintf("given %q", aBooking))
}

// Who comes while the window is closing opens the next one.
func TestSeatOfWindowThatIsClosing(t *testing.T) {
	dir := t.TempDir()
	s := take(t, dir)
	s.Leave()
	second := begin(t, dir, "")
	if _, err := net.Dial("unix", filepath.Join(dir, socketName)); err == nil {
		t.Error("a window that is closing still answers")
	}
	s.Free()
	second.says("seated")
	second.ends(0)
}

func TestWindowThatDoesNotAnswer(t *testing.T) {
	dir := t.TempDir()
	s := take(t, dir) // it never serves
	defer s.Free()
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	other, err := Take(ctx, dir, aBooking)
	if other != nil || kwadrans.CodeOf(err) != kwadrans.CodeBusyFile {
		t.Errorf("%v, %v", other, err)
	}
}

// A directory that cannot be written is opened for reading, by each start anew.
func TestSeatWithoutDirectory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := Take(t.Context(), filepath.Join(file, "data"), "")
	if s == nil || err != nil {
		t.Fatalf("%v, %v", s, err)
	}
	if err := s.Serve(nil); err == nil {
		t.Error("nothing says that later starts are not answered")
	}
	s.Free()
}

func take(t *testing.T, dir string) *Seat {
	t.Helper()
	s, err := Take(t.Context(), dir, "")
	if s == nil || err != nil {
		t.Fatalf("%v, %v", s, err)
	}
	return s
}

func TestCallersOfTheSocket(t *testing.T) {
	dir := t.TempDir()
	s := take(t, dir)
	defer s.Free()
	given := make(chan string, 1)
	if err := s.Serve(func(link string) error {
		if link == aBooking {
			panic("a defect")
		}
		given <- link
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	silent := call(t, dir, "")
	defer func() { _ = silent.Close() }()
	for said, want := range map[string]string{
		"kwadrans://" + strings.Repeat("a", 1<<20) + "\n": answerNo,
		"file:///etc/passwd\n":                            answerNo,
		aBooking + "\n":                                   answerNo,
		"kwadrans://connect/zoom\n":                       answerYes,
	} {
		conn := call(t, dir, said)
		answer, _ := bufio.NewReader(conn).ReadString('\n')
		_ = conn.Close()
		if len(said) < 1<<20 && answer != want || answer == answerYes && want == answerNo {
			t.Errorf("%.40q is answered by %q, want %q", said, answer, want)
		}
	}
	if link := <-given; link != "kwadrans://connect/zoom" {
		t.Errorf("given %q", link)
	}
	if info, err := os.Stat(filepath.Join(dir, socketName)); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the socket is %v, %v", info.Mode(), err)
	}
}

func call(t *testing.T, dir, said string) net.Conn {
	t.Helper()
	conn, err := net.Dial("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.WriteString(conn, said)
	return conn
}
