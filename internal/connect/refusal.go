package connect

import (
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"golang.org/x/oauth2"

	"kwadrans/internal/kwadrans"
)

// takenOver is Zoom's number for a grant that a newer sign-in of the same user
// with the same app has ended (Zoom: OAuth error messages, 4741).
const takenOver = "4741"

// verdict reads the sign-in server's refusal: numbers and the error word decide.
// Words that OAuth does not know (RFC 6749 §5.2) are of somebody in between.
func verdict(err error) (kwadrans.ConnectionState, bool) {
	word, number := refusal(err)
	switch word {
	case "invalid_client":
		return kwadrans.SignInAgain, true
	case "invalid_grant", "invalid_request", "unauthorized_client", "invalid_scope":
		if number == takenOver {
			return kwadrans.SignInAgain, true
		}
		return kwadrans.RemovedAtZoom, true
	}
	return "", false
}

// refusal returns the error word and Zoom's number when the server has refused
// for good; empty when it could not be asked, or something else has answered.
func refusal(err error) (word, number string) {
	var r *oauth2.RetrieveError
	if !errors.As(err, &r) || r.Response == nil {
		return "", ""
	}
	status := r.Response.StatusCode
	if status/100 != 4 || status == http.StatusTooManyRequests || status == http.StatusRequestTimeout {
		return "", ""
	}
	return oauthError(r.Body)
}

// oauthError reads the error word and Zoom's number of a refusal.
func oauthError(body []byte) (word, number string) {
	var v map[string]any
	if json.Unmarshal(body, &v) != nil {
		return "", ""
	}
	for _, key := range []string{"code", "errorCode", "error_code"} {
		if number != "" {
			break
		}
		switch n := v[key].(type) {
		case string:
			number = n
		case float64:
			number = strconv.FormatFloat(n, 'f', -1, 64)
		}
	}
	word, _ = v["error"].(string)
	return word, number
}

var errNoRefresh = errors.New("the answer has no refresh token")

// exchangeError explains why a code was not turned into tokens. Whether Zoom has
// ended the earlier sign-in is not known then, so nothing is promised.
func exchangeError(err error) error {
	word, _ := refusal(err)
	switch {
	case word == "invalid_client":
		return kwadrans.Errorf(kwadrans.CodeInvalid, "connect: Zoom does not take the client id as a public one").
			WithHint("check it with: kwadrans zoom check-id ID").Because(redact(err))
	case word != "", errors.Is(err, errNoRefresh):
		return kwadrans.Errorf(kwadrans.CodeReconnect, "connect: Zoom did not accept the sign-in").
			WithHint("press Connect again").Because(redact(err))
	}
	return kwadrans.Errorf(kwadrans.CodeOffline, "connect: Zoom's sign-in server gave no clear answer").
		WithHint("check the network and press Connect again").Because(redact(err))
}

// redact keeps status and error word of a refusal: bodies and addresses may carry codes.
func redact(err error) error {
	var r *oauth2.RetrieveError
	if errors.As(err, &r) && r.Response != nil {
		word, number := oauthError(r.Body)
		if !errorWord(word) {
			word = ""
		}
		return errors.New(strings.Join(strings.Fields("status "+strconv.Itoa(r.Response.StatusCode)+" "+word+" "+number), " "))
	}
	var u interface{ Unwrap() error }
	if errors.As(err, &u) && u.Unwrap() != nil {
		return u.Unwrap()
	}
	return err
}

// errorWord says whether a text is a word such as invalid_grant, and not a sentence
// that may quote something.
func errorWord(s string) bool {
	return len(s) <= 40 && strings.Trim(s, "abcdefghijklmnopqrstuvwxyz_") == ""
}
