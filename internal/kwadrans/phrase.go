package kwadrans

import "fmt"

// Phrase is a sentence of the program that can still be put into another
// language: the English format is its name in the catalogues. An argument may be
// a Phrase itself; every other argument is the same in each language.
type Phrase struct {
	Format string
	Args   []any
}

// Say makes a Phrase. A test looks for the words of every format.
func Say(format string, args ...any) Phrase { return Phrase{format, args} }

// String returns the phrase in English.
func (p Phrase) String() string { return fmt.Sprintf(p.Format, p.Args...) }
