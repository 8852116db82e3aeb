import { type Day } from '../../model/day';
import type { Instant } from '../../model/instant';
import { wallOf, type Zone } from '../../model/zone';

/** Reads a time as people type it ("9:05", "9.05", "905", "9") as minutes after midnight. */
export function readClock(text: string): number | undefined {
  const parts = /^(\d{1,2})(?:\s*[:. h]?\s*(\d\d))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  return parts && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

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
