import { afterEach, describe, expect, it, vi } from 'vitest';
import { keepClocks, keptAway } from './clocks';
import { wallOf } from './zone';

const warsaw = [
  { from: '2025-11-24T09:24:00Z', to: '2026-03-29T01:00:00Z', minutes: 60 },
  { from: '2026-03-29T01:00:00Z', to: '2026-10-25T01:00:00Z', minutes: 120 },
];

describe('clocks that Go told of', () => {
  afterEach(() => {
    keepClocks('Europe/Warsaw', []);
    vi.restoreAllMocks();
  });

  it('turn at the instant and not before', () => {
    keepClocks('Europe/Warsaw', warsaw);
    const turn = Date.UTC(2026, 2, 29, 1);
    expect(keptAway(turn - 1, 'Europe/Warsaw')).toBe(3_600_000);
    expect(keptAway(turn, 'Europe/Warsaw')).toBe(7_200_000);
  });

  it('are not known beyond what was told, nor in another zone', () => {
    keepClocks('Europe/Warsaw', warsaw);
    expect(keptAway(Date.UTC(2026, 9, 25, 1), 'Europe/Warsaw')).toBeUndefined();
    expect(keptAway(Date.UTC(2025, 10, 24, 9), 'Europe/Warsaw')).toBeUndefined();
    expect(keptAway(Date.UTC(2026, 5, 1), 'Asia/Tokyo')).toBeUndefined();
    expect(wallOf('2026-12-01T12:00:00Z', 'Europe/Warsaw')?.hour).toBe(13);
  });

  it('leave the calendars of the engine alone', () => {
    const asked = vi.spyOn(Intl, 'DateTimeFormat');
    keepClocks('Europe/Vilnius', [
      { from: '2026-03-29T01:00:00Z', to: '2026-10-25T01:00:00Z', minutes: 180 },
    ]);
    expect(wallOf('2026-07-01T12:00:00Z', 'Europe/Vilnius')?.hour).toBe(15);
    expect(asked).not.toHaveBeenCalled();
  });
});
