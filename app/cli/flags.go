package cli

import (
	"errors"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"kwadrans/internal/kwadrans"
)

// flagError says in our words what is wrong with a flag. A value that a flag of
// ours refused has its words already.
func flagError(cmd *cobra.Command, err error) error {
	e := usage("%v", err)
	var unknown *pflag.NotExistError
	var empty *pflag.ValueRequiredError
	var value *pflag.InvalidValueError
	switch coded, ok := kwadrans.AsError(err); {
	case ok:
		c := *coded
		c.Code = kwadrans.CodeUsage
		return &c
	case errors.As(err, &unknown):
		e = usage("there is no flag %s", dashed(unknown.GetSpecifiedName()))
	case errors.As(err, &empty):
		e = usage("%s needs a value", dashed(empty.GetSpecifiedName()))
	case errors.As(err, &value):
		e = usage("%q is no value for %s", value.GetValue(), dashed(value.GetFlag().Name))
	}
	return e.WithHint("see %s --help", cmd.CommandPath())
}

func dashed(name string) string {
	if len(name) == 1 {
		return "-" + name
	}
	return "--" + name
}

var notSet = regexp.MustCompile(`^required flag\(s\) (.+) not set`)

// cobraError puts the two refusals of cobra that have no type into our words.
func cobraError(err error) (*kwadrans.Error, bool) {
	text := strings.SplitN(err.Error(), "\n", 2)[0]
	if m := notSet.FindStringSubmatch(text); m != nil {
		names := strings.ReplaceAll(strings.ReplaceAll(m[1], `"`, ""), ", ", ", --")
		return usage("%s is missing", "--"+names).WithHint("see kwadrans --help"), true
	}
	if strings.HasPrefix(text, "unknown command") {
		return usage("%s", text).WithHint("see kwadrans --help"), true
	}
	return nil, false
}
