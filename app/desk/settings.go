package desk

import (
	"context"
	"path/filepath"
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
	return call(s.desk, func(ctx context.Context, h *house.House) (Profile, error) {
		l := kwadrans.Lang(p.Lang)
		if l == "" {
			l = s.desk.language(ctx, h)
		}
		w := kwadrans.Profile{Name: p.Name, Email: p.Email, Zone: p.Zone, Lang: l, Org: p.Org}
		w, err := h.Setup.SetProfile(ctx, w)
		return profileOf(w), err
	})
}

// SetTheme keeps the theme: system, light or dark.
func (s *Settings) SetTheme(name string) error {
	return act(s.desk, func(ctx context.Context, h *house.House) error {
		switch name {
		case themeSystem, "light", "dark":
			return h.Store.SetMeta(ctx, metaTheme, name)
		}
		return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: %q is not a theme", name).WithHint("use system, light or dark")
	})
}

// SetLanguage changes the language of the window, and of the owner when known.
func (s *Settings) SetLanguage(name string) error {
	return act(s.desk, func(ctx context.Context, h *house.House) error {
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
	return call(s.desk, func(ctx context.Context, h *house.House) (Key, error) {
		if err := h.RenewKey(ctx); err != nil {
			return Key{}, err
		}
		st := h.KeyState(ctx)
		return Key{State: st.State, Source: st.Source}, nil
	})
}

// Reveal shows the directory of the data file.
func (s *Settings) Reveal() error {
	return act(s.desk, func(_ context.Context, h *house.House) error { return s.desk.Reveal(h.Dir) })
}

// Backup writes a copy of the data file where the user says, and returns where;
// empty when the user cancelled.
func (s *Settings) Backup() (string, error) {
	return call(s.desk, func(ctx context.Context, h *house.House) (string, error) {
		title := lang.T(s.desk.language(ctx, h), "win.settings.backup.title")
		path, err := s.desk.Dialogs.Save(title, "kwadrans-"+h.Now().Format(time.DateOnly)+filepath.Ext(h.Store.Path))
		if err != nil || path == "" {
			return "", err
		}
		return path, h.Store.Backup(ctx, path)
	})
}

// Restore puts a backup that the user chooses in the place of the data file.
func (s *Settings) Restore() (Restored, error) {
	d := s.desk
	title := ""
	if err := act(d, func(ctx context.Context, h *house.House) error {
		if h.Sandbox {
			return kwadrans.Errorf(kwadrans.CodeInvalid, "desk: a backup cannot be restored into the sandbox").WithHint("leave the sandbox first")
		}
		title = lang.T(d.language(ctx, h), "win.settings.restore.title")
		return nil
	}); err != nil {
		return Restored{}, err
	}
	path, err := d.Dialogs.OpenFile(title)
	if err != nil || path == "" {
		return Restored{}, err
	}
	return d.restore(path)
}

// restore closes the data file, puts the backup in its place and opens it again;
// the old file is opened again when that fails.
func (d *Desk) restore(path string) (Restored, error) {
	ctx, cancel := context.WithTimeout(context.Background(), callTime)
	defer cancel()
	if err := d.Stop(); err != nil {
		return Restored{}, d.fault(ctx, nil, err)
	}
	kept, failed := d.Restore(ctx, path)
	if err := d.open(ctx); err != nil {
		d.mu.Lock()
		d.failed = err
		d.mu.Unlock()
		return Restored{}, d.fault(ctx, nil, err)
	}
	defer d.Emit(EventChanged, nil)
	if failed != nil {
		return Restored{}, d.fault(ctx, nil, failed)
	}
	return call(d, func(ctx context.Context, h *house.House) (Restored, error) {
		fresh, err := h.AfterRestore(ctx)
		return Restored{File: path, Kept: kept, SignInAgain: fresh}, err
	})
}
