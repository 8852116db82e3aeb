package desk

// The shapes of the screens of topics and schedules.

// Topic is a meeting topic.
type Topic struct {
	Slug         string  `json:"slug"`
	Name         string  `json:"name"`
	Description  string  `json:"description"`
	Colour       string  `json:"colour"`
	On           bool    `json:"on"`
	Listed       bool    `json:"listed"`
	Duration     int     `json:"duration"`
	Places       []Place `json:"places"`
	Schedule     string  `json:"schedule"`
	Step         int     `json:"step"`
	BufferBefore int     `json:"bufferBefore"`
	BufferAfter  int     `json:"bufferAfter"`
	Notice       int     `json:"notice"`
	MaxDays      int     `json:"maxDays"`
	DailyLimit   int     `json:"dailyLimit"`
	WeeklyLimit  int     `json:"weeklyLimit"`
	MayMove      bool    `json:"mayMove"`
	MoveBefore   int     `json:"moveBefore"`
	MaxMoves     int     `json:"maxMoves"`
	MayCancel    bool    `json:"mayCancel"`
	CancelBefore int     `json:"cancelBefore"`
	Page         Asking  `json:"page"`
}

// Asking is what the booking page asks of a visitor. Confirm is always, first or never.
type Asking struct {
	Confirm   string     `json:"confirm"`
	Questions []Question `json:"questions"`
}

// Question is what a visitor is asked beside name and address.
type Question struct {
	Label    string `json:"label"`
	Required bool   `json:"required"`
	Long     bool   `json:"long"`
}

// Schedule is one schedule in short.
type Schedule struct {
	Name  string     `json:"name"`
	Zone  string     `json:"zone"`
	Hours [][]string `json:"hours"` // windows of Monday to Sunday, "9:00-17:00"
}

// Opening is a stretch of opening hours, in minutes after midnight of its day by the
// clock on the wall. To may lie past 1440: it then ends on the next day.
type Opening struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// DayHours are the hours of one day, instead of those of its day of the week; none is
// closed.
type DayHours struct {
	Date   string    `json:"date"` // YYYY-MM-DD
	Hours  []Opening `json:"hours"`
	Reason string    `json:"reason"`
}

// Hours is a schedule as its editor has it.
type Hours struct {
	Name   string         `json:"name"`
	Zone   string         `json:"zone"`
	Week   [][]Opening    `json:"week"` // Monday to Sunday
	Days   []DayHours     `json:"days"` // by date
	Topics []TopicInShort `json:"topics"`
}

// Outlook is what a schedule comes to in a week: From its Monday To its Sunday.
type Outlook struct {
	From    string `json:"from"`
	To      string `json:"to"`
	Minutes int    `json:"minutes"` // that are open
}
