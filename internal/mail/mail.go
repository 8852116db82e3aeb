// Package mail is the way out to people by letter: it composes letters, with
// their calendar part, as finished bytes, and hands finished letters to a mail
// server.
//
// Composing and sending meet only in kwadrans.Envelope: a letter's bytes are
// fixed before the first attempt, so a second attempt sends the very same ones.
package mail
