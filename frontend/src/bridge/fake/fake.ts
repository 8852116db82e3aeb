import type {
  Backend,
  Booking,
  Cell,
  Conflict,
  DayOffer,
  Events,
  HistoryEvent,
  Start,
  Topic,
} from '../backend';
import { Fault } from '../fault';
import { answers } from './answers';
import { calendars, held, unknown } from './calendars';
import { changing } from './changing';
import { page } from './page';
import { schedules, shortly } from './schedules';
import { booking, off, office, type World } from './world';

/** A backend without Go, for tests and for work in a plain browser. It answers from `world`. */
export interface Fake extends Backend {
  readonly world: World;
  /** Tells the window something, as Go would. */
  emit<E extends keyof Events>(event: E, data: Events[E]): void;
  /** Makes the next call of a method fail. */
  failNext(method: string, fault: Fault): void;
  /** What was called, oldest first. */
  readonly calls: readonly { readonly method: string; readonly args: readonly unknown[] }[];
}

type Listener = (data: never) => void;

/** Makes a fake backend over a world. */
export function fake(world: World = office()): Fake {
  const calls: { method: string; args: readonly unknown[] }[] = [];
  const failures = new Map<string, Fault>();
  const listeners = new Map<string, Set<Listener>>();
  const emit: Fake['emit'] = (event, data) => listeners.get(event)?.forEach((hear) => hear(data as never));
  const changed = <T>(value: T): T => {
    queueMicrotask(() => emit('changed', null));
    return value;
  };
  const watch = <S extends object>(name: string, struct: S): S =>
    Object.fromEntries(
      Object.entries(struct).map(([method, call]) => [
        method,
        async (...args: unknown[]) => {
          const full = `${name}.${method}`;
          calls.push({ method: full, args });
          const failure = failures.get(full);
          failures.delete(full);
          if (failure) throw failure;
          return (call as (...a: unknown[]) => unknown)(...args);
        },
      ]),
    ) as S;

  const start = (): Start => ({
    version: '0.1.0',
    lang: world.profile?.lang ?? world.lang,
    theme: world.theme,
    zone: world.profile?.zone ?? '',
    clocks: [], // the engine is asked instead
    sandbox: world.sandbox,
    readOnly: false,
    ...(world.profile ? { profile: world.profile } : {}),
    dataFile: '~/.local/share/kwadrans/kwadrans.db',
    zoom: world.connection.state,
    mail: world.mail.set,
    topics: world.topics.length,
    upcoming: world.bookings.filter((b) => b.state !== 'cancelled' && b.end > world.now).length,
    attention: attention(world).length,
    unread: world.calendars.filter((one) => one.reading.state === 'unreadable' && one.reading.tried).length,
  });
  const find = (id: string): Booking => {
    const found = world.bookings.find((b) => b.id === id);
    if (!found) throw new Fault('not-found', `Nie ma rezerwacji „${id}”.`);
    return found;
  };
  const replace = (next: Booking): Booking => {
    world.bookings = world.bookings.map((b) => (b.id === next.id ? next : b));
    return changed(next);
  };
  const days = async (slug: string, from: string, back: boolean) => ({
    zone: 'Europe/Warsaw',
    days: offered(world, slug, from, back),
    earlier: from > '2026-11-24',
    later: true,
    checkedAt: world.now,
    sources: ['bookings', 'zoom', ...world.calendars.map(({ name }) => name)],
    unknown: unknown(world).map(({ name }) => name),
  });
  const before = new Map<string, Booking>();
  const inTenSeconds = () => new Date(Date.now() + 10_000).toISOString();

  return {
    world,
    calls,
    emit,
    failNext: (method, fault) => void failures.set(method, fault),
    on: (event, hear) => {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(hear));
      return () => set.delete(hear);
    },
    shell: watch<Backend['shell']>('shell', {
      Begin: async () => start(),
      Again: async () => start(),
      Reopen: async () => start(),
      Copy: async () => undefined,
      Visit: async () => undefined,
      Passphrase: async () => undefined,
      Unsaved: async () => undefined,
      Close: async () => undefined,
      EnterSandbox: async () => {
        world.sandbox = true;
        return start();
      },
      LeaveSandbox: async () => {
        world.sandbox = false;
        return start();
      },
      Letters: async () => [],
      OpenLetter: async () => undefined,
    }),
    video: watch<Backend['video']>('video', {
      Status: async () => world.connection,
      Check: async () => world.connection,
      Connect: async () => undefined,
      Cancel: async () => emit('connected', { name: '', email: '', otherAccount: false, cancelled: true }),
      LastSignIn: async () => ({ name: '', email: '', otherAccount: false, cancelled: false }),
      Disable: async () => {
        world.connection = off(world.connection);
        return changed({ revoked: true, connection: world.connection });
      },
      CheckID: async (id) => ({
        kind: id.length > 10 ? 'public' : 'confidential-or-unknown',
        usable: id.length > 10,
      }),
      UseID: async (id) => changed((world.connection = { ...world.connection, ownId: id })),
    }),
    mail: watch<Backend['mail']>('mail', {
      Account: async () => world.mail,
      Preset: async (email) => ({
        known: email.endsWith('@gmail.com'),
        account: {
          ...world.mail,
          from: email,
          host: email.endsWith('@gmail.com') ? 'smtp.gmail.com' : '',
          user: email,
          set: false,
        },
        note: '',
      }),
      Save: async (a) => changed((world.mail = { ...a, password: '', set: true, secret: true })),
      Test: async (to) => ({
        to: to || (world.profile?.email ?? ''),
        server: world.mail.host,
        tls: 'TLS 1.3',
        certificate: world.mail.host,
      }),
    }),
    calendars: watch<Backend['calendars']>('calendars', calendars(world, changed)),
    page: watch<Backend['page']>('page', page(world, changed)),
    changing: watch<Backend['changing']>(
      'changing',
      changing({ world, changed, days, against, before, inTenSeconds }),
    ),
    answers: watch<Backend['answers']>('answers', answers(world, replace)),
    topics: watch<Backend['topics']>('topics', {
      List: async () => world.topics,
      Fresh: async () => ({
        ...(office().topics[0] as Topic),
        slug: '',
        name: '',
        duration: 30,
        bufferAfter: 0,
        notice: 0,
        ...(world.connection.state === 'not connected' ? { places: [] } : {}),
      }),
      Slug: async (name) => slugOf(name),
      Add: async (v) => {
        const added = { ...v, slug: v.slug || slugOf(v.name) };
        refuse(world, added);
        if (world.topics.some((old) => old.slug === added.slug))
          throw new Fault('exists', `Temat „${added.slug}” już istnieje.`);
        world.topics = [...world.topics, added];
        return changed(added);
      },
      Change: async (v) => {
        refuse(world, v);
        world.topics = world.topics.map((old) => (old.slug === v.slug ? v : old));
        return changed(v);
      },
      Switch: async (slug, on) => {
        world.topics = world.topics.map((old) => (old.slug === slug ? { ...old, on } : old));
        return changed(world.topics.find((old) => old.slug === slug) as Topic);
      },
      Remove: async (slug) => {
        const gone = world.topics.find((old) => old.slug === slug) as Topic;
        world.topics = world.topics.filter((old) => old !== gone);
        return changed(gone);
      },
      Schedules: async () => world.schedules.map(shortly),
      Free: async () => [
        '2026-11-25T09:00:00+01:00',
        '2026-11-25T09:15:00+01:00',
        '2026-11-25T13:30:00+01:00',
        '2026-11-25T14:00:00+01:00',
      ],
    }),
    schedules: watch<Backend['schedules']>('schedules', schedules(world, changed)),
    newBooking: watch<Backend['newBooking']>('newBooking', {
      Days: days,
      Check: async (slug, at) => against(world, slug, at),
      Book: async (form) => {
        const of = world.topics.find((x) => x.slug === form.topic) as Topic;
        const found = against(world, form.topic, form.start);
        const overZoom = of.places[0]?.kind === 'zoom' && meetsZoom(world, form.topic, form.start);
        if (found.length > 0 && !(form.reason && (form.overZoom || !overZoom)))
          return { conflicts: found, overZoom, undoUntil: '' };
        const made = booking(
          of,
          form.start,
          plus(form.start, of.duration),
          form.attendees[0] ?? { name: '', email: '', zone: '', lang: 'pl', answer: 'none' },
          {
            state: 'provisioning',
            attendees: form.attendees,
            note: form.note,
            over: form.reason,
            undoUntil: inTenSeconds(),
          },
        );
        world.bookings = [...world.bookings, made];
        return changed({ booking: made, conflicts: found, overZoom: false, undoUntil: made.undoUntil });
      },
    }),
    bookings: watch<Backend['bookings']>('bookings', {
      List: async (ask) => ({
        rows: listed(world, ask.when, ask.search).slice(ask.offset, ask.offset + ask.limit),
        more: listed(world, ask.when, ask.search).length > ask.offset + ask.limit,
      }),
      Attention: async () => attention(world),
      Get: async (id) => ({
        booking: find(id),
        history: history(world, find(id)),
      }),
      Undo: async (id) => {
        const was = before.get(id);
        if (before.delete(id) && was) return replace({ ...was, undoUntil: '' });
        const state = find(id).state === 'cancelled' ? 'confirmed' : 'cancelled';
        return replace({ ...find(id), state, reason: '', undoUntil: '' });
      },
      Load: async () => ({
        zone: 'Europe/Warsaw',
        week: 48,
        days: (world.topics.length > 0 ? ['23', '24', '25', '26', '27'] : []).map((day, i) => ({
          date: `2026-11-${day}`,
          from: 8,
          hours: [2, 3, 0, 4, 0, 2, 0, 1, 0].map((v, hour) => (v + i * hour) % 5),
        })),
        busy: 1035,
        open: 2700,
        longest: { start: '2026-11-25T12:30:00+01:00', end: '2026-11-25T16:00:00+01:00' },
      }),
      Retry: async (id) => find(id),
      Join: async () => undefined,
      Export: async () => '/home/hanna/porada-prawna.ics',
    }),
    settings: watch<Backend['settings']>('settings', {
      SaveProfile: async (p) => changed((world.profile = p)),
      SetTheme: async (name) => changed(void (world.theme = name as World['theme'])),
      SetLanguage: async (name) => {
        world.lang = name as World['lang'];
        if (world.profile) world.profile = { ...world.profile, lang: name };
        return changed(undefined);
      },
      Key: async () => world.connection.key,
      RenewKey: async () => world.connection.key,
      Reveal: async () => undefined,
      Backup: async () => '/home/hanna/kwadrans-2026-11-24.db',
      Restore: async () => ({ file: '', kept: '', signInAgain: false }),
    }),
  };
}

// Go makes short names of every language; these are enough for the pictures.
const slugOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

function refuse(w: World, topic: Topic): void {
  const zoom = topic.places.some((place) => place.kind === 'zoom');
  if (zoom && w.connection.state === 'not connected')
    throw new Fault('not-connected', 'Miejsce Zoom wymaga połączenia z Zoom.');
}

const attention = (w: World): Booking[] =>
  w.bookings.filter(
    (b) =>
      b.state !== 'cancelled' &&
      [b.zoom, b.letters, b.calendar].some((l) => l.state === 'failed' || l.state === 'waiting'),
  );

function history(w: World, b: Booking): HistoryEvent[] {
  const event = (kind: string, actor = 'program', target = '', detail = ''): HistoryEvent => {
    return { at: w.now, actor, kind, target, detail };
  };
  const kinds: Record<string, string> = {
    done: 'letter-sent',
    failed: 'step-failed',
    waiting: 'step-waiting',
  };
  return [
    event('created', 'host', '', b.over),
    ...(b.meetingId ? [event('zoom-created', 'program', 'zoom', b.meetingId)] : []),
    ...b.steps.flatMap((s) =>
      s.kind === 'letter' ? event(kinds[s.state] ?? '', 'program', s.target, s.words) : [],
    ),
    ...(b.state === 'cancelled' ? [event('cancelled', 'host', '', b.reason)] : []),
  ];
}

function listed(w: World, when: string, search: string): Booking[] {
  const needle = search.toLowerCase();
  return w.bookings
    .filter((b) =>
      when === 'cancelled'
        ? b.state === 'cancelled'
        : b.state !== 'cancelled' && (when === 'past') === b.end <= w.now,
    )
    .filter((b) =>
      [b.topicName, ...b.attendees.flatMap((a) => [a.name, a.email])].some((text) =>
        text.toLowerCase().includes(needle),
      ),
    )
    .sort((a, b) => (a.start < b.start ? -1 : 1) * (when === 'upcoming' ? 1 : -1));
}

const plus = (start: string, minutes: number): string => stamp(Date.parse(start) + minutes * 60_000);

// The office stands in Warsaw, and its pictures are all of the winter.
const stamp = (ms: number): string => new Date(ms + 3_600_000).toISOString().slice(0, 19) + '+01:00';

function conflicts(w: World, slug: string, at: string): Conflict[] {
  const of = w.topics.find((x) => x.slug === slug);
  const end = plus(at, of?.duration ?? 30);
  return w.bookings
    .filter((b) => b.state !== 'cancelled' && b.start < end && at < b.end)
    .map((b) => ({
      start: at,
      code: 'busy-booking',
      item: b.topicName,
      itemStart: b.start,
      itemEnd: b.end,
      source: 'bookings',
      checkedAt: w.now,
      overlap:
        (Math.min(Date.parse(b.end), Date.parse(end)) - Math.max(Date.parse(b.start), Date.parse(at))) /
        60_000,
      nearest: [plus(b.start, -(of?.duration ?? 30)), b.end, plus(at, 24 * 60)],
    }));
}

// What stands against a start, rules before meetings, as Go tells it. The office is open from 8 to 17.
function against(w: World, slug: string, at: string): Conflict[] {
  const end = plus(at, w.topics.find((x) => x.slug === slug)?.duration ?? 30);
  const none = { start: at, item: '', itemStart: '', itemEnd: '', checkedAt: '', overlap: 0, nearest: [] };
  const rules: Conflict[] = [];
  if (at < w.now) rules.push({ ...none, code: 'past', source: 'topic' });
  const closed =
    stamp(Date.parse(at)).slice(11) < '08:00' || stamp(Date.parse(end)).slice(11) > '17:00:00+01:00';
  if (closed) rules.push({ ...none, code: 'off-hours', source: 'schedule' });
  return [...rules, ...conflicts(w, slug, at), ...elsewhere(w, at, end)];
}

function elsewhere(w: World, at: string, end: string): Conflict[] {
  const busy = held(w)
    .filter((b) => b.start < end && at < b.end)
    .map((b) => ({
      start: at,
      code: 'busy-calendar',
      item: b.title,
      itemStart: b.start,
      itemEnd: b.end,
      source: b.source,
      checkedAt: b.checkedAt,
      overlap: 15,
      nearest: [b.end],
    }));
  const dark = unknown(w).map(({ name, reading }) => ({
    start: at,
    code: 'source-unknown',
    item: reading.words,
    itemStart: '',
    itemEnd: '',
    source: name,
    checkedAt: reading.tried,
    overlap: 0,
    nearest: [],
  }));
  return [...busy, ...dark];
}

function meetsZoom(w: World, slug: string, at: string): boolean {
  const end = plus(at, w.topics.find((x) => x.slug === slug)?.duration ?? 30);
  return w.bookings.some(
    (b) =>
      b.state !== 'cancelled' && b.place.kind === 'zoom' && b.start < end && stamp(Date.parse(at)) < b.end,
  );
}

function offered(w: World, slug: string, from: string, back: boolean): DayOffer[] {
  const days: DayOffer[] = [];
  let day = Date.parse(`${from || w.now.slice(0, 10)}T00:00:00+01:00`) - (back ? 10 * 86_400_000 : 0);
  while (days.length < 7) {
    const date = stamp(day).slice(0, 10);
    if (![0, 6].includes(new Date(`${date}T12:00:00Z`).getUTCDay())) days.push(offer(w, slug, date));
    day += 86_400_000;
  }
  return days;
}

function offer(w: World, slug: string, date: string): DayOffer {
  const blocks = w.bookings
    .filter((b) => b.state !== 'cancelled' && b.start.startsWith(date))
    .map((b) => ({
      start: b.start,
      end: b.end,
      title: b.topicName,
      kind: 'booking',
      topic: b.topic,
      source: '',
      checkedAt: '',
      colour: '',
    }))
    .concat(held(w).filter((b) => b.start.startsWith(date)));
  const cells: Cell[] = [];
  for (let minute = 8 * 60; minute < 17 * 60; minute += 15) {
    const at = stamp(Date.parse(`${date}T00:00:00+01:00`) + minute * 60_000);
    const [first] = against(w, slug, at);
    cells.push({ start: at, minute, free: !first, code: first?.code ?? '', item: first?.item ?? '' });
  }
  return { date, load: Math.min(4, blocks.length), free: cells.filter((c) => c.free).length, cells, blocks };
}
