package booking_test

import (
	"testing"
	"time"

	"kwadrans/internal/booking"
	"kwadrans/internal/kwadrans"
)

// reply is an answer of Anna's to the booking as it is.
func (d *desk) reply(b kwadrans.Booking, change func(*kwadrans.Reply)) kwadrans.Reply {
	r := kwadrans.Reply{
		Method: kwadrans.MethodReply, UID: b.UID, Sequence: b.Sequence(), Stamp: d.now().Truncate(time.Second), Email: "Anna@example.com", Answer: kwadrans.Accepted,
		Span: b.Span(),
	}
	if change != nil {
		change(&r)
	}
	return r
}

func (d *desk) weigh(r kwadrans.Reply, sender string) booking.Said {
	d.Helper()
	said, err := d.s.Weigh(d.ctx, r, sender)
	d.ok(err)
	return said
}

// What an attendee answers is kept; what does not apply is named and changes nothing.
func TestAnswers(t *testing.T) {
	d := open(t)
	b := d.book("phone", 48*time.Hour)
	d.settle()
	letters := len(d.post.sent)
	for name, c := range map[string]struct {
		change func(*kwadrans.Reply)
		want   booking.Verdict
	}{
		"yes":                     {nil, booking.ReplyApplies},
		"without times":           {func(r *kwadrans.Reply) { r.Span, r.Sequence = kwadrans.Span{}, -1 }, booking.ReplyApplies},
		"to another time":         {func(r *kwadrans.Reply) { r.Start = r.Start.Add(time.Hour) }, booking.ReplyOld},
		"to a later revision":     {func(r *kwadrans.Reply) { r.Sequence = 7 }, booking.ReplyOld},
		"of nobody invited":       {func(r *kwadrans.Reply) { r.Email = "eve@example.com" }, booking.ReplyStranger},
		"to nothing of ours":      {func(r *kwadrans.Reply) { r.UID = "x@example.com" }, booking.ReplyUnknown},
		"an invitation":           {func(r *kwadrans.Reply) { r.Method = "REQUEST" }, booking.ReplyNone},
		"a cancellation":          {func(r *kwadrans.Reply) { r.Method = "CANCEL" }, booking.ReplyNone},
		"without a word":          {func(r *kwadrans.Reply) { r.Answer = kwadrans.NoAnswer }, booking.ReplyNone},
		"another time":            {func(r *kwadrans.Reply) { r.Method, r.Start = kwadrans.MethodCounter, r.Start.Add(time.Hour) }, booking.ReplyProposes},
		"the same time, proposed": {func(r *kwadrans.Reply) { r.Method = kwadrans.MethodCounter }, booking.ReplyOld},
		"once more":               {func(r *kwadrans.Reply) { r.Method = kwadrans.MethodRefresh }, booking.ReplyAsks},
	} {
		r := d.reply(b, c.change)
		said := d.weigh(r, "")
		if said.Verdict != c.want {
			t.Errorf("%s: %s, want %s", name, said.Verdict, c.want)
		}
		if c.want != booking.ReplyApplies && c.want != booking.ReplyProposes {
			_, err := d.s.Heed(d.ctx, said)
			d.code(err, kwadrans.CodeInvalid)
		}
	}
	if a, _ := d.get(b).Attendee("anna@example.com"); a.Answer != kwadrans.NoAnswer {
		t.Errorf("to weigh an answer changed it: %+v", a)
	}
	if said := d.weigh(d.reply(b, nil), "eve@example.com"); said.Sender != "eve@example.com" {
		t.Errorf("the other sender is not named: %+v", said)
	}
	now, err := d.s.Heed(d.ctx, d.weigh(d.reply(b, nil), ""))
	d.ok(err)
	if a, _ := now.Attendee("anna@example.com"); a.Answer != kwadrans.Accepted || now.Rev != b.Rev || d.kinds(b) != "created letter-sent letter-sent answered " {
		t.Errorf("%+v, %s", a, d.kinds(b))
	}
	if again := d.weigh(d.reply(b, nil), ""); again.Verdict != booking.ReplyOld {
		t.Errorf("the same answer again: %s", again.Verdict)
	}
	d.pass(time.Minute)
	now, err = d.s.Heed(d.ctx, d.weigh(d.reply(b, func(r *kwadrans.Reply) { r.Answer, r.Comment = kwadrans.Declined, "wyjazd" }), ""))
	d.ok(err)
	if a, _ := now.Attendee("anna@example.com"); a.Answer != kwadrans.Declined {
		t.Errorf("%+v", a)
	}
	d.settle()
	if len(d.post.sent) != letters {
		t.Errorf("%d letters after an answer", len(d.post.sent)-letters)
	}
}

// An answer was to its time: a move asks anew, and undone it is there again.
func TestAMoveTakesTheAnswersBack(t *testing.T) {
	d := open(t)
	b := d.book("phone", 48*time.Hour)
	d.settle()
	_, err := d.s.Heed(d.ctx, d.weigh(d.reply(b, nil), ""))
	d.ok(err)
	move := func(hold time.Duration) kwadrans.Answer {
		a, err := d.s.Move(d.ctx, b.ID, booking.Wish{Start: b.Start.Add(time.Hour), Hold: hold})
		d.ok(err)
		who, _ := a.Booking.Attendee("anna@example.com")
		return who.Answer
	}
	if a := move(hold); a != kwadrans.NoAnswer {
		t.Errorf("moved: %s", a)
	}
	if who, _ := d.undo(b).Attendee("anna@example.com"); who.Answer != kwadrans.Accepted {
		t.Errorf("undone: %s", who.Answer)
	}
	move(0)
	if said := d.weigh(d.reply(b, func(r *kwadrans.Reply) { r.Stamp = r.Stamp.Add(time.Hour) }), ""); said.Verdict != booking.ReplyOld {
		t.Errorf("an answer to the old time: %s", said.Verdict)
	}
	d.cancel(b)
	if said := d.weigh(d.reply(b, nil), ""); said.Verdict != booking.ReplyOff {
		t.Errorf("to a cancelled booking: %s", said.Verdict)
	}
}
