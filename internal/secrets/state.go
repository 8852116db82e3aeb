package secrets

import (
	"context"
	"errors"

	"kwadrans/internal/kwadrans"
)

// Standing is how the key stands.
type Standing string

// The closed set of standings.
const (
	OK      Standing = "ok"      // the key is there and is the one that was used
	None    Standing = "none"    // nothing was ever sealed; the first use makes the key
	Locked  Standing = "locked"  // the keychain or the file is locked, or silent
	Absent  Standing = "absent"  // the key, or the keychain itself, is not there
	Changed Standing = "changed" // the key is another one, or damaged
	Unknown Standing = "unknown" // the notes or the source could not be read
)

// State is how the key stands, for people.
type State struct {
	Standing Standing
	Source   string // the name of the source in use
	Fault    error  // why it does not stand at OK or None; a *kwadrans.Error with a hint
}

// State looks at the key as the next use would, and makes none. It may take as
// long as the source does.
func (v *Vault) State(ctx context.Context) State {
	var s State
	if v.Source != nil {
		s.Source = v.Source.Name()
	}
	noted, err := v.noted(ctx)
	if err == nil && noted == "" {
		s.Standing, s.Fault = v.unused(ctx)
		return s
	}
	if err == nil {
		_, err = v.keys(ctx)
	}
	s.Standing, s.Fault = standing(err), err
	return s
}

// unused asks the source whether it could serve a first use.
func (v *Vault) unused(ctx context.Context) (Standing, error) {
	key, err := v.Source.Key(ctx)
	if err == nil {
		_, err = derive(key)
	}
	if err == nil || errors.Is(err, ErrNoEntry) {
		return None, nil
	}
	return standing(err), err
}

func standing(err error) Standing {
	if err == nil {
		return OK
	}
	switch kwadrans.CodeOf(err) {
	case kwadrans.CodeKeyLocked:
		return Locked
	case kwadrans.CodeKeyAbsent:
		return Absent
	case kwadrans.CodeKeyChanged:
		return Changed
	}
	return Unknown
}
