package desk

import (
	"context"
	"path/filepath"
	"strings"
	"time"

	"kwadrans/app/house"
	"kwadrans/internal/kwadrans"
	"kwadrans/internal/lang"
)

// Settings is the screen of the settings.
type Settings struct{ desk *Desk }

// Small facts of the window in the data file.
const (
	metaTheme = "window/theme"
	metaLang  = "window/lang"
)

const themeSystem = "system"

func theme(ctx context.Context, h *house.House) (string, error) {
	t, err := h.Store.Meta(ctx, metaTheme)
	if t == "" {
		t = themeSystem
	}
	return t, err
}

// SaveProfile keeps who the host is.
func (s *Settings) SaveProfile(p Profile) (Profile, error) {
	return change(s.desk, func(ctx context.Context, h *house.House) (Profile, error) {
		l := kwadrans.Lang(p.Lang)
		if l == "" {
			l = s.desk.language(ctx, h)
		}
		w := kwadrans.Profile{Name: p.Name, Email: p.Email, Zone: p.Zone, Lang: l, Org: p.Org}
		w, err := h.Setup.SetProfile(ctx, w)
		if err == nil && strings.TrimSpace(p.Org) == "" && w.Org != "" { // the form is whole: empty is none
			w.Org = ""
			err = h.Store.SaveProfile(ctx, w)
		}
		return profileOf(w), err
	})
}

// SetTheme keeps the theme: system, light or dark.
func (s *Settings) SetTheme(name string) error {
	return alter(s.desk, func(ctx context.Context, h *house.House) error {
		switch name {
		case themeSystem, "light", "dark":
			return h.Store.SetMeta(ctx, metaTheme, name)
		}
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: %q is not a theme", name).WithHint("use system, light or dark")
	})
}

// SetLanguage changes the language of the window, and of the owner when known.
func (s *Settings) SetLanguage(name string) error {
	return alter(s.desk, func(ctx context.Context, h *house.House) error {
		l, err := kwadrans.ParseLang(name)
		if err != nil {
			return err
		}
		if _, known, err := h.Store.Profile(ctx); err != nil {
			return err
		} else if known {
			_, err := h.Setup.SetProfile(ctx, kwadrans.Profile{Lang: l})
			return err
		}
		return h.Store.SetMeta(ctx, metaLang, name)
	})
}

// Key says how the key of the sealed sign-ins and passwords stands.
func (s *Settings) Key() (Key, error) {
	return call(s.desk, func(ctx context.Context, h *house.House) (Key, error) {
		st := h.KeyState(ctx)
		return Key{State: st.State, Source: st.Source}, nil
	})
}

// RenewKey gives up what the old key sealed and goes on with a new one.
func (s *Settings) RenewKey() (Key, error) {
	return change(s.desk, func(ctx context.Context, h *house.House) (Key, error) {
		if err := h.RenewKey(ctx); err != nil {
			return Key{}, err
		}
		st := h.KeyState(ctx)
		return Key{State: st.State, Source: st.Source}, nil
	})
}

// Reveal shows the directory of the data file.
func (s *Settings) Reveal() error {
	return act(s.desk, func(_ context.Context, h *house.House) error { return s.desk.Reveal(h.Store.Path) })
}

// Backup writes a copy of the data file where the user says, and returns where;
// empty when the user cancelled.
func (s *Settings) Backup() (string, error) {
	title := lang.T(s.desk.tongue(), "win.settings.backup.title")
	name, err := call(s.desk, func(_ context.Context, h *house.House) (string, error) {
		return "kwadrans-" + h.Now().Format(time.DateOnly) + filepath.Ext(h.Store.Path), nil
	})
	if err != nil {
		return "", err
	}
	path, err := s.desk.choose(func() (string, error) { return s.desk.Dialogs.Save(title, name) })
	if err != nil || path == "" {
		return "", err
	}
	return path, alter(s.desk, func(ctx context.Context, h *house.House) error { return h.Store.Backup(ctx, path, true) })
}

// Restore puts a backup that the user chooses in the place of the data file, also
// where that one could not be opened.
func (s *Settings) Restore() (Restored, error) {
	d := s.desk
	if err := d.ownData(); err != nil {
		return Restored{}, d.say(err)
	}
	title := lang.T(d.tongue(), "win.settings.restore.title")
	path, err := d.choose(func() (string, error) { return d.Dialogs.OpenFile(title) })
	if err != nil || path == "" {
		return Restored{}, err
	}
	return d.restore(path)
}

// ownData refuses the sandbox.
func (d *Desk) ownData() error {
	d.mu.RLock()
	defer d.mu.RUnlock()
	if d.now != nil && d.now.Sandbox {
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: a backup cannot be restored into the sandbox").WithHint("leave the sandbox first")
	}
	return nil
}

// restore closes the data file, puts the backup in its place and opens it.
func (d *Desk) restore(path string) (Restored, error) {
	r := Restored{File: path}
	err := d.inTurn(func() error {
		if err := d.ownData(); err != nil {
			return err
		}
		return d.exchange(func(ctx context.Context) (err error) {
			if r.Kept, err = d.Restore(ctx, path); err != nil {
				return err
			}
			return d.open(ctx)
		})
	})
	if err != nil {
		return Restored{}, d.say(err)
	}
	defer d.Emit(EventChanged, nil)
	return change(d, func(ctx context.Context, h *house.House) (_ Restored, err error) {
		r.SignInAgain, err = h.AfterRestore(ctx)
		return r, err
	})
}
