package secrets

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"kwadrans/internal/kwadrans"
)

func sealed(t *testing.T, v *Vault, aad, plain string) []byte {
	t.Helper()
	out, err := v.Seal(t.Context(), aad, []byte(plain))
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func throwAwayVault(t *testing.T) *Vault {
	dir := t.TempDir()
	return newVault(dir, &ThrowAway{Path: filepath.Join(dir, "key")})
}

func TestSealAndOpen(t *testing.T) {
	v := throwAwayVault(t)
	for _, plain := range []string{"", "x", strings.Repeat("token ", 500)} {
		out := sealed(t, v, "row/1", plain)
		if len(out) != minSealed+len(plain) || out[0] != 1 || len(plain) > 1 && bytes.Contains(out, []byte(plain)) {
			t.Errorf("%d bytes for %d", len(out), len(plain))
		}
		got, err := v.Open(t.Context(), "row/1", out)
		if err != nil || string(got) != plain {
			t.Errorf("opened %q, %v", got, err)
		}
		if again := sealed(t, v, "row/1", plain); bytes.Equal(again, out) {
			t.Error("the nonce repeats")
		}
	}
	_, err := v.Seal(t.Context(), "", []byte("x"))
	wantCode(t, err, kwadrans.CodeInternal)
}

func TestOpenRefuses(t *testing.T) {
	v := throwAwayVault(t)
	out := sealed(t, v, "zoom/user/tokens/1", "the token")
	other := sealed(t, v, "mail/password", "the password")
	swap := append(bytes.Clone(out[:minSealed-16]), other[minSealed-16:]...)
	for name, c := range map[string]struct {
		aad    string
		sealed []byte
	}{
		"moved to another row":  {"mail/password", out},
		"older generation":      {"zoom/user/tokens/2", out},
		"no row":                {"", out},
		"ciphertext of another": {"zoom/user/tokens/1", swap},
		"nothing":               {"zoom/user/tokens/1", nil},
		"header only":           {"zoom/user/tokens/1", out[:headerSize]},
		"longer":                {"zoom/user/tokens/1", append(bytes.Clone(out), 0)},
		"row written elsewhere": {"tokens/1", append(bytes.Clone(out[:headerSize]), out[headerSize:]...)},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := v.Open(t.Context(), c.aad, c.sealed)
			wantCode(t, err, kwadrans.CodeCorrupt)
		})
	}
}

func TestOpenNoticesEveryBitAndEveryLength(t *testing.T) {
	v := throwAwayVault(t)
	out := sealed(t, v, "row", "the token")
	for i := range len(out) * 8 {
		bad := bytes.Clone(out)
		bad[i/8] ^= 1 << (i % 8)
		want := kwadrans.CodeCorrupt
		if i/8 >= 1 && i/8 < headerSize {
			want = kwadrans.CodeKeyChanged // the key id itself
		}
		_, err := v.Open(t.Context(), "row", bad)
		wantCode(t, err, want)
	}
	for n := range out {
		_, err := v.Open(t.Context(), "row", out[:n])
		wantCode(t, err, kwadrans.CodeCorrupt)
	}
}

func TestOpenWithAnotherKey(t *testing.T) {
	a, b := throwAwayVault(t), throwAwayVault(t)
	out := sealed(t, a, "row", "x")
	sealed(t, b, "row", "x")
	_, err := b.Open(t.Context(), "row", out)
	wantCode(t, err, kwadrans.CodeKeyChanged)
}

func TestMAC(t *testing.T) {
	v := throwAwayVault(t)
	mac := func(v *Vault, data string) string {
		t.Helper()
		out, err := v.MAC(t.Context(), []byte(data))
		if err != nil || len(out) != 32 {
			t.Fatalf("%d bytes, %v", len(out), err)
		}
		return string(out)
	}
	first := mac(v, "a")
	if first != mac(v, "a") || first == mac(v, "b") || first == mac(throwAwayVault(t), "a") {
		t.Error("a MAC must depend on the data and the key, and on nothing else")
	}
}

// The first two were computed apart, in Python, from RFC 5869.
const (
	wantCheck = "40afcc7de5c31f5e"
	wantMAC   = "3bf1e109315841897b2645c19ba17726c92052b737152cdda0c5915de9b096af"
	wantBlob  = "0140afcc7d65f9b6161a4328e6345155ca355e4151549bc7444978c6ab08a268ab22a2bfe4ff62572bbb2a9503e750680897"
)

// These values are on the disks of users: a change of them locks everybody out.
func TestDerivedKeysAreFixed(t *testing.T) {
	key := bytes.Repeat([]byte{7}, KeySize)
	k, err := derive(key)
	if err != nil {
		t.Fatal(err)
	}
	if got := k.checkText(); got != wantCheck {
		t.Errorf("check %s", got)
	}
	if got := hex.EncodeToString(k.mac([]byte("mark"))); got != wantMAC {
		t.Errorf("mac %s", got)
	}
	blob, err := hex.DecodeString(wantBlob)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := k.open("row", blob); err != nil || string(got) != "plain" {
		t.Errorf("opened %q, %v", got, err)
	}
	if strings.Contains(fmt.Sprintf("%x", key), k.checkText()) {
		t.Error("the check value is a part of the key")
	}
}

func TestDeriveRefuses(t *testing.T) {
	for _, key := range [][]byte{nil, {}, make([]byte, KeySize), newKey()[:31], append(newKey(), 1)} {
		_, err := derive(key)
		wantCode(t, err, kwadrans.CodeKeyChanged)
	}
}

// "%s" of a pointer in a pointer prints what it points to.
func TestNothingSecretIsPrinted(t *testing.T) {
	raw := newKey()
	k, err := derive(raw)
	if err != nil {
		t.Fatal(err)
	}
	field, err := branch(raw, "field", KeySize)
	if err != nil {
		t.Fatal(err)
	}
	for _, format := range []string{"%v", "%+v", "%#v", "%x", "%s", "%d", "%q"} {
		for _, v := range []any{k, *k, []*keys{k}, &Vault{kept: k}, struct{ v *Vault }{&Vault{kept: k}}} {
			text := fmt.Sprintf(format, v)
			for _, part := range [][]byte{raw, k.mark(), field} {
				for _, spelt := range []string{fmt.Sprintf("%x", part), fmt.Sprint(part), fmt.Sprintf("%#v", part), string(part)} {
					if strings.Contains(text, strings.Trim(spelt, "[]")) {
						t.Errorf("%s prints a key: %q", format, text)
					}
				}
			}
		}
	}
}
