package desk

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
)

// EnterSandbox opens the sandbox in the place of the user's own data: a Zoom
// look-alike and a letter catcher, from which nothing leaves this computer. It
// begins afresh each time, in the look of the data that it stands in for.
func (s *Shell) EnterSandbox() (Start, error) {
	d := s.desk
	begin, err := call(d, d.sample)
	if err != nil {
		return Start{}, err
	}
	return d.after(d.inTurn(func() error {
		return d.exchange(func(ctx context.Context) error { return d.openSandbox(ctx, begin) })
	}))
}

// LeaveSandbox throws the sandbox away and goes back to the user's own data.
func (s *Shell) LeaveSandbox() (Start, error) {
	d := s.desk
	return d.after(d.inTurn(func() error {
		if d.box() == nil {
			return nil
		}
		return d.exchange(d.open)
	}))
}

// after tells how the window goes on once another data file was to be opened.
func (d *Desk) after(err error) (Start, error) {
	st, failed := d.begin()
	if err == nil || st.Fault != nil {
		return st, failed
	}
	return Start{}, d.say(err)
}

// box is the sandbox of the moment; nil over the user's own data.
func (d *Desk) box() *house.Sandbox {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.now == nil {
		return nil
	}
	return d.now.box
}

// sandboxDir is where the sandbox lies: beside the data file, never in it.
func (d *Desk) sandboxDir() string { return filepath.Join(d.Dir, "sandbox") }

// sandboxMark is the file by which house.StartSandbox knows its own directory.
const sandboxMark = "sandbox.key"

func (d *Desk) openSandbox(ctx context.Context, begin sample) error {
	if err := d.clearSandbox(); err != nil {
		return err
	}
	box, err := house.StartSandbox(ctx, d.sandboxDir(), "127.0.0.1:0")
	if err != nil {
		return err
	}
	box.Ask()
	h, err := box.Open(ctx, begin.Email, d.Browser)
	if err != nil {
		_ = box.Close()
		return err
	}
	d.use(h, box)
	_, err = h.Setup.SetProfile(ctx, begin.Profile)
	if err == nil {
		err = h.Store.SetMeta(ctx, metaTheme, begin.theme)
	}
	if err != nil {
		_ = d.shut()
	}
	return err
}

// clearSandbox removes what an earlier sandbox left. What the user may have put there
// stays, and StartSandbox refuses it.
func (d *Desk) clearSandbox() error {
	if _, err := os.Lstat(filepath.Join(d.sandboxDir(), sandboxMark)); err != nil {
		return nil
	}
	if err := os.RemoveAll(d.sandboxDir()); err != nil {
		return kwadrans.Errorf(kwadrans.CodeReadOnly, "desk: the old sandbox in %s cannot be removed", d.sandboxDir()).Because(err)
	}
	return nil
}

// sample is how a sandbox begins.
type sample struct {
	kwadrans.Profile
	theme string
}

// sample is the host's own profile, or somebody made up, and the theme of the window.
func (d *Desk) sample(ctx context.Context, h *house.House) (s sample, err error) {
	if s.theme, err = theme(ctx, h); err != nil {
		return s, err
	}
	p, known, err := h.Store.Profile(ctx)
	if !known {
		p = kwadrans.Profile{Name: "Hanna Ćwik", Email: "hanna.cwik@example.com", Zone: "Europe/Warsaw", Lang: d.language(ctx, h)}
	}
	s.Profile = p
	return s, err
}

// Letters returns what the sandbox's letter catcher caught, the newest first.
func (s *Shell) Letters() ([]Letter, error) {
	return call(s.desk, func(context.Context, *house.House) ([]Letter, error) {
		box := s.desk.box()
		list := []Letter{}
		if box == nil {
			return list, nil
		}
		caught := box.Mail.Letters()
		for i := len(caught) - 1; i >= 0; i-- {
			l := caught[i]
			list = append(list, Letter{From: l.From, To: l.To, Subject: l.Subject, At: l.At.Format(time.RFC3339), File: l.File})
		}
		return list, nil
	})
}

// OpenLetter shows where a letter lies that the sandbox caught.
func (s *Shell) OpenLetter(file string) error {
	return act(s.desk, func(context.Context, *house.House) error {
		box := s.desk.box()
		if box != nil && file != "" {
			for _, l := range box.Mail.Letters() {
				if l.File == file {
					return s.desk.Reveal(file)
				}
			}
		}
		return kwadrans.Errorf(kwadrans.CodeNotFound, "desk: the sandbox caught no such letter")
	})
}
