import { faultWords } from '../../../i18n/fault';
import { has, n, t } from '../../../i18n/i18n.svelte';
import { millis, minutesBetween, type At } from '../../../model/instant';
import { clock, nearDay, relative, span } from '../../../model/time';
import type { Zone } from '../../../model/zone';
import { capital, sentence } from '../../../state/calendardraft.svelte';
import { mendOf, type Calendar, type Reading } from '../../../state/calendars.svelte';

/** How a source is looked at: the host's zone and the time of now. */
export interface View {
  readonly zone: Zone;
  readonly now: At;
}

/** How a source stands, in a word. */
export interface Standing {
  readonly tone: 'ok' | 'warn' | 'bad' | 'line';
  readonly text: string;
}

/** Why a source is not up to date, and what that means. */
export interface Trouble {
  readonly tone: 'warn' | 'bad';
  readonly title: string;
  readonly text: string;
  /** What the other side said, and how often it was tried. */
  readonly said: string;
}

/** "Up to date", "From 3 h 12 min ago", "Unknown". */
export function standingOf(reading: Reading, { now }: View): Standing {
  if (reading.state === 'fresh') return { tone: 'ok', text: t('win.calendars.state.fresh') };
  if (!reading.tried) return { tone: 'line', text: t('win.calendars.state.new') };
  if (reading.state !== 'stale') return { tone: 'bad', text: t('win.calendars.state.unreadable') };
  const age = span(Math.max(1, Math.floor(minutesBetween(reading.good, now))));
  return { tone: 'warn', text: t('win.calendars.state.stale', { span: age }) };
}

/** What Zoom said of a failure, and how often it was tried. */
export function zoomSaid({ code, words, fails }: Reading): string {
  const why = words || (code && faultWords(code).what);
  return [why && sentence(why), fails > 0 ? n('win.calendars.tries', fails) : ''].filter(Boolean).join(' · ');
}

/** What keeps a source from being up to date; nothing when it is. */
export function troubleOf(reading: Reading, view: View): Trouble | undefined {
  if (reading.state === 'fresh') return undefined;
  const tone = reading.state === 'stale' ? 'warn' : 'bad';
  return { tone, title: titleOf(reading), text: meaning(reading, view), said: said(reading) };
}

// What can befall anything else as well is better told by the words of the case.
function titleOf({ code, words, tried }: Reading): string {
  const own = code.startsWith('calendar-') || !words;
  if (code) return own ? faultWords(code).what : capital(words);
  return tried ? t('win.calendars.unknown.stopped') : t('win.calendars.unknown.new');
}

function meaning(reading: Reading, view: View): string {
  const [good, until] = [moment(reading.good, view), moment(reading.until, view)];
  if (reading.state === 'stale') return t('win.calendars.stale.means', { good, until });
  const old = good && t('win.calendars.unknown.old', { good });
  return [old, t('win.calendars.unknown.means')].filter(Boolean).join(' ');
}

function said({ code, words, fails }: Reading): string {
  const more = code.startsWith('calendar-') && words ? sentence(words) : '';
  const tries = fails > 0 ? n('win.calendars.tries', fails) : '';
  return [more, tries].filter(Boolean).join(' · ');
}

/** "today, 7:12"; empty for never. */
export function moment(at: At, { zone, now }: View): string {
  const day = nearDay(at, zone, now);
  return day && t('win.video.when', { day, clock: clock(at, zone) });
}

/** "in 4 min", or that it is due. */
export function nextLook(next: At, now: At): string {
  return millis(next) - millis(now) > 30_000 ? relative(next, now) : t('win.calendars.fact.next.now');
}

/** "ICS feed, calendar.google.com (secret address)", "CalDAV, cloud.example.com · anna". */
export function whereOf({ kind, address, login }: Calendar): string {
  const place = kind === 'file' ? address : hostOf(address);
  const key = `win.calendars.kind.${kind}`;
  const where = has(key) ? t(key, { place }) : place;
  return login ? t('win.calendars.kind.login', { where, login }) : where;
}

function hostOf(address: string): string {
  return /^[a-z]+:\/\/([^/]+)/i.exec(address)?.[1] ?? address;
}

/** The words of the button that mends a calendar. */
export function mendWords(calendar: Calendar): string {
  switch (mendOf(calendar)) {
    case 'password':
      return t('win.calendars.password.new');
    case 'address':
      return t('win.calendars.address.new');
    case 'near':
      return t('win.calendars.near.mend');
    case 'file':
      return t('win.calendars.file.again');
    case 'key':
      return t('win.calendars.key.open');
    default:
      return t('win.calendars.look');
  }
}
