package kwadrans

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"log"
	"log/slog"
	"strings"
	"testing"
)

const inside = "s3cr3t-value"

// Every way that a program turns a value into text must give stars. Control:
// the same ways must show a plain string.
func TestSecretIsNeverPrinted(t *testing.T) {
	if leaks := leaking(Secret(inside)); len(leaks) > 0 {
		t.Errorf("the secret is shown by %v", leaks)
	}
	if all := len(ways(inside)); len(leaking(inside)) != all {
		t.Errorf("a plain string is shown by %d of %d ways only", len(leaking(inside)), all)
	}
	if Secret(inside).Reveal() != inside {
		t.Error("the value is lost")
	}
}

func leaking(v any) (names []string) {
	for name, text := range ways(v) {
		if strings.Contains(text, inside) || strings.Contains(text, fmt.Sprintf("%x", inside)) {
			names = append(names, name)
		}
	}
	return names
}

func ways(v any) map[string]string {
	type box struct {
		Token any
		List  []any
	}
	b := box{v, []any{v}}
	all := map[string]string{}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "% v", "%10.20s"} {
		all[verb] = fmt.Sprintf(verb, v)
		all["struct "+verb] = fmt.Sprintf(verb, b)
		all["pointer "+verb] = fmt.Sprintf(verb, &b)
		all["map "+verb] = fmt.Sprintf(verb, map[string]any{"token": v})
	}
	all["error"] = fmt.Errorf("no: %v", v).Error()
	all["join"] = errors.Join(fmt.Errorf("%s", v), errors.New("x")).Error()
	text, _ := json.Marshal(b)
	all["json"] = string(text)
	text, _ = xml.Marshal(b)
	all["xml"] = string(text)
	var out bytes.Buffer
	log.New(&out, "", 0).Print(v, b)
	all["log"] = out.String()
	out = bytes.Buffer{}
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "token", v, "box", b)
	all["slog text"] = out.String()
	out = bytes.Buffer{}
	slog.New(slog.NewJSONHandler(&out, nil)).Info("x", "token", v, "box", b, slog.Group("g", "token", v))
	all["slog json"] = out.String()
	return all
}
