import { type Instant, millis } from './instant';

/** How the clocks of a zone go for a while: so many minutes before Greenwich. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant;
  readonly minutes: number;
}

interface Known {
  readonly from: number;
  readonly to: number;
  readonly away: number;
}

const known = new Map<string, readonly Known[]>();

/**
 * Keeps how the clocks of a zone go, as Go told it. What the engine knows of zones and calendars takes the window three
 * megabytes as soon as it is asked for the first time.
 */
export function keepClocks(zone: string, stretches: readonly Stretch[]): void {
  known.set(
    zone,
    stretches.map(({ from, to, minutes }) => ({
      from: millis(from),
      to: millis(to),
      away: minutes * 60_000,
    })),
  );
}

/** Milliseconds that the clocks of a zone are before Greenwich; nothing where that was not told. */
export function keptAway(ms: number, zone: string): number | undefined {
  return known.get(zone)?.find(({ from, to }) => from <= ms && ms < to)?.away;
}
