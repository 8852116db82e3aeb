package cli

import (
	"bytes"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

const docs = "../../docs/cli.md"

// docs/cli.md is written from the commands: go test ./app/cli -run TestDocs -update
func TestDocs(t *testing.T) {
	r := &run{Program: &Program{Env: func(string) string { return "" }}}
	var b bytes.Buffer
	b.WriteString("# The command line\n\nWritten from the commands by `go test ./app/cli -run TestDocs -update`; do not edit.\n")
	document(&b, r.root())
	if *update {
		if err := os.WriteFile(docs, b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(docs)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, b.Bytes()) {
		t.Error("docs/cli.md is out of step with the commands: run the test with -update")
	}
}

func document(b *bytes.Buffer, c *cobra.Command) {
	if c.Hidden || c.Name() == "help" || c.Name() == "completion" {
		return
	}
	fmt.Fprintf(b, "\n%s %s\n\n%s\n", strings.Repeat("#", strings.Count(c.CommandPath(), " ")+2), c.CommandPath(), c.Short)
	if c.Long != "" {
		fmt.Fprintf(b, "\n```text\n%s\n```\n", c.Long)
	}
	if c.HasLocalFlags() || !c.HasSubCommands() {
		fmt.Fprintf(b, "\n```text\n%s\n", strings.TrimSuffix(c.UseLine(), " [flags]"))
		c.LocalFlags().VisitAll(func(f *pflag.Flag) {
			if f.Name != "help" && f.Name != "version" {
				fmt.Fprintf(b, "  --%-16s %s%s\n", f.Name, f.Usage, byDefault(f))
			}
		})
		b.WriteString("```\n")
	}
	for _, sub := range c.Commands() {
		document(b, sub)
	}
}

func byDefault(f *pflag.Flag) string {
	if f.DefValue == "" || f.DefValue == "false" || f.DefValue == "[]" || f.DefValue == "0" {
		return ""
	}
	return " (" + f.DefValue + ")"
}
