import { has, t } from '../../i18n/i18n.svelte';
import type { At, Instant } from '../../model/instant';
import { millis } from '../../model/instant';
import { longDay, range, shortDay } from '../../model/time';
import { city, dayOf, isNight, type Zone } from '../../model/zone';

/** A meeting that may be booked. */
export interface Meeting {
  readonly start: Instant;
  readonly minutes: number;
  /** The host's zone. */
  readonly zone: Zone;
  readonly now: At;
}

/** When a meeting ends, in milliseconds. */
export function endOf({ start, minutes }: Meeting): number {
  return millis(start) + minutes * 60_000;
}

/** A text that begins a sentence. */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}

/** "Thursday 26 November, 15:15–16:15", by the host's clock. */
export function when(meeting: Meeting): string {
  const { start, zone, now } = meeting;
  return `${capital(longDay(start, zone, now))}, ${range(start, endOf(meeting), zone)}`;
}

/** "9:15–10:15 in New York.": by the attendee's clock, with the day where it is another one. */
export function whenThere(meeting: Meeting, there: Zone): string {
  const { start, zone, now } = meeting;
  const args = { range: range(start, endOf(meeting), there), city: city(there) };
  const here = dayOf(start, there) === dayOf(start, zone);
  const words = here
    ? t('win.newbooking.there', args)
    : t('win.newbooking.there.day', { ...args, day: capital(shortDay(start, there, now)) });
  return isNight(start, there) ? `${words} ${t('win.newbooking.there.night')}` : words;
}

/** A source by its name: "Zoom", "bookings", or what the host calls the calendar. */
export function sourceName(source: string): string {
  const key = `source.${source}`;
  return has(key) ? t(key) : source;
}

/** "Zoom, bookings and Home": sources in a sentence. */
export function sourceNames(sources: readonly string[]): string {
  const order = ['zoom', 'bookings'].filter((source) => sources.includes(source));
  const names = [...order, ...sources.filter((source) => !order.includes(source))].map(sourceName);
  const last = names.pop() ?? '';
  return names.length > 0 ? t('win.newbooking.and', { first: names.join(', '), last }) : last;
}
