import { describe, expect, it } from 'vitest';
import { addDays, dayFrom, daysBetween, mondayOf, monthOf, partsOf, weekdayOf, weekOf } from './day';

describe('days', () => {
  it('go over the ends of months and years', () => {
    expect([addDays('2026-12-31', 1), addDays('2028-03-01', -1), dayFrom(2026, 13, 1)]).toEqual([
      '2027-01-01',
      '2028-02-29',
      '2027-01-01',
    ]);
    expect(partsOf('2026-11-24')).toEqual({ year: 2026, month: 11, day: 24 });
  });

  it('know week and month', () => {
    expect([weekdayOf('2026-11-24'), weekdayOf('2026-11-29'), monthOf('2026-11-24')]).toEqual([
      'tue',
      'sun',
      'nov',
    ]);
  });

  it.each([
    ['2026-11-24', 48],
    ['2026-12-31', 53],
    ['2027-01-03', 53],
    ['2027-01-04', 1],
    ['2025-12-29', 1],
    ['2024-12-30', 1],
  ])('%s is in week %i', (day, week) => {
    expect(weekOf(day)).toBe(week);
  });

  it('hold together, day by day through ten years', () => {
    let week = weekOf('2020-12-31');
    for (let day = '2021-01-01', past = 0; past < 3653; day = addDays(day, 1), past++) {
      const monday = mondayOf(day);
      expect(weekdayOf(monday)).toBe('mon');
      expect(daysBetween('2021-01-01', day)).toBe(past);
      expect(daysBetween(monday, day)).toBeGreaterThanOrEqual(0);
      expect(daysBetween(monday, day)).toBeLessThan(7);
      const next = weekOf(day);
      expect(next === week).toBe(monday !== day);
      week = next;
    }
  });

  it('are nothing where there is no day', () => {
    expect(addDays('soon', 1)).toBe('');
  });
});
