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
// begins afresh each time.
func (s *Shell) EnterSandbox() (Start, error) {
	d := s.desk
	sample, err := call(d, d.sampleProfile)
	if err != nil {
		return Start{}, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	if err := d.Stop(); err != nil {
		return Start{}, d.fault(ctx, nil, err)
	}
	if err := d.openSandbox(ctx, sample); err != nil {
		f := d.fault(ctx, nil, err)
		if again := d.open(ctx); again != nil {
			f = d.fault(ctx, nil, again)
		}
		return Start{}, f
	}
	return s.Again()
}

// LeaveSandbox throws the sandbox away and goes back to the user's own data.
func (s *Shell) LeaveSandbox() (Start, error) {
	d := s.desk
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	d.mu.RLock()
	box := d.sandbox
	d.mu.RUnlock()
	if box == nil {
		return s.Again()
	}
	if err := d.Stop(); err != nil {
		return Start{}, d.fault(ctx, nil, err)
	}
	_ = os.RemoveAll(box.Dir)
	if err := d.open(ctx); err != nil {
		return Start{}, d.fault(ctx, nil, err)
	}
	return s.Again()
}

// sandboxDir is where the sandbox lies: beside the data file, never in it.
func (d *Desk) sandboxDir() string { return filepath.Join(d.Dir, "sandbox") }

func (d *Desk) openSandbox(ctx context.Context, p kwadrans.Profile) (err error) {
	defer recovered(&err)
	if err := os.RemoveAll(d.sandboxDir()); err != nil {
		return kwadrans.Errorf(kwadrans.CodeReadOnly, "desk: the old sandbox in %s cannot be removed", d.sandboxDir()).Because(err)
	}
	box, err := house.StartSandbox(ctx, d.sandboxDir(), "127.0.0.1:0")
	if err != nil {
		return err
	}
	box.Ask()
	h, err := box.Open(ctx, p.Email, d.Browser)
	if err != nil {
		_ = box.Close()
		return err
	}
	d.use(h, box)
	if _, err := h.Setup.SetProfile(ctx, p); err != nil {
		_ = d.Stop()
		return err
	}
	return nil
}

// sampleProfile is the host's own, or somebody made up.
func (d *Desk) sampleProfile(ctx context.Context, h *house.House) (kwadrans.Profile, error) {
	p, known, err := h.Store.Profile(ctx)
	if err != nil || known {
		return p, err
	}
	return kwadrans.Profile{Name: "Hanna Ćwik", Email: "hanna.cwik@example.com", Zone: "Europe/Warsaw", Lang: d.language(ctx, h)}, nil
}

// Letters returns what the sandbox's letter catcher caught, the newest first.
func (s *Shell) Letters() ([]Letter, error) {
	return call(s.desk, func(context.Context, *house.House) ([]Letter, error) {
		s.desk.mu.RLock()
		box := s.desk.sandbox
		s.desk.mu.RUnlock()
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

// OpenLetter shows a letter that the sandbox caught in the system's mail program.
func (s *Shell) OpenLetter(file string) error {
	return act(s.desk, func(context.Context, *house.House) error {
		s.desk.mu.RLock()
		box := s.desk.sandbox
		s.desk.mu.RUnlock()
		if box != nil {
			for _, l := range box.Mail.Letters() {
				if l.File == file && file != "" {
					return s.desk.Reveal(file)
				}
			}
		}
		return kwadrans.Errorf(kwadrans.CodeNotFound, "desk: the sandbox caught no such letter")
	})
}
