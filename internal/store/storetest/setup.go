package storetest

import (
	"time"

	"kwadrans/internal/kwadrans"
)

var setupQuestions = []question{
	{"profile", func(a *asker) {
		_, ok, err := a.s.Profile(a.ctx)
		a.ok(err)
		equal(a, "known", ok, false)
		for _, p := range []kwadrans.Profile{
			{Name: "Ola Żak", Email: host, Zone: "Europe/Warsaw", Lang: kwadrans.Polish, Org: "Żak & Syn"},
			{Name: "Ola", Email: host, Zone: "UTC", Lang: kwadrans.English},
		} {
			a.ok(a.s.SaveProfile(a.ctx, p))
			got, ok, err := a.s.Profile(a.ctx)
			a.ok(err)
			equal(a, "known", ok, true)
			equal(a, "profile", got, p)
		}
	}},
	{"mail account with a password", func(a *asker) {
		_, ok, err := a.s.MailAccountWithPassword(a.ctx)
		a.ok(err)
		equal(a, "known", ok, false)
		want := kwadrans.MailAccount{From: host, Host: "smtp.example.com", Port: 587, TLS: kwadrans.TLSStart, User: "ola", Password: "zażółć\x00"}
		a.ok(a.s.SaveMailAccount(a.ctx, want))
		got, _, err := a.s.MailAccountWithPassword(a.ctx)
		a.ok(err)
		equal(a, "password", got.Password.Reveal(), want.Password.Reveal())
		kept, err := a.s.HasMailPassword(a.ctx)
		a.ok(err)
		equal(a, "a password is kept", kept, true)
		bare, ok, err := a.s.MailAccount(a.ctx)
		a.ok(err)
		equal(a, "known", ok, true)
		equal(a, "password without the key", bare.Password.Reveal(), "")
		want.Password, got.Password = "", ""
		equal(a, "account", got, want)
		equal(a, "account without the key", bare, want)
	}},
	{"mail account without a password", func(a *asker) {
		want := kwadrans.MailAccount{From: host, Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}
		a.ok(a.s.SaveMailAccount(a.ctx, want))
		got, ok, err := a.s.MailAccountWithPassword(a.ctx)
		a.ok(err)
		equal(a, "known", ok, true)
		equal(a, "account", got, want)
	}},
	{"a changed mail account keeps its password", func(a *asker) {
		want := kwadrans.MailAccount{From: host, Host: "smtp.example.com", Port: 587, TLS: kwadrans.TLSStart, User: "ola", Password: "sealed once"}
		change := func(m kwadrans.MailAccount, kept bool) {
			a.Helper()
			done, err := a.s.ChangeMailAccount(a.ctx, m)
			a.ok(err)
			equal(a, "changed", done, kept)
			got, _, err := a.s.MailAccountWithPassword(a.ctx)
			a.ok(err)
			equal(a, "password", got.Password.Reveal(), want.Password.Reveal())
			got.Password = want.Password
			equal(a, "account", got, want)
		}
		done, err := a.s.ChangeMailAccount(a.ctx, want)
		a.ok(err)
		equal(a, "changed what was never kept", done, false)
		a.ok(a.s.SaveMailAccount(a.ctx, want))
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth}))
		server, user := want, want
		server.Host, user.User = "smtp.example.org", "jan"
		change(server, false)
		change(user, false)
		a.pauses(kwadrans.Pause{Lane: kwadrans.LaneMail, Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth})
		want.From, want.Port, want.TLS = "biuro@example.com", 465, kwadrans.TLSImplicit
		next := want
		next.Password = ""
		change(next, true)
		a.pauses()
	}},
	{"a new mail account lets letters go", func(a *asker) {
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneMail, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeMailAuth}))
		a.ok(a.s.PauseLanes(a.ctx, kwadrans.LaneZoom, kwadrans.Pause{Until: kwadrans.Forever, Code: kwadrans.CodeReconnect}))
		a.ok(a.s.SaveMailAccount(a.ctx, kwadrans.MailAccount{From: host, Host: "localhost", Port: 25, TLS: kwadrans.TLSNone}))
		list, err := a.s.Pauses(a.ctx, a.now)
		a.ok(err)
		equal(a, "pauses", list, []kwadrans.Pause{{Lane: kwadrans.LaneZoom, Until: kwadrans.Forever, Code: kwadrans.CodeReconnect}})
	}},
	{"schedules", func(a *asker) {
		list, err := a.s.Schedules(a.ctx)
		a.ok(err)
		equal(a, "number", len(list), 0)
		_, err = a.s.Schedule(a.ctx, "lato")
		a.code(err, kwadrans.CodeNotFound)
		a.code(a.s.RemoveSchedule(a.ctx, "lato"), kwadrans.CodeNotFound)
		lato := kwadrans.DefaultSchedule("lato", "Europe/Warsaw")
		lato.Exceptions = []kwadrans.Exception{{Date: kwadrans.Date{Year: 2027, Month: 7, Day: 1}, Windows: []kwadrans.Window{{From: 1320, To: 1560}}, Reason: "noc"}}
		a.ok(a.s.SaveSchedule(a.ctx, kwadrans.DefaultSchedule("zima", "UTC")))
		a.ok(a.s.SaveSchedule(a.ctx, kwadrans.DefaultSchedule("lato", "UTC")))
		a.ok(a.s.SaveSchedule(a.ctx, lato))
		got, err := a.s.Schedule(a.ctx, "lato")
		a.ok(err)
		equal(a, "schedule", got, lato)
		list, err = a.s.Schedules(a.ctx)
		a.ok(err)
		equal(a, "schedules", list, []kwadrans.Schedule{lato, kwadrans.DefaultSchedule("zima", "UTC")})
		a.ok(a.s.RemoveSchedule(a.ctx, "zima"))
		_, err = a.s.Schedule(a.ctx, "zima")
		a.code(err, kwadrans.CodeNotFound)
	}},
	{"a schedule is made once, and renamed with its topics", func(a *asker) {
		zima := kwadrans.DefaultSchedule("zima", "Europe/Warsaw")
		a.ok(a.s.AddSchedule(a.ctx, zima))
		a.code(a.s.AddSchedule(a.ctx, kwadrans.DefaultSchedule("zima", "UTC")), kwadrans.CodeExists)
		t := topic("rozmowa")
		t.Schedule = "zima"
		a.ok(a.s.AddTopic(a.ctx, t, a.now))
		lato := kwadrans.DefaultSchedule("lato", "UTC")
		a.ok(a.s.RenameSchedule(a.ctx, "zima", lato))
		t.Schedule = "lato"
		got, err := a.s.Topic(a.ctx, t.Slug)
		a.ok(err)
		equal(a, "topic", got, t)
		list, err := a.s.Schedules(a.ctx)
		a.ok(err)
		equal(a, "schedules", list, []kwadrans.Schedule{lato})
		a.ok(a.s.AddSchedule(a.ctx, zima))
		a.code(a.s.RenameSchedule(a.ctx, "lato", zima), kwadrans.CodeExists)
		a.code(a.s.RenameSchedule(a.ctx, "none", kwadrans.DefaultSchedule("jesień", "UTC")), kwadrans.CodeNotFound)
		list, err = a.s.Schedules(a.ctx)
		a.ok(err)
		equal(a, "schedules after what was refused", list, []kwadrans.Schedule{lato, zima})
		a.ok(a.s.RemoveTopic(a.ctx, t.Slug))
	}},
	{"topics", func(a *asker) {
		t := topic("rozmowa")
		a.code(a.s.AddTopic(a.ctx, t, a.now), kwadrans.CodeNotFound) // its schedule
		_, err := a.s.Topic(a.ctx, t.Slug)
		a.code(err, kwadrans.CodeNotFound)
		a.code(a.s.RemoveTopic(a.ctx, t.Slug), kwadrans.CodeNotFound)
		a.ok(a.s.SaveSchedule(a.ctx, kwadrans.DefaultSchedule("default", "UTC")))
		a.code(a.s.SaveTopic(a.ctx, t), kwadrans.CodeNotFound)
		a.ok(a.s.AddTopic(a.ctx, t, a.now))
		a.code(a.s.AddTopic(a.ctx, t, a.now), kwadrans.CodeExists)
		a.code(a.s.RemoveSchedule(a.ctx, "default"), kwadrans.CodeInUse)
		a.ok(a.s.AddTopic(a.ctx, topic("a-newer-one"), a.now.Add(time.Second)))
		t.Name, t.On = "Inna", false
		a.ok(a.s.SaveTopic(a.ctx, t))
		got, err := a.s.Topic(a.ctx, t.Slug)
		a.ok(err)
		equal(a, "topic", got, t)
		list, err := a.s.Topics(a.ctx)
		a.ok(err)
		equal(a, "topics", list, []kwadrans.Topic{t, topic("a-newer-one")})
		t.Schedule = "none"
		a.code(a.s.SaveTopic(a.ctx, t), kwadrans.CodeNotFound)
		a.ok(a.s.RemoveTopic(a.ctx, t.Slug))
		a.ok(a.s.RemoveTopic(a.ctx, "a-newer-one"))
		a.ok(a.s.RemoveSchedule(a.ctx, "default"))
	}},
}

func topic(slug string) kwadrans.Topic {
	t := kwadrans.DefaultTopic("Rozmowa", kwadrans.Duration(30*time.Minute))
	t.Slug = slug
	t.Places = []kwadrans.Place{{Kind: kwadrans.PlacePhone, Detail: "+48 600"}}
	return t
}
