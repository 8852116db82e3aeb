import { type Day } from '../../model/day';
import type { Instant } from '../../model/instant';
import { wallOf, type Zone } from '../../model/zone';

/** The instant at which a clock shows a time of a day, the first of two; nothing for a time that is skipped. */
export function instantAt(day: Day, minutes: number, zone: Zone): Instant | undefined {
  const utc = Date.parse(`${day}T00:00:00Z`) + minutes * 60_000;
  if (Number.isNaN(utc)) return undefined;
  const offsets = [-1, 1].map((way) => wallOf(utc + way * 86_400_000, zone)?.offset ?? 0);
  const found = offsets
    .map((offset) => utc - offset * 60_000)
    .sort((a, b) => a - b)
    .find((at) => {
      const wall = wallOf(at, zone);
      return wall?.day === day && wall.minutes === minutes;
    });
  return found === undefined ? undefined : new Date(found).toISOString().replace('.000', '');
}
