import type { Booking } from '../bridge/backend';
import { minutesBetween, type At } from '../model/instant';

const before = 10;
const soon = 60;

/** The address a booking meets at; empty for none, or none yet. */
export function linkOf(booking: Booking): string {
  return booking.joinUrl || (booking.place.kind === 'link' ? booking.place.detail : '');
}

/** Says whether a booking has a link and is neither cancelled nor over. */
export function isJoinable(booking: Booking, now: At): boolean {
  return booking.state !== 'cancelled' && linkOf(booking) !== '' && minutesBetween(now, booking.end) > 0;
}

/** Says whether it is time to join: from ten minutes before the start to the end. */
export function isNear(booking: Booking, now: At): boolean {
  return isJoinable(booking, now) && minutesBetween(now, booking.start) <= before;
}

/** Says whether one may go there already, though it is early: an hour before the start. */
export function isSoon(booking: Booking, now: At): boolean {
  return isJoinable(booking, now) && minutesBetween(now, booking.start) <= soon;
}

/** The meeting to join: of those whose time it is the one that began last, else the next. */
export function nextToJoin(bookings: readonly Booking[], now: At): Booking | undefined {
  const open = bookings
    .filter((booking) => isJoinable(booking, now))
    .toSorted((a, b) => minutesBetween(b.start, a.start));
  return open.findLast((booking) => isNear(booking, now)) ?? open[0];
}
