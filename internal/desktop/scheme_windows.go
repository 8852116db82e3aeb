package desktop

import (
	"context"
	"strings"

	"golang.org/x/sys/windows/registry"
)

// register writes the keys of a URL protocol for this user.
func register(_ context.Context, binary string, _ func(string) string) error {
	const base = `Software\Classes\kwadrans`
	if strings.Contains(binary, `"`) {
		return errPath
	}
	for _, v := range []struct{ key, name, value string }{
		{base, "", "URL:Kwadrans"},
		{base, "URL Protocol", ""},
		{base + `\shell\open\command`, "", `"` + binary + `" "%1"`},
	} {
		if err := setKey(v.key, v.name, v.value); err != nil {
			return err
		}
	}
	return nil
}

func setKey(path, name, value string) error {
	k, _, err := registry.CreateKey(registry.CURRENT_USER, path, registry.QUERY_VALUE|registry.SET_VALUE)
	if err != nil {
		return err
	}
	defer func() { _ = k.Close() }()
	if old, _, err := k.GetStringValue(name); err == nil && old == value {
		return nil
	}
	return k.SetStringValue(name, value)
}
