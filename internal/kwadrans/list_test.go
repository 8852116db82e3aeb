package kwadrans

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "Anna": "anna", "ZAŻÓŁĆ GĘŚLĄ JAŹŃ": "zazolc gesla jazn", "zażółć gęślą jaźń": "zazolc gesla jazn",
		"Z\u0307o\u0301łw": "zolw", // letters with marks of their own, as macOS writes them
		"Émile Straße":     "émile straße", "ÜMIT": "ümit", "İstanbul": "istanbul", "МОСКВА": "москва", "a\nb\tc": "a\nb\tc", "100%_'": "100%_'", "\xff": "\ufffd",
	} {
		if got := Fold(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestWords(t *testing.T) {
	for in, want := range map[string]string{"": "", " \t\n": "", " Żółw  anna\n": "zolw|anna", "a": "a"} {
		if got := strings.Join(ListAsk{Search: in}.Words(), "|"); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if n := len(ListAsk{Search: strings.Repeat("a ", 10_000)}.Words()); n != maxWords {
		t.Errorf("%d words", n)
	}
}
