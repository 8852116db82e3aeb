package connect

import (
	"context"
	"errors"
	"regexp"

	"golang.org/x/oauth2"

	"kwadrans/internal/kwadrans"
)

// IDKind is what a client id turned out to be.
type IDKind string

// The kinds of client ids.
const (
	PublicID IDKind = "public"                  // works here
	SecretID IDKind = "confidential-or-unknown" // needs a secret, or does not exist
)

var idShape = regexp.MustCompile(`^[A-Za-z0-9_-]{8,64}$`)

// CheckID tells a public client id from a confidential one before anybody signs
// in: a made-up code gets invalid_grant from the one and invalid_client from
// the other. Errors: CodeInvalid for something that cannot be an id, CodeOffline.
func (s *Service) CheckID(ctx context.Context, id string) (IDKind, error) {
	if !idShape.MatchString(id) {
		return "", kwadrans.Errorf(kwadrans.CodeInvalid, "connect: %q cannot be a client id", kwadrans.CleanLine(id)).
			WithHint("copy the public client id from App Credentials of your Zoom app")
	}
	ctx = context.WithValue(ctx, oauth2.HTTPClient, s.plain())
	_, err := s.config(id, "http://127.0.0.1"+callbackPath).Exchange(ctx, "kwadrans-check", oauth2.VerifierOption(oauth2.GenerateVerifier()))
	var r *oauth2.RetrieveError
	if errors.As(err, &r) {
		switch word, _ := oauthError(r.Body); word {
		case "invalid_grant":
			return PublicID, nil
		case "invalid_client":
			return SecretID, nil
		}
	}
	return "", kwadrans.Errorf(kwadrans.CodeOffline, "connect: Zoom's sign-in server gave no clear answer").WithHint("try again later")
}
