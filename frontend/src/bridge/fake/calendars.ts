import type { Backend, Block, Calendar, CalendarForm, Reading } from '../backend';
import { Fault } from '../fault';
import type { World } from './world';

const minute = 60_000;
const keep = 24 * 60;

// Ages are told by the clock of the window, so these are counted from now.
const ago = (minutes: number): string => new Date(Date.now() - minutes * minute).toISOString();

/** A reading that went well some minutes ago; what is not said is as after that. */
export function reading(age: number, more: Partial<Reading> = {}): Reading {
  return {
    state: 'fresh',
    good: ago(age),
    tried: ago(age),
    next: ago(-7),
    until: ago(age - keep),
    fails: 0,
    code: '',
    words: '',
    doubt: 0,
    entries: 58,
    ...more,
  };
}

let count = 0;

/** A calendar that was read three minutes ago. */
export function calendar(kind: string, name: string, more: Partial<Calendar> = {}): Calendar {
  const addresses: Readonly<Record<string, string>> = {
    file: '/home/hanna/Dokumenty/urlopy-i-rozprawy-2026.ics',
    feed: 'https://calendar.google.com/…',
    caldav: 'https://chmura.cwik-wspolnicy.pl/dav/h.cwik/prywatny/',
  };
  return {
    id: `0190b${String(++count).padStart(3, '0')}-7000-7000-8000-000000000000`,
    kind,
    name,
    address: addresses[kind] ?? '',
    login: kind === 'caldav' ? 'h.cwik' : '',
    colour: '',
    allDay: true,
    publish: false,
    near: false,
    reading: reading(3),
    ...more,
  };
}

const worlds: Readonly<Record<string, () => Calendar>> = {
  stale: () =>
    calendar('feed', 'Google · kancelaria', {
      reading: reading(192, {
        state: 'stale',
        tried: ago(4),
        next: ago(-4),
        fails: 12,
        code: 'calendar-refused',
        words: 'serwer ma kłopoty, 503',
        entries: 214,
      }),
    }),
  fresh: () => calendar('caldav', 'Prywatny', { colour: '#3178ba' }),
  publishing: () => calendar('caldav', 'Rezerwacje', { colour: '#008968', publish: true }),
  unreadable: () =>
    calendar(
      'feed',
      'Wspólnota Mieszkaniowa „Nad Wartą”, posiedzenia zarządu i walne zgromadzenia w Śremie',
      {
        colour: '#966c00',
        reading: reading(3 * keep, {
          state: 'unreadable',
          tried: ago(25),
          next: ago(-300),
          fails: 31,
          code: 'calendar-unreadable',
          words: 'zamiast kalendarza przyszła strona, być może do zalogowania',
        }),
      },
    ),
  password: () =>
    calendar('caldav', 'Firma', {
      reading: reading(90, {
        state: 'stale',
        tried: ago(10),
        next: ago(-20),
        fails: 2,
        code: 'calendar-auth',
        words: 'serwer kalendarza nie przyjął loginu',
      }),
    }),
  near: () =>
    calendar('feed', 'Dysk w biurze', {
      reading: reading(70, {
        state: 'stale',
        tried: ago(5),
        next: ago(-25),
        fails: 2,
        code: 'calendar-near',
        words: 'adres kalendarza prowadzi do własnej sieci',
      }),
    }),
  removed: () =>
    calendar('file', 'urlopy-i-rozprawy-2026', {
      allDay: false,
      reading: reading(61, {
        state: 'stale',
        tried: ago(1),
        next: ago(0),
        fails: 60,
        code: 'not-found',
        words: 'pliku już tam nie ma',
        doubt: 2,
        entries: 9,
      }),
    }),
};

/** The calendars of a world by name, several parted by commas; "all" has each of them. */
export function calendarWorlds(names: string): Calendar[] {
  const list = names === 'all' ? Object.keys(worlds) : names.split(',');
  return list.map((name) => worlds[name]?.()).filter((one) => one !== undefined);
}

/** The calendars of a world, as Go keeps them. */
export function calendars(world: World, changed: <T>(value: T) => T): Backend['calendars'] {
  const gone = new Map<string, Calendar>();
  const list = async () => ({
    zone: 'Europe/Warsaw',
    keep,
    bookings: world.bookings.filter((b) => b.state !== 'cancelled' && b.end > world.now).length,
    calendars: world.calendars,
    ...(world.connection.state === 'not connected' ? {} : { zoom: reading(2, { entries: 32 }) }),
  });
  const find = (id: string): Calendar => {
    const found = world.calendars.find((one) => one.id === id);
    if (!found) throw new Fault('not-found', 'nie ma takiego kalendarza');
    return found;
  };
  const put = (next: Calendar): Calendar => {
    world.calendars = world.calendars.map((one) => (one.id === next.id ? next : one));
    return changed(next);
  };
  return {
    List: list,
    Look: async (source) => {
      for (const one of world.calendars)
        if (source === '' || source === one.id)
          put({ ...one, reading: reading(0, { entries: one.reading.entries }) });
      return list();
    },
    Choose: async () => '/home/hanna/Dokumenty/rozprawy.ics',
    Find: async ({ address, password }) => {
      refuse(address, password);
      if (address === 'https://caldav.icloud.com')
        return { collections: [], elsewhere: 'https://p34-caldav.icloud.com/' };
      const at = (name: string) => `${address.replace(/\/$/, '')}/${name}/`;
      return {
        elsewhere: '',
        collections: [
          { address: at('praca'), name: 'Praca', colour: '#3178ba', writable: true, known: false },
          { address: at('dom'), name: 'Dom', colour: '#b05834', writable: true, known: false },
          { address: at('swieta'), name: 'Święta w Polsce', colour: '', writable: false, known: false },
          {
            address: 'https://chmura.cwik-wspolnicy.pl/dav/h.cwik/prywatny/',
            name: 'Prywatny',
            colour: '',
            writable: true,
            known: world.calendars.some((one) => one.name === 'Prywatny'),
          },
        ],
      };
    },
    Add: async (form) => {
      refuse(form.address, form.password);
      if (world.calendars.some((one) => one.address === form.address))
        throw new Fault('exists', 'ten kalendarz jest już dodany');
      const added = { ...calendar(form.kind, named(form)), ...kept(form), reading: reading(0) };
      world.calendars = [...world.calendars, added];
      return changed(added);
    },
    Change: async (form) => {
      const old = find(form.id);
      refuse(form.address, form.password);
      return put({ ...old, ...kept(form), name: form.name || old.name, reading: reading(0) });
    },
    Remove: async (id) => {
      const old = find(id);
      gone.set(id, old);
      world.calendars = world.calendars.filter((one) => one !== old);
      return changed({ id, name: old.name, undoUntil: new Date(Date.now() + 10_000).toISOString() });
    },
    Undo: async (id) => {
      const old = gone.get(id);
      if (!old) throw new Fault('not-found', 'kalendarza nie da się już przywrócić');
      gone.delete(id);
      world.calendars = [...world.calendars, old];
      return changed(undefined);
    },
    Publish: async (id) => {
      world.calendars = world.calendars.map((one) => ({ ...one, publish: one.id === id }));
      return changed(undefined);
    },
    Stop: async () => undefined,
  };
}

const kept = ({ address, login, colour, allDay, near }: CalendarForm) => ({
  address,
  login,
  colour,
  allDay,
  near,
});

const named = ({ name, address }: CalendarForm): string => name || (address.split('/').at(-1) ?? address);

// What a server would say to what was typed.
function refuse(address: string, password: string): void {
  if (address.includes('localhost'))
    throw new Fault(
      'invalid-input',
      'adres prowadzi do własnej sieci',
      'jeśli kalendarz jest w Twojej sieci, zezwól na to dla niego',
    );
  if (password === 'zle')
    throw new Fault(
      'calendar-auth',
      'serwer kalendarza nie przyjął loginu',
      'sprawdź login i hasło; wiele usług chce hasła dla jednego programu',
    );
}

/** What the first calendar of a world holds on Wednesday, as New booking draws it. */
export function held(w: World): Block[] {
  const [first] = w.calendars;
  if (!first) return [];
  const at = (clock: string) => `2026-11-25T${clock}:00+01:00`;
  return [
    {
      start: at('10:00'),
      end: at('11:30'),
      title: 'Rozprawa, Sąd Okręgowy w Poznaniu',
      kind: 'calendar',
      topic: '',
      source: first.name,
      checkedAt: first.reading.good,
      colour: first.colour,
    },
  ];
}

/** The calendars of a world of which it is not known what they hold. */
export function unknown(w: World): Calendar[] {
  return w.calendars.filter((one) => one.reading.state === 'unreadable');
}
