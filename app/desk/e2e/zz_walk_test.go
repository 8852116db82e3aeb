//go:build e2e

package e2e

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"kwadrans/internal/kwadrans"
)

func TestZZWalk(t *testing.T) {
	if b := os.Getenv("WALKBIN"); b != "" {
		stage.binary = b
	}
	mode, lg := os.Getenv("WALK"), os.Getenv("WALKLANG")
	dir := os.Getenv("WALKDIR")
	var w *window
	var o *office
	if mode == "office" {
		o = newOffice(t, kwadrans.Lang(lg))
		w = open(t, opts{lang: lg, home: o.home, env: o.env})
	} else {
		w = open(t, opts{lang: lg, env: []string{"KWADRANS_ZOOM_CLIENT_ID=example"}})
	}
	say := func(s string) {
		f, _ := os.OpenFile(dir+"/out", os.O_APPEND|os.O_WRONLY|os.O_CREATE, 0o644)
		fmt.Fprintln(f, s)
		f.Close()
	}
	say("ready " + w.home)
	for {
		in, err := os.Open(dir + "/in")
		if err != nil {
			t.Fatal(err)
		}
		sc := bufio.NewScanner(in)
		sc.Buffer(nil, 1<<20)
		for sc.Scan() {
			var c []string
			if json.Unmarshal(sc.Bytes(), &c) != nil || len(c) == 0 {
				say("bad " + sc.Text())
				continue
			}
			if c[0] == "quit" {
				say("DONE")
				return
			}
			done := make(chan struct{})
			go func() {
				defer close(done)
				ok := false
				defer func() {
					if !ok {
						say("FAILED " + strings.Join(c, " "))
					}
				}()
				act(w, o, dir, say, c)
				ok = true
			}()
			<-done
			if c[0] == "end" {
				say("DONE")
			}
		}
		in.Close()
	}
}

func act(w *window, o *office, dir string, say func(string), c []string) {
	switch c[0] {
	case "b":
		w.button(c[1]).click()
	case "c":
		w.find(c[1]).click()
	case "fill":
		w.field(c[1]).fill(c[2])
	case "type":
		w.field(c[1]).type_(c[2])
	case "keys":
		names := map[string]string{"Tab": keyTab, "Enter": keyEnter, "Esc": keyEscape, "Down": keyDown, "Up": keyUp, "Left": keyLeft, "Right": keyRight, "PageDown": keyPageDown, "Home": keyHome, "End": keyEnd}
		for _, k := range c[1:] {
			if v, ok := names[k]; ok {
				k = v
			}
			w.press(k)
		}
	case "chord":
		m := map[string]string{"ctrl": keyCtrl, "shift": keyShift}
		k := c[2]
		if v, ok := map[string]string{"Tab": keyTab, "Enter": keyEnter}[k]; ok {
			k = v
		}
		w.chord(m[c[1]], k)
	case "write":
		w.write(c[1])
	case "says":
		w.says(c[1])
	case "size":
		var a, b int
		fmt.Sscan(c[1], &a)
		fmt.Sscan(c[2], &b)
		w.size(a, b)
	case "theme":
		w.theme(c[1])
	case "wait":
		d, _ := time.ParseDuration(c[1])
		time.Sleep(d)
	case "shot":
		if err := save(dir + "/" + c[1] + ".png"); err != nil {
			say(err.Error())
		}
	case "focus":
		var s string
		w.script(&s, `const e=document.activeElement; return (e?.tagName||'')+' '+(e?.getAttribute('data-test')||'')+' '+(e?.id||'')`)
		say("focus: " + s + " | " + w.focus())
	case "js":
		var v any
		w.script(&v, c[1])
		b, _ := json.Marshal(v)
		say(string(b))
	case "decide":
		say(w.browser.decide(c[1]))
	case "boxclose":
		_ = o.box.Close()
	case "open":
		cmd := exec.Command("/usr/bin/xdg-open", c[1])
		cmd.Env = w.env
		out, err := cmd.CombinedOutput()
		say(fmt.Sprint("open ", string(out), err))
	case "end":
	default:
		say("unknown " + c[0])
	}
}
