import type { Start, Stretch } from '../quarters';
import { type Zone, wallOf } from '../zone';

/** A start for tests, with a name to find it by. */
export interface Cell extends Start {
  readonly code: string;
}

const written = (ms: number) => new Date(ms).toISOString().replace('.000', '');

/** All starts of a day by the clock of a zone, a step apart from midnight on; free where `free` says so. */
export function dayOfStarts(day: string, zone: Zone, step: number, free = (_minute: number) => true): Cell[] {
  return minutesOf(day, zone)
    .filter(({ minute }) => minute % step === 0)
    .map(({ start, minute }) => {
      const open = free(minute);
      return { start, minute, free: open, code: open ? '' : 'busy-booking' };
    });
}

const known = new Map<string, readonly { start: string; minute: number }[]>();

function minutesOf(day: string, zone: Zone): readonly { start: string; minute: number }[] {
  const name = `${day} ${zone}`;
  const minutes = known.get(name) ?? reckoned(day, zone);
  known.set(name, minutes);
  return minutes;
}

function reckoned(day: string, zone: Zone): { start: string; minute: number }[] {
  const noon = Date.parse(`${day}T12:00:00Z`);
  const around = Array.from({ length: 48 * 60 }, (_, i) => noon + (i - 24 * 60) * 60_000);
  return around.flatMap((ms) => {
    const wall = wallOf(ms, zone);
    return wall?.day === day ? [{ start: written(ms), minute: wall.minutes }] : [];
  });
}

/** A stretch of a day in UTC: stretch('10:00', '12:30'). */
export function stretch(from: string, to: string, day = '2026-11-26'): Stretch {
  return { start: `${day}T${from}:00Z`, end: `${day}T${to}:00Z` };
}

/** Numbers that look random and are the same in every run. */
export function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
