import { t } from '../../i18n/i18n.svelte';
import type { Day } from '../../model/day';
import { addDays } from '../../model/day';
import { longDay } from '../../model/time';
import { dayOf, type Zone } from '../../model/zone';
import type { Booking } from '../../state/bookings.svelte';

/** The bookings of one day. */
export interface Group {
  readonly day: Day;
  readonly title: string;
  readonly rows: readonly Booking[];
}

/** Parts bookings, which are in order, by the day they begin on in a zone. */
export function byDay(rows: readonly Booking[], zone: Zone, now: number): Group[] {
  const days = new Map<Day, Booking[]>();
  for (const booking of rows) {
    const day = dayOf(booking.start, zone);
    days.set(day, [...(days.get(day) ?? []), booking]);
  }
  return [...days].map(([day, list]) => ({ day, title: titleOf(list[0], zone, now), rows: list }));
}

function titleOf(first: Booking | undefined, zone: Zone, now: number): string {
  if (!first) return '';
  const day = longDay(first.start, zone, now);
  const today = dayOf(now, zone);
  const near = {
    [today]: 'today',
    [addDays(today, 1)]: 'tomorrow',
    [addDays(today, -1)]: 'yesterday',
  } as const;
  const key = near[dayOf(first.start, zone)];
  return capital(key ? t(`win.bookings.${key}`, { day }) : day);
}

// Polish writes the days of the week small, but not at the head of a list.
function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
