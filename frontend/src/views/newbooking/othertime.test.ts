import { describe, expect, it } from 'vitest';
import { instantAt } from './othertime';

describe('instantAt', () => {
  it.each([
    ['2026-11-26', 545, 'Europe/Warsaw', '2026-11-26T08:05:00Z'],
    ['2026-07-01', 0, 'Europe/Warsaw', '2026-06-30T22:00:00Z'],
    ['2026-11-26', 545, 'Asia/Kathmandu', '2026-11-26T03:20:00Z'],
    ['2026-11-26', 1439, 'America/New_York', '2026-11-27T04:59:00Z'],
  ])('is what the clock of the zone shows: %s %i %s', (day, minutes, zone, at) => {
    expect(instantAt(day, minutes, zone)).toBe(at);
  });

  it('takes the first of two hours and knows the one that is skipped', () => {
    expect(instantAt('2026-10-25', 150, 'Europe/Warsaw')).toBe('2026-10-25T00:30:00Z');
    expect(instantAt('2026-03-29', 150, 'Europe/Warsaw')).toBeUndefined();
    expect(instantAt('2026-03-29', 180, 'Europe/Warsaw')).toBe('2026-03-29T01:00:00Z');
  });

  it('is nothing without a day', () => {
    expect(instantAt('', 545, 'Europe/Warsaw')).toBeUndefined();
  });
});
