import { calendarWorlds } from './calendars';
import { fake, type Fake } from './fake';
import { fresh, office } from './world';

/**
 * The fake backend that the address of the page asks for: ?fake, ?fake=fresh, &lang=en, &theme=dark,
 * &zoom=removed at Zoom, &sandbox, &calendars=fresh (or another of `calendarWorlds`, or all).
 */
export function dev(search: string): Fake {
  const q = new URLSearchParams(search);
  const world = q.get('fake') === 'fresh' ? fresh() : office();
  if (q.get('lang') === 'en') {
    world.lang = 'en';
    if (world.profile) world.profile = { ...world.profile, lang: 'en' };
  }
  const theme = q.get('theme');
  if (theme === 'dark' || theme === 'light') world.theme = theme;
  const zoom = q.get('zoom');
  if (zoom) world.connection = { ...world.connection, state: zoom };
  world.calendars = calendarWorlds(q.get('calendars') ?? '');
  world.sandbox = q.has('sandbox');
  return fake(world);
}

interface Placed {
  go(
    screen:
      | { name: 'bookings' | 'topics' | 'schedules' | 'settings' }
      | { name: 'integrations'; tab: 'video' | 'calendars' | 'mail' | 'page' },
  ): void;
  book(draft: object): void;
}

/** Goes to the screen that the address asks for: &screen=topics, &screen=mail, &screen=new. */
export function place(app: Placed, search: string): void {
  const screen = new URLSearchParams(search).get('screen') ?? '';
  if (screen === 'video' || screen === 'calendars' || screen === 'mail' || screen === 'page')
    app.go({ name: 'integrations', tab: screen });
  else if (screen === 'new') app.book({});
  else if (screen === 'topics' || screen === 'schedules' || screen === 'settings') app.go({ name: screen });
}
