package secrets

import (
	"context"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// fetch reads the key from the source; at the first use ever it takes the key
// that is there or makes one.
func (v *Vault) fetch(ctx context.Context) (*keys, error) {
	noted, err := v.noted(ctx)
	if err != nil {
		return nil, err
	}
	if noted == "" {
		return v.first(ctx)
	}
	return v.known(ctx, noted)
}

// known reads the key that the data was sealed with, and no other.
func (v *Vault) known(ctx context.Context, noted string) (*keys, error) {
	start := time.Now()
	key, err := v.Source.Key(ctx)
	if err != nil {
		return nil, v.elsewhere(ctx, err)
	}
	k, err := derive(key)
	if err != nil {
		return nil, err
	}
	if k.checkText() != noted {
		return nil, v.elsewhere(ctx, kwadrans.Errorf(kwadrans.CodeKeyChanged,
			"secrets: the key is not the one that the stored secrets were sealed with").WithHint(hintRenew))
	}
	v.log().DebugContext(ctx, "key read", "source", v.Source.Name(), "took", time.Since(start))
	return k, nil
}

// elsewhere says where the key lay when it is not where we look now.
func (v *Vault) elsewhere(ctx context.Context, err error) error {
	var e *kwadrans.Error
	was, noteErr := v.Notes.Meta(ctx, noteSource)
	if noteErr != nil || was == "" || was == v.Source.Name() || !errors.As(err, &e) {
		return err
	}
	return kwadrans.Errorf(e.Code, "%s; it was kept in the source %s, and now the source is %s", e.Said, was, v.Source.Name()).
		WithHint("go back to it: KWADRANS_SECRETS=%s; %s", was, kwadrans.Say(hintRenew)).Because(e.Err)
}

// first takes or makes the first key. The lock makes one of several processes
// go first; the others find its note.
func (v *Vault) first(ctx context.Context) (*keys, error) {
	unlock, err := v.lock(ctx)
	if err != nil {
		return nil, err
	}
	defer unlock()
	noted, err := v.noted(ctx)
	if err != nil {
		return nil, err
	}
	if noted != "" {
		return v.known(ctx, noted)
	}
	key, err := v.Source.Key(ctx)
	made := errors.Is(err, ErrNoEntry)
	if made {
		key, err = v.Source.Make(ctx)
	}
	if err != nil {
		return nil, err
	}
	v.log().InfoContext(ctx, "first use of the key", "source", v.Source.Name(), "made", made)
	return v.note(ctx, key)
}

// note keeps the check value of the key from now on.
func (v *Vault) note(ctx context.Context, key []byte) (*keys, error) {
	k, err := derive(key)
	if err != nil {
		return nil, err
	}
	if err := v.Notes.SetMeta(ctx, noteSource, v.Source.Name()); err != nil {
		return nil, err
	}
	if err := v.Notes.SetMeta(ctx, noteCheck, k.checkText()); err != nil {
		return nil, err
	}
	return k, nil
}
