import type {
  Attendee,
  Booking,
  Calendar,
  Connection,
  Hours,
  Light,
  MailAccount,
  PageForm,
  Profile,
  Step,
  Topic,
} from '../backend';

/** What the fake backend knows. A test changes it before or while a component is shown. */
export interface World {
  now: string;
  lang: 'pl' | 'en';
  theme: 'system' | 'light' | 'dark';
  sandbox: boolean;
  profile: Profile | undefined;
  connection: Connection;
  mail: MailAccount;
  /** The other calendars of the host. */
  calendars: Calendar[];
  /** What was chosen about the booking page. */
  page: PageForm;
  topics: Topic[];
  /** The topics that use them are found among `topics`. */
  schedules: Omit<Hours, 'topics'>[];
  bookings: Booking[];
}

const done: Light = { state: 'done', done: 2, total: 2, code: '' };
const none: Light = { state: 'not-needed', done: 0, total: 0, code: '' };
const waits = (code: string): Light => ({ state: 'waiting', done: 0, total: 2, code });
const failed = (code: string): Light => ({ state: 'failed', done: 1, total: 2, code });

/** A topic as the host would have set it up. */
export function topic(
  slug: string,
  name: string,
  colour: string,
  duration: number,
  kind = 'zoom',
  detail = '',
): Topic {
  return {
    slug,
    name,
    colour,
    duration,
    description: '',
    on: true,
    listed: true,
    places: [{ kind, detail, waitingRoom: '', joinBeforeHost: '' }],
    schedule: 'default',
    step: 15,
    bufferBefore: 0,
    bufferAfter: 15,
    notice: 240,
    maxDays: 90,
    dailyLimit: 0,
    weeklyLimit: 0,
    mayMove: true,
    moveBefore: 1440,
    maxMoves: 2,
    mayCancel: true,
    cancelBefore: 1440,
    page: { confirm: 'always', questions: [] },
  };
}

function attendee(name: string, email: string, zone = 'Europe/Warsaw', lang = 'pl'): Attendee {
  return { name, email, zone, lang, answer: 'none' };
}

const letter = (to: string, state = 'done', code = '', words = ''): Step => ({
  target: `letter:${to}`,
  kind: 'letter',
  to,
  state,
  code,
  words,
  attempts: 0,
  notBefore: '',
  maybeSent: false,
});
const zoomStep = (state = 'done', code = '', words = ''): Step => ({
  ...letter('', state, code, words),
  target: 'zoom',
  kind: 'zoom',
});

let count = 0;

/** A booking of a topic; what is not said is as when everything went well. */
export function booking(
  of: Topic,
  start: string,
  end: string,
  who: Attendee,
  more: Partial<Booking> = {},
): Booking {
  count++;
  const id = `0190a${String(count).padStart(3, '0')}-7000-7000-8000-${String(count).padStart(12, '0')}`;
  return {
    id,
    short: id.slice(0, 8),
    topic: of.slug,
    topicName: of.name,
    colour: of.colour,
    state: 'confirmed',
    start,
    end,
    zone: 'Europe/Warsaw',
    place: of.places[0] ?? { kind: 'zoom', detail: '', waitingRoom: '', joinBeforeHost: '' },
    hostName: 'Hanna Ćwik',
    hostEmail: 'h.cwik@cwik-wspolnicy.pl',
    attendees: [who],
    joinUrl: of.places[0]?.kind === 'zoom' ? 'https://us02web.zoom.us/j/85712345678?pwd=abc' : '',
    meetingId: of.places[0]?.kind === 'zoom' ? '85712345678' : '',
    passcode: '',
    note: '',
    form: '',
    over: '',
    reason: '',
    steps: [zoomStep(), letter(who.email), letter('h.cwik@cwik-wspolnicy.pl')],
    undoUntil: '',
    zoom: done,
    letters: done,
    calendar: none,
    ...more,
  };
}

const permissions = [
  { key: 'own-profile', writes: false, scopes: ['user:read:user'], granted: true, missing: [] },
  {
    key: 'see-own-meetings',
    writes: false,
    scopes: ['meeting:read:list_meetings', 'meeting:read:meeting'],
    granted: true,
    missing: [],
  },
  {
    key: 'manage-own-meetings',
    writes: true,
    scopes: ['meeting:write:meeting', 'meeting:update:meeting', 'meeting:delete:meeting'],
    granted: true,
    missing: [],
  },
];

/** The law office of the design's pictures, on Tuesday, 24 November 2026, 10:24 in Warsaw. */
export function office(): World {
  const intro = topic('konsultacja-wstepna', 'Konsultacja wstępna', 'green', 45);
  const advice = topic('porada-prawna', 'Porada prawna', 'blue', 60);
  const interview = topic('rozmowa-rekrutacyjna', 'Rozmowa rekrutacyjna', 'violet', 60);
  const review = topic('omowienie-umowy', 'Omówienie umowy', 'amber', 30);
  const quarter = topic('kwadrans-pytan', 'Kwadrans pytań', 'teal', 15, 'phone', '+48 600 100 200');
  const signing = {
    ...topic('podpisanie-dokumentow', 'Podpisanie dokumentów', 'coral', 30, 'address', 'ul. Długa 5, Poznań'),
    listed: false,
  };
  const work = [{ from: 480, to: 1020 }];
  const priya = attendee(
    'Priya Raghunathan',
    'priya.raghunathan@northwind-legal-partners.example',
    'America/New_York',
    'en',
  );
  const housing = attendee(
    'Wspólnota Mieszkaniowa „Nad Wartą”, Śrem',
    'zarzad@wspolnota-mieszkaniowa-nad-warta-w-sremie.example',
  );
  return {
    now: '2026-11-24T10:24:00+01:00',
    lang: 'pl',
    theme: 'system',
    sandbox: false,
    profile: {
      name: 'Hanna Ćwik',
      email: 'h.cwik@cwik-wspolnicy.pl',
      zone: 'Europe/Warsaw',
      lang: 'pl',
      org: 'Kancelaria Ćwik i Wspólnicy',
    },
    connection: {
      state: 'connected',
      name: 'Hanna Ćwik',
      email: 'h.cwik@cwik-wspolnicy.pl',
      accountType: 2,
      clientId: 'kwadrans',
      ownId: '',
      permissions,
      connectedAt: '2026-10-12T09:00:00+02:00',
      lastUsed: '2026-11-24T10:21:00+01:00',
      changed: '2026-10-12T09:00:00+02:00',
      upcoming: 32,
      waiting: [],
      zoomTopics: [intro, advice, interview, review].map(({ slug, name, colour, on }) => ({
        slug,
        name,
        colour,
        on,
      })),
      topics: 6,
      key: { state: 'ok', source: 'keychain' },
      offline: false,
    },
    mail: {
      from: 'h.cwik@cwik-wspolnicy.pl',
      host: 'smtp.cwik-wspolnicy.pl',
      port: 587,
      tls: 'starttls',
      user: 'h.cwik@cwik-wspolnicy.pl',
      password: '',
      set: true,
      secret: true,
    },
    calendars: [],
    page: { on: false, port: 8080, public: '' },
    topics: [intro, advice, interview, review, quarter, signing],
    schedules: [
      {
        name: 'default',
        zone: 'Europe/Warsaw',
        week: [[...work], [...work], [...work], [...work], [...work], [], []],
        days: [
          { date: '2026-12-02', hours: [{ from: 600, to: 840 }], reason: 'Szkolenie w Poznaniu' },
          { date: '2026-12-24', hours: [], reason: 'Wigilia' },
        ],
      },
    ],
    bookings: [
      booking(
        review,
        '2026-11-24T10:00:00+01:00',
        '2026-11-24T11:00:00+01:00',
        attendee('Ireneusz Gżegżółka', 'ireneusz.gzegzolka@o2.example'),
      ),
      booking(
        intro,
        '2026-11-24T11:30:00+01:00',
        '2026-11-24T12:15:00+01:00',
        attendee('Szymon Kędzierski-Łoś', 'szymon@kedzierski-los.example'),
      ),
      booking(
        quarter,
        '2026-11-24T13:15:00+01:00',
        '2026-11-24T13:30:00+01:00',
        attendee('Zdzisława Śmigły-Rydz', 'zdzislawa.smigly@interia.example'),
        {
          zoom: none,
        },
      ),
      booking(advice, '2026-11-24T15:00:00+01:00', '2026-11-24T16:00:00+01:00', priya, {
        attendees: [
          priya,
          attendee('', 'bartlomiej.chrzaszczewski@spoldzielnia-mleczarska-w-szczebrzeszynie.example'),
        ],
      }),
      booking(
        review,
        '2026-11-25T12:00:00+01:00',
        '2026-11-25T12:30:00+01:00',
        attendee('Dominik Wąsowski', 'd.wasowski@interia.example'),
      ),
      booking(
        intro,
        '2026-11-27T16:00:00+01:00',
        '2026-11-27T16:45:00+01:00',
        attendee('Róża Ćmielowska', 'roza.cmielowska@wp.example'),
        {
          state: 'provisioning',
          joinUrl: '',
          meetingId: '',
          zoom: waits('offline'),
          letters: waits('waiting'),
          steps: [
            zoomStep('waiting', 'offline'),
            letter('roza.cmielowska@wp.example', 'waiting'),
            letter('h.cwik@cwik-wspolnicy.pl', 'waiting'),
          ],
        },
      ),
      booking(advice, '2026-11-30T09:15:00+01:00', '2026-11-30T10:15:00+01:00', housing, {
        state: 'attention',
        letters: failed('mail-refused'),
        steps: [
          zoomStep(),
          letter(housing.email, 'failed', 'mail-refused', '550 5.1.1 mailbox unavailable'),
          letter('h.cwik@cwik-wspolnicy.pl'),
        ],
      }),
    ],
  };
}

/** A world whose host speaks English. */
export function inEnglish(w: World): World {
  return { ...w, lang: 'en', profile: w.profile && { ...w.profile, lang: 'en' } };
}

/** A program that was just installed. */
export function fresh(): World {
  const w = office();
  return {
    ...w,
    profile: undefined,
    connection: off(w.connection),
    mail: { from: '', host: '', port: 0, tls: '', user: '', password: '', set: false, secret: false },
    topics: [],
    schedules: [],
    bookings: [],
  };
}

/** The connection before anybody connected. */
export function off(c: Connection): Connection {
  return {
    ...c,
    state: 'not connected',
    name: '',
    email: '',
    accountType: 0,
    connectedAt: '',
    lastUsed: '',
    changed: '',
    permissions: c.permissions.map((p) => ({ ...p, granted: false })),
  };
}
