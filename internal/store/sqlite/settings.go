package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"kwadrans/internal/kwadrans"
)

// Profile returns who the host is; false when that was never said.
func (s *Store) Profile(ctx context.Context) (kwadrans.Profile, bool, error) {
	var p kwadrans.Profile
	err := s.r.QueryRowContext(ctx, `SELECT name, email, zone, lang, org FROM profile`).Scan(&p.Name, &p.Email, &p.Zone, &p.Lang, &p.Org)
	if errors.Is(err, sql.ErrNoRows) {
		return kwadrans.Profile{}, false, nil
	}
	return p, err == nil, wrap("read the profile", err)
}

// SaveProfile keeps who the host is.
func (s *Store) SaveProfile(ctx context.Context, p kwadrans.Profile) error {
	_, err := s.w.ExecContext(ctx, `INSERT INTO profile (id, name, email, zone, lang, org) VALUES (1, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, zone = excluded.zone, lang = excluded.lang, org = excluded.org`,
		p.Name, p.Email, p.Zone, p.Lang, p.Org)
	return wrap("keep the profile", err)
}

const mailAAD = "mail/account/1"

// MailAccount returns the sending account without its password; false when there is none.
func (s *Store) MailAccount(ctx context.Context) (kwadrans.MailAccount, bool, error) {
	a, _, ok, err := s.mailRow(ctx)
	return a, ok, err
}

// HasMailPassword says whether a password of the mail account is kept. It opens nothing.
func (s *Store) HasMailPassword(ctx context.Context) (bool, error) {
	_, sealed, ok, err := s.mailRow(ctx)
	return ok && sealed != nil, err
}

// MailAccountWithPassword returns the sending account ready for use. It fails
// with CodeKeyLocked, CodeKeyAbsent or CodeKeyChanged where the key is not to be had.
func (s *Store) MailAccountWithPassword(ctx context.Context) (kwadrans.MailAccount, bool, error) {
	a, sealed, ok, err := s.mailRow(ctx)
	if err != nil || !ok || sealed == nil {
		return a, ok, err
	}
	plain, err := s.seal.Open(ctx, mailAAD, sealed)
	if err != nil {
		return kwadrans.MailAccount{}, true, err
	}
	a.Password = kwadrans.Secret(plain)
	return a, true, nil
}

func (s *Store) mailRow(ctx context.Context) (a kwadrans.MailAccount, sealed []byte, ok bool, err error) {
	err = s.r.QueryRowContext(ctx, `SELECT from_addr, host, port, tls, login, password FROM mail_account`).
		Scan(&a.From, &a.Host, &a.Port, &a.TLS, &a.User, &sealed)
	if errors.Is(err, sql.ErrNoRows) {
		return a, nil, false, nil
	}
	return a, sealed, err == nil, wrap("read the mail account", err)
}

// SaveMailAccount keeps the sending account, its password sealed, and lets
// waiting letters go.
func (s *Store) SaveMailAccount(ctx context.Context, a kwadrans.MailAccount) error {
	var sealed []byte
	if a.Password != "" {
		var err error
		if sealed, err = s.seal.Seal(ctx, mailAAD, []byte(a.Password.Reveal())); err != nil {
			return err
		}
	}
	return s.tx(ctx, "keep the mail account", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO mail_account (id, from_addr, host, port, tls, login, password) VALUES (1, ?, ?, ?, ?, ?, ?)
			ON CONFLICT (id) DO UPDATE SET from_addr = excluded.from_addr, host = excluded.host, port = excluded.port,
			tls = excluded.tls, login = excluded.login, password = excluded.password`,
			a.From, a.Host, a.Port, a.TLS, a.User, sealed)
		if err != nil {
			return err
		}
		return resume(ctx, tx, kwadrans.LaneMail)
	})
}

// ChangeMailAccount changes the kept account of the same server and user, leaves its
// sealed password as it is without opening it, and lets waiting letters go. It is
// false, and nothing was changed, when no account of this server and user is kept.
func (s *Store) ChangeMailAccount(ctx context.Context, a kwadrans.MailAccount) (bool, error) {
	kept := false
	err := s.tx(ctx, "keep the mail account", func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `UPDATE mail_account SET from_addr = ?, port = ?, tls = ? WHERE host = ? AND login = ?`,
			a.From, a.Port, a.TLS, a.Host, a.User)
		if err != nil {
			return err
		}
		n, err := res.RowsAffected()
		if err != nil || n == 0 {
			return err
		}
		kept = true
		return resume(ctx, tx, kwadrans.LaneMail)
	})
	return kept && err == nil, err
}

// Schedules returns all schedules by name.
func (s *Store) Schedules(ctx context.Context) ([]kwadrans.Schedule, error) {
	return readJSON[kwadrans.Schedule](ctx, s.r, "read the schedules", `SELECT body FROM schedule ORDER BY name`)
}

// Schedule returns one schedule, or CodeNotFound.
func (s *Store) Schedule(ctx context.Context, name string) (kwadrans.Schedule, error) {
	return readOne[kwadrans.Schedule](ctx, s.r, "schedule", name, `SELECT body FROM schedule WHERE name = ?`)
}

// SaveSchedule makes or replaces a schedule.
func (s *Store) SaveSchedule(ctx context.Context, sch kwadrans.Schedule) error {
	body, err := toJSON(sch)
	if err != nil {
		return wrap("keep the schedule", err)
	}
	_, err = s.w.ExecContext(ctx, `INSERT INTO schedule (name, body) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET body = excluded.body`, sch.Name, body)
	return wrap("keep the schedule", err)
}

// RemoveSchedule removes a schedule: CodeNotFound, or CodeInUse while a topic uses it.
func (s *Store) RemoveSchedule(ctx context.Context, name string) error {
	res, err := s.w.ExecContext(ctx, `DELETE FROM schedule WHERE name = ?`, name)
	if isForeign(err) {
		return kwadrans.Errorf(kwadrans.CodeInUse, "schedule %q is used by a topic", name).WithHint("give those topics another schedule first")
	}
	return removed(res, err, "schedule", name)
}

// Topics returns all topics, oldest first.
func (s *Store) Topics(ctx context.Context) ([]kwadrans.Topic, error) {
	return readJSON[kwadrans.Topic](ctx, s.r, "read the topics", `SELECT body FROM topic ORDER BY made, slug`)
}

// Topic returns one topic, or CodeNotFound.
func (s *Store) Topic(ctx context.Context, slug string) (kwadrans.Topic, error) {
	return readOne[kwadrans.Topic](ctx, s.r, "topic", slug, `SELECT body FROM topic WHERE slug = ?`)
}

// AddTopic keeps a new topic, or fails with CodeExists, or CodeNotFound for its schedule.
func (s *Store) AddTopic(ctx context.Context, t kwadrans.Topic, now time.Time) error {
	body, err := toJSON(t)
	if err != nil {
		return wrap("keep the topic", err)
	}
	_, err = s.w.ExecContext(ctx, `INSERT INTO topic (slug, schedule, body, made) VALUES (?, ?, ?, ?)`, t.Slug, t.Schedule, body, ms(now))
	switch {
	case isUnique(err):
		return kwadrans.Errorf(kwadrans.CodeExists, "topic %q exists already", t.Slug).WithHint("choose another short name with --slug")
	case isForeign(err):
		return noSchedule(t.Schedule)
	}
	return wrap("keep the topic", err)
}

// SaveTopic replaces a topic, or fails with CodeNotFound.
func (s *Store) SaveTopic(ctx context.Context, t kwadrans.Topic) error {
	body, err := toJSON(t)
	if err != nil {
		return wrap("keep the topic", err)
	}
	res, err := s.w.ExecContext(ctx, `UPDATE topic SET schedule = ?, body = ? WHERE slug = ?`, t.Schedule, body, t.Slug)
	if isForeign(err) {
		return noSchedule(t.Schedule)
	}
	return removed(res, err, "topic", t.Slug)
}

// RemoveTopic removes a topic, or fails with CodeNotFound. Its bookings stay.
func (s *Store) RemoveTopic(ctx context.Context, slug string) error {
	res, err := s.w.ExecContext(ctx, `DELETE FROM topic WHERE slug = ?`, slug)
	return removed(res, err, "topic", slug)
}

func noSchedule(name string) error {
	return kwadrans.Errorf(kwadrans.CodeNotFound, "there is no schedule %q", name).WithHint("see kwadrans schedule list, or make it with kwadrans schedule set")
}

func removed(res sql.Result, err error, what, name string) error {
	if err != nil {
		return wrap("change the "+what, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return notFound(what, name)
	}
	return nil
}

// absent says of each noun of the command line that there is none.
var absent = map[string]kwadrans.Phrase{
	"booking": kwadrans.Say("there is no booking"), "calendar": kwadrans.Say("there is no calendar"), "schedule": kwadrans.Say("there is no schedule"),
	"step": kwadrans.Say("there is no step"), "topic": kwadrans.Say("there is no topic"),
}

func notFound(what, name string) error {
	e := kwadrans.Errorf(kwadrans.CodeNotFound, "%s %q", absent[what], name)
	if what == "step" { // the noun that lists them is another
		what = "outbox"
	}
	return e.WithHint("see kwadrans %s list", what)
}

func readOne[T any](ctx context.Context, db *sql.DB, what, name, query string) (T, error) {
	list, err := readJSON[T](ctx, db, "read the "+what, query, name)
	if err != nil {
		var none T
		return none, err
	}
	if len(list) == 0 {
		var none T
		return none, notFound(what, name)
	}
	return list[0], nil
}

func readJSON[T any](ctx context.Context, db *sql.DB, what, query string, args ...any) ([]T, error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, wrap(what, err)
	}
	defer func() { _ = rows.Close() }()
	list := []T{}
	for rows.Next() {
		var body string
		if err := rows.Scan(&body); err != nil {
			return nil, wrap(what, err)
		}
		var v T
		if err := json.Unmarshal([]byte(body), &v); err != nil {
			return nil, wrap(what, err)
		}
		list = append(list, v)
	}
	return list, wrap(what, rows.Err())
}
