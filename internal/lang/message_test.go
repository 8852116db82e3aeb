package lang

import (
	"testing"

	"kwadrans/internal/kwadrans"
)

// add gives the catalogues a sentence for the length of a test.
func add(t *testing.T, key, en, pl string) {
	t.Helper()
	catalogue(kwadrans.English)[key], catalogue(kwadrans.Polish)[key] = entry{text: en}, entry{text: pl}
	old := sentences
	sentences = indexed
	t.Cleanup(func() {
		delete(catalogue(kwadrans.English), key)
		delete(catalogue(kwadrans.Polish), key)
		sentences = old
	})
}

func TestMessage(t *testing.T) {
	add(t, "msg.test.turned", "%s before %d", "%[2]d po %[1]s")
	changed := kwadrans.Errorf(kwadrans.CodeInvalid, "store: %s exists already", "a.db")
	changed.Message += " again"
	for name, c := range map[string]struct {
		e                *kwadrans.Error
		pl, hint, en, do string
	}{
		"room and hint": {kwadrans.Errorf(kwadrans.CodeExists, "store: %s exists already", "a.db").WithHint("name a new file"), "a.db już istnieje", "podaj nowy plik", "a.db exists already", "name a new file"},
		"no room":       {kwadrans.Errorf(kwadrans.CodeInvalid, "%q is not a date", "x: y"), `"x: y" to nie data`, "", `"x: y" is not a date`, ""},
		"inner phrase":  {kwadrans.Errorf(kwadrans.CodeNotFound, "%s %q", kwadrans.Say("there is no topic"), "try again"), `nie ma tematu "try again"`, "", `there is no topic "try again"`, ""},
		"inner room":    {kwadrans.Errorf(kwadrans.CodeKeyAbsent, "%s; or %s", kwadrans.Errorf(kwadrans.CodeKeyLocked, "secrets: the keychain is locked").Said, "x"), "pęk kluczy jest zamknięty; albo x", "", "the keychain is locked; or x", ""},
		"other order":   {kwadrans.Errorf(kwadrans.CodeInvalid, "slots: %s before %d", "a", 7), "7 po a", "", "a before 7", ""},
		"unknown":       {kwadrans.Errorf(kwadrans.CodeInvalid, "attic: %d%% of it", 5).WithHint("mend %s", "it"), "5% of it", "mend it", "5% of it", "mend it"},
		"changed later": {changed, "a.db exists already again", "", "a.db exists already again", ""},
		"words alone":   {&kwadrans.Error{Message: "the connection was cut", Hint: "as it stands"}, "połączenie zostało przerwane", "as it stands", "the connection was cut", "as it stands"},
		"nothing":       {&kwadrans.Error{}, "", "", "", ""},
	} {
		if said, hint := Message(kwadrans.Polish, c.e); said != c.pl || hint != c.hint {
			t.Errorf("%s: Polish is %q, %q", name, said, hint)
		}
		if said, hint := Message(kwadrans.English, c.e); said != c.en || hint != c.do {
			t.Errorf("%s: English is %q, %q", name, said, hint)
		}
	}
}

func TestWords(t *testing.T) {
	for words, want := range map[string]string{
		"the meeting was deleted in Zoom":                            "spotkanie usunięto w Zoom",
		"no reply after the letter was sent: the connection was cut": "po wysłaniu listu nie ma odpowiedzi: połączenie zostało przerwane",
		"Zoom has the meeting at 10:00 instead of 11:00":             "w Zoom spotkanie jest o 10:00 zamiast o 11:00",
		`Zoom does not tell when "50%s (a|b)" takes place`:           `Zoom nie podaje, kiedy odbywa się "50%s (a|b)"`,
		"mail: the place of the meeting is not an https address":     "miejsce spotkania nie jest adresem https",
		"offline":                       "Nie ma połączenia z serwerem",
		"550 5.1.1 no such user":        "550 5.1.1 no such user",
		"User does not exist: a. (300)": "User does not exist: a. (300)",
		"":                              "",
	} {
		if got := Words(kwadrans.Polish, words); got != want {
			t.Errorf("%q is %q, want %q", words, got, want)
		}
	}
	if got := Words(kwadrans.English, "not a mail server: hello"); got != "not a mail server: hello" {
		t.Errorf("English words became %q", got)
	}
}
