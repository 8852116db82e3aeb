package kwadrans

import (
	"errors"
	"fmt"
)

// Code names a kind of failure for machines: doors choose the sentence, the
// exit code and the button from it, never from the message.
type Code string

// The closed set of failure codes.
const (
	CodeInternal           Code = "internal"            // a defect or an unforeseen state of the machine
	CodeUsage              Code = "usage"               // the command line itself was wrong
	CodeInvalid            Code = "invalid-input"       // a value that was given cannot be used
	CodeNotFound           Code = "not-found"           // nothing has that name or id
	CodeAmbiguous          Code = "ambiguous"           // a prefix fits more than one id
	CodeExists             Code = "exists"              // the name is taken
	CodeInUse              Code = "in-use"              // something else still needs it
	CodeNotFree            Code = "not-free"            // the start cannot be booked; conflicts say why
	CodeSourceUnknown      Code = "source-unknown"      // a busy source could not be read, so "free" is not known
	CodeNotConnected       Code = "not-connected"       // no Zoom connection
	CodeReconnect          Code = "reconnect"           // Zoom wants a new sign-in
	CodeRemovedAtZoom      Code = "removed-at-zoom"     // the app was removed in Zoom, or the grant ended
	CodeMissingPermissions Code = "missing-permissions" // the grant lacks a scope that the call needs
	CodeConnecting         Code = "connecting"          // another sign-in is under way
	CodeDeclined           Code = "declined"            // the person pressed Decline, or closed the sign-in
	CodeTimeout            Code = "timeout"             // nobody finished in time
	CodeOffline            Code = "offline"             // the network or the server cannot be reached
	CodeZoomRefused        Code = "zoom-refused"        // Zoom answered that it will not do it
	CodeZoomLimit          Code = "zoom-limit"          // a Zoom rate or daily limit; a time is known
	CodeOtherAccount       Code = "other-account"       // the meeting is in a Zoom account that is not the connected one
	CodeZoomDrift          Code = "zoom-drift"          // the meeting was changed or removed in Zoom by hand
	CodeMailNotSet         Code = "mail-not-set"        // no mail account is set up
	CodeMailAuth           Code = "mail-auth"           // the mail server refused the login
	CodeMailTLS            Code = "mail-tls"            // encryption is missing or the certificate is not trusted
	CodeMailRefused        Code = "mail-refused"        // the mail server refused this letter for good
	CodeMailLater          Code = "mail-later"          // the mail server asks to try again later
	CodeCalendarAuth       Code = "calendar-auth"       // the calendar's server refused the login
	CodeCalendarRefused    Code = "calendar-refused"    // the calendar's server answered that it will not do it
	CodeCalendarUnreadable Code = "calendar-unreadable" // what came is no calendar, or passes the bounds
	CodeCalendarNear       Code = "calendar-near"       // the calendar is in the own network, which was not allowed for it
	CodeCalendarChanged    Code = "calendar-changed"    // the event was changed in the calendar by hand
	CodeWaiting            Code = "waiting"             // saved, but steps are still waiting
	CodeKeyLocked          Code = "key-locked"          // the keychain or key file is locked
	CodeKeyAbsent          Code = "key-absent"          // there is no key (or no keychain) on this machine
	CodeKeyChanged         Code = "key-changed"         // the key is not the one the data was sealed with
	CodeNewerFile          Code = "newer-file"          // the data file was written by a newer program
	CodeCorrupt            Code = "corrupt"             // the data file is damaged or not ours
	CodeReadOnly           Code = "read-only"           // the data file or its directory cannot be written
	CodeDiskFull           Code = "disk-full"           // there is no room left on the disk
	CodeBusyFile           Code = "busy-file"           // another process held the file for too long
	CodeNoDisplay          Code = "no-display"          // there is no desktop session to show a window in
)

// Error is a failure with its three audiences apart: Code for the machine,
// Message and Hint for the person, Err for the log. Message and Hint are the
// English of Said and Advised, from which lang.Message makes those of a person.
type Error struct {
	Code    Code
	Message string // what happened, lower case, room first
	Hint    string // what to do about it; empty when there is nothing to press
	Err     error  // the cause, never shown to a person

	Said, Advised Phrase
}

// Error returns the message and its cause for logs.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Message + ": " + e.Err.Error()
	}
	return e.Message
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Errorf makes an Error with a formatted message.
func Errorf(code Code, format string, args ...any) *Error {
	return &Error{Code: code, Message: fmt.Sprintf(format, args...), Said: Phrase{format, args}}
}

// WithHint returns a copy of e that says what to do.
func (e *Error) WithHint(format string, args ...any) *Error {
	c := *e
	c.Hint, c.Advised = fmt.Sprintf(format, args...), Phrase{format, args}
	return &c
}

// Because returns a copy of e with its cause.
func (e *Error) Because(err error) *Error {
	c := *e
	c.Err = err
	return &c
}

// AsError returns the first Error in err's chain.
func AsError(err error) (*Error, bool) {
	var e *Error
	ok := errors.As(err, &e)
	return e, ok
}

// CodeOf returns the code of the first Error or Fault in err's chain, and CodeInternal
// for any other error.
func CodeOf(err error) Code {
	var e *Error
	if errors.As(err, &e) {
		return e.Code
	}
	var f *Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return CodeInternal
}
