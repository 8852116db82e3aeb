import { t } from '../../i18n/i18n.svelte';
import type { TextKey } from '../../i18n/keys';
import type { Booking, Light } from '../../state/bookings.svelte';
import type { Screen } from '../../state/screen';
import { codeOf, stateOf, worst } from './standing';

/** The act that mends what failed or waits: to go where it is set, or to try again. */
export interface Mend {
  readonly label: string;
  /** Where it is mended; nothing when trying again mends it. */
  readonly screen?: Screen;
}

const video: Screen = { name: 'integrations', tab: 'video' };
const mail: Screen = { name: 'integrations', tab: 'mail' };
const calendars: Screen = { name: 'integrations', tab: 'calendars' };
const settings: Screen = { name: 'settings' };

const places: Readonly<Record<string, readonly [Screen, TextKey]>> = {
  'not-connected': [video, 'win.bookings.mend.connect'],
  reconnect: [video, 'win.bookings.mend.reconnect'],
  'removed-at-zoom': [video, 'win.bookings.mend.reconnect'],
  'missing-permissions': [video, 'win.bookings.mend.reconnect'],
  'other-account': [video, 'win.bookings.mend.reconnect'],
  'mail-not-set': [mail, 'win.bookings.mend.mail'],
  'mail-auth': [mail, 'win.bookings.mend.mail.fix'],
  'mail-tls': [mail, 'win.bookings.mend.mail.fix'],
  'calendar-auth': [calendars, 'win.bookings.mend.calendar'],
  'calendar-near': [calendars, 'win.bookings.mend.calendar'],
  'key-absent': [settings, 'win.bookings.mend.settings'],
  'key-changed': [settings, 'win.bookings.mend.settings'],
};

/** Says whether a code ends only by what a person does. */
export function needsPerson(code: string): boolean {
  return (
    Object.hasOwn(places, code) ||
    ['mail-refused', 'calendar-changed', 'key-locked', 'read-only', 'disk-full'].includes(code)
  );
}

/** What mends a light; nothing when it is well, or when the program is at it by itself. */
export function mendOf(light: Light): Mend | undefined {
  const state = stateOf(light);
  const code = codeOf(light);
  if (state === 'done' || state === 'not-needed') return undefined;
  const place = Object.hasOwn(places, code) ? places[code] : undefined;
  if (place) return { label: t(place[1]), screen: place[0] };
  // Trying again before a limit ends only meets it once more.
  if (code === 'zoom-limit') return undefined;
  if (code === 'calendar-changed') return { label: t('win.bookings.mend.overwrite') };
  return state === 'failed' || code ? { label: t('win.bookings.act.retry') } : undefined;
}

/** What mends a booking: its worst light. */
export function mendOfBooking(booking: Booking): Mend | undefined {
  const side = worst(booking);
  return side && mendOf(booking[side]);
}

/** Says whether something of a booking is still to be done. */
export function isOpen(booking: Booking): boolean {
  return worst(booking) !== undefined;
}
