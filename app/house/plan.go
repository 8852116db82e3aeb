package house

import "kwadrans/internal/mail"

// Letter is a letter as a person reads it before it leaves.
type Letter = mail.Shown

// ReadLetter reads a letter of a send plan.
func ReadLetter(letter []byte) (Letter, error) { return mail.Show(letter) }
