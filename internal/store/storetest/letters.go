package storetest

import (
	"fmt"
	"sync"
	"time"

	"kwadrans/internal/kwadrans"
)

func envelope(n int) kwadrans.Envelope {
	return kwadrans.Envelope{From: host, To: jan, MessageID: fmt.Sprint(n, "@example.com"), Bytes: fmt.Appendf(nil, "letter %d\r\n\x00", n)}
}

var letterQuestions = []question{
	{"the first bytes win", func(a *asker) {
		a.reserve(Sample(1, 0))
		target := kwadrans.LetterTo(jan)
		_, ok, err := a.s.Letter(a.ctx, id(1), target, 1)
		a.ok(err)
		equal(a, "known", ok, false)
		for n := range 3 {
			kept, err := a.s.KeepLetter(a.ctx, id(1), target, 1, envelope(n), a.now.Add(time.Duration(n)*time.Hour))
			a.ok(err)
			equal(a, "kept", kept, envelope(0))
		}
		got, ok, err := a.s.Letter(a.ctx, id(1), target, 1)
		a.ok(err)
		equal(a, "known", ok, true)
		equal(a, "letter", got, envelope(0))
		_, newest, err := a.s.FirstLetter(a.ctx, id(1), target)
		a.ok(err)
		equal(a, "stamp", newest, a.now)
	}},
	{"one letter for all who write at once", func(a *asker) {
		a.reserve(Sample(1, 0))
		const n = 8
		var wg sync.WaitGroup
		var kept [n]kwadrans.Envelope
		for i := range n {
			wg.Go(func() {
				var err error
				if kept[i], err = a.s.KeepLetter(a.ctx, id(1), kwadrans.LetterTo(jan), 1, envelope(i), a.now); err != nil {
					a.Error(err)
				}
			})
		}
		wg.Wait()
		for i := range n {
			equal(a, "kept", kept[i], kept[0])
		}
	}},
	{"the thread of a target", func(a *asker) {
		a.reserve(Sample(1, 0))
		target := kwadrans.LetterTo(jan)
		first, newest, err := a.s.FirstLetter(a.ctx, id(1), target)
		a.ok(err)
		equal(a, "first", first, "")
		equal(a, "newest", newest, time.Time{})
		for rev := 1; rev <= 3; rev++ {
			_, err := a.s.KeepLetter(a.ctx, id(1), target, rev, envelope(rev), a.now.Add(time.Duration(rev)*time.Second))
			a.ok(err)
		}
		_, err = a.s.KeepLetter(a.ctx, id(1), kwadrans.LetterTo(anna), 9, envelope(9), a.now.Add(time.Hour))
		a.ok(err)
		first, newest, err = a.s.FirstLetter(a.ctx, id(1), target)
		a.ok(err)
		equal(a, "first", first, "1@example.com")
		equal(a, "newest", newest, a.now.Add(3*time.Second))
		got, _, err := a.s.Letter(a.ctx, id(1), target, 2)
		a.ok(err)
		equal(a, "second", got, envelope(2))
	}},
	{"the start that a letter told", func(a *asker) {
		b := Sample(1, 0)
		target := kwadrans.LetterTo(jan)
		a.reserve(b, kwadrans.Step{Subject: b.ID, Target: target, Lane: kwadrans.LaneMail, Want: 1})
		told := func(want time.Time) {
			got, err := a.s.ToldStart(a.ctx, id(1), target)
			a.ok(err)
			equal(a, "told", got, want)
		}
		told(time.Time{})
		_, err := a.s.KeepLetter(a.ctx, id(1), target, 1, envelope(1), a.now)
		a.ok(err)
		told(time.Time{}) // it was written, and did not go out
		a.complete(a.claim(target), kwadrans.Done{Rev: 1})
		told(b.Start)
	}},
}
