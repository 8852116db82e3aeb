import { t } from '../../i18n/i18n.svelte';
import { minutesBetween } from '../../model/instant';
import { range, relative, shortDay } from '../../model/time';
import type { Zone } from '../../model/zone';
import type { Booking } from '../../state/bookings.svelte';
import { standing, type Standing } from './standing';

/** What the row of a booking says. */
export interface RowWords {
  readonly sum: Standing;
  readonly times: string;
  /** What stands under the times; empty for nothing. */
  readonly under: string;
  /** The first of those who are invited, and their address where a name stands before it. */
  readonly who: string;
  readonly address: string;
  /** How many are invited besides. */
  readonly others: number;
  /** All who are invited, one to a line. */
  readonly everybody: string;
  /** The row in one sentence, for who does not see it. */
  readonly label: string;
}

/** Puts the row of a booking into words; `dated` where no head tells its day. */
export function rowWords(booking: Booking, zone: Zone, now: number, dated: boolean): RowWords {
  const { attendees, start, topicName: topic } = booking;
  const [first] = attendees;
  const sum = standing(booking, now);
  const times = range(start, booking.end, zone);
  const day = shortDay(start, zone, now);
  const who = first?.name || first?.email || '';
  return {
    sum,
    times,
    under: dated ? day : soon(booking, now),
    who,
    address: first?.name ? first.email : '',
    others: attendees.length - 1,
    everybody: attendees.map(({ name, email }) => (name ? `${name}, ${email}` : email)).join('\n'),
    label: t('win.bookings.row.label', { topic, when: `${day}, ${times}`, who, state: sum.text }),
  };
}

// Which of today's is on or comes next is what a host looks for.
function soon({ start, end }: Booking, now: number): string {
  const [to, left] = [minutesBetween(now, start), minutesBetween(now, end)];
  if (left <= 0 || to > 120) return '';
  return to <= 0 ? t('win.time.moment') : relative(start, now);
}
