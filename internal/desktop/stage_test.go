package desktop

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Error(err)
	}
	return string(text)
}

// script puts a program before all others of its name.
func script(t *testing.T, name, text string) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/sh\n"+text+"\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", dir+string(os.PathListSeparator)+os.Getenv("PATH"))
}

// within waits for an answer for at most ten seconds.
func within(t *testing.T, f func() string) string {
	t.Helper()
	got := make(chan string, 1)
	go func() { got <- f() }()
	select {
	case s := <-got:
		return s
	case <-time.After(10 * time.Second):
		return "nothing in ten seconds"
	}
}
