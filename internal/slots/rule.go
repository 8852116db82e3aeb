package slots

import "kwadrans/internal/kwadrans"

// Rule names what would have to change for a start to become free. A field has the
// name that it has in JSON.
type Rule string

// The closed set of rules. Of the topic, of its schedule, and of neither.
const (
	NoRule      Rule = ""             // nothing can be changed, or only the meeting that is in the way
	SwitchedOn  Rule = "on"           // topic
	MinNotice   Rule = "min_notice"   // topic
	MaxDays     Rule = "max_days"     // topic
	DailyLimit  Rule = "daily_limit"  // topic
	WeeklyLimit Rule = "weekly_limit" // topic
	Buffers     Rule = "buffers"      // topic: buffer_before and buffer_after, of this one or of the other meeting's
	Weekly      Rule = "weekly"       // schedule: the hours; on a day with an exception, its hours
	Exceptions  Rule = "exceptions"   // schedule: the day off
	Members     Rule = "members"      // the team: who is active
	Calendars   Rule = "calendars"    // the source that could not be read: mend it, or leave it out
)

// Home says where a rule is changed.
type Home string

// The homes of the rules.
const (
	Nowhere    Home = ""
	OfTopic    Home = "topic"
	OfSchedule Home = "schedule"
	OfTeam     Home = "team"
	OfSources  Home = "sources"
)

// RuleOf returns the rule behind a reason.
func RuleOf(code kwadrans.WhyNot) Rule {
	switch code {
	case kwadrans.TopicOff:
		return SwitchedOn
	case kwadrans.TooSoon:
		return MinNotice
	case kwadrans.TooFar:
		return MaxDays
	case kwadrans.DayLimit:
		return DailyLimit
	case kwadrans.WeekLimit:
		return WeeklyLimit
	case kwadrans.BufferHit:
		return Buffers
	case kwadrans.OffHours:
		return Weekly
	case kwadrans.DateClosed:
		return Exceptions
	case kwadrans.HostNotActive:
		return Members
	case kwadrans.SourceUnknown:
		return Calendars
	}
	return NoRule // past, and what is in the way
}

// Home returns where the rule is changed.
func (r Rule) Home() Home {
	switch r {
	case SwitchedOn, MinNotice, MaxDays, DailyLimit, WeeklyLimit, Buffers:
		return OfTopic
	case Weekly, Exceptions:
		return OfSchedule
	case Members:
		return OfTeam
	case Calendars:
		return OfSources
	}
	return Nowhere
}
