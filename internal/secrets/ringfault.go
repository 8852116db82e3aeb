package secrets

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"syscall"

	keyring "github.com/zalando/go-keyring"

	"kwadrans/internal/kwadrans"
)

const hintUnlock = "unlock the keychain (answer its prompt, or sign in to the desktop again) and try again"

// errNoBus says that there is no session bus, hence no Secret Service.
var errNoBus = errors.New("no session bus")

// ringFault turns an error of go-keyring into one with a code. What is not
// known counts as locked: nothing is lost by trying again later, but much by
// taking it for a missing key.
func ringFault(err error) error {
	switch {
	case errors.Is(err, keyring.ErrNotFound):
		return noEntry(ringPlace)
	case noRing(err):
		return kwadrans.Errorf(kwadrans.CodeKeyAbsent, "secrets: there is no keychain on this machine").WithHint(hintInFile).Because(err)
	case silent(err):
		return kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain does not answer").WithHint(hintUnlock).Because(err)
	case strings.Contains(err.Error(), "failed to unlock") && strings.Contains(err.Error(), "aliases/default"):
		return kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain is locked, or has no default keyring yet").
			WithHint("%s; or %s", kwadrans.Say(hintUnlock), kwadrans.Say(hintInFile)).Because(err)
	case shut(err):
		return kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain is locked").WithHint(hintUnlock).Because(err)
	}
	return kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain answered with an error").
		WithHint("%s; or %s", kwadrans.Say(hintUnlock), kwadrans.Say(hintInFile)).Because(err)
}

// noRing knows the ways of saying that no keychain is here. The numbers are
// what /usr/bin/security exits with: the low byte of the OSStatus.
func noRing(err error) bool {
	const (
		noDefaultKeychain = 37 // errSecNoDefaultKeychain, -25307
		noSuchKeychain    = 50 // errSecNoSuchKeychain, -25294
		noLogonSession    = syscall.Errno(1312)
	)
	if errors.Is(err, errNoBus) || errors.Is(err, keyring.ErrUnsupportedPlatform) || errors.Is(err, exec.ErrNotFound) {
		return true
	}
	if exited(err, noDefaultKeychain, noSuchKeychain) || onWindows && errors.Is(err, noLogonSession) {
		return true
	}
	name := busName(err)
	return strings.HasPrefix(name, "org.freedesktop.DBus.Error.Spawn.") ||
		name == "org.freedesktop.DBus.Error.ServiceUnknown" || name == "org.freedesktop.DBus.Error.NameHasNoOwner"
}

func silent(err error) bool {
	switch busName(err) {
	case "org.freedesktop.DBus.Error.NoReply", "org.freedesktop.DBus.Error.Timeout", "org.freedesktop.DBus.Error.TimedOut":
		return true
	}
	return errors.Is(err, errSilent) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

// shut knows the ways of saying "locked". A dismissed prompt arrives as
// "failed to unlock correct collection".
func shut(err error) bool {
	const (
		interactionNotAllowed = 36  // errSecInteractionNotAllowed, -25308
		authFailed            = 51  // errSecAuthFailed, -25293
		userCanceled          = 128 // errSecUserCanceled, -128
	)
	return busName(err) == "org.freedesktop.Secret.Error.IsLocked" ||
		strings.Contains(err.Error(), "failed to unlock") ||
		strings.Contains(err.Error(), "locked collection") ||
		exited(err, interactionNotAllowed, authFailed, userCanceled)
}

func exited(err error, codes ...int) bool {
	var exit interface{ ExitCode() int }
	if !errors.As(err, &exit) {
		return false
	}
	for _, code := range codes {
		if exit.ExitCode() == code {
			return true
		}
	}
	return false
}
