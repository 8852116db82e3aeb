package desk

// PageForm is what the user chose about the booking page.
type PageForm struct {
	On     bool   `json:"on"`
	Port   int    `json:"port"`
	Public string `json:"public"` // the https address that visitors use; empty for this computer only
}

// PageState is how the booking page stands: off, here (on this computer only), asking
// (whether the public address leads here), reachable, unreachable, failed, or elsewhere
// (another program serves it from the same data file).
type PageState struct {
	Form    PageForm    `json:"form"`
	State   string      `json:"state"`
	URL     string      `json:"url"`     // where it is; empty while it is off
	AskedAt string      `json:"askedAt"` // when the public address was tried
	Fault   *Fault      `json:"fault"`   // why it failed
	Topics  []TopicLink `json:"topics"`
}

// TopicLink is where a topic is booked.
type TopicLink struct {
	Slug   string `json:"slug"`
	Name   string `json:"name"`
	Colour string `json:"colour"`
	On     bool   `json:"on"`
	Listed bool   `json:"listed"`
	URL    string `json:"url"` // empty while the page is off
}
