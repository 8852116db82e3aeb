import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../i18n/i18n.svelte';
import { readClock, readDay, writeDay } from './typed';

beforeEach(() => setLanguage('en'));

describe('readClock', () => {
  it.each([
    ['9:05', 545],
    ['09.05', 545],
    ['905', 545],
    ['1530', 930],
    [' 9 ', 540],
    ['0:00', 0],
    ['24:00', undefined],
    ['9:60', undefined],
    ['9:5', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('reads %j', (text, minutes) => {
    expect(readClock(text)).toBe(minutes);
  });
});

describe('days', () => {
  const today = '2026-11-24';

  it.each([
    ['24 Dec 2026', '2026-12-24'],
    ['24 december 2026', '2026-12-24'],
    ['24.12.2026', '2026-12-24'],
    ['4/1/2027', '2027-01-04'],
    [' 2026-12-04 ', '2026-12-04'],
    ['24.12', '2026-12-24'],
    ['24 dec', '2026-12-24'],
    ['24.11', '2026-11-24'],
    ['23.11', '2027-11-23'],
    ['29.2', undefined],
    ['29.2.2028', '2028-02-29'],
    ['31.4.2027', undefined],
    ['24 foo', undefined],
    ['soon', undefined],
    ['', undefined],
  ])('are read: %j', (text, day) => expect(readDay(text, today)).toBe(day));

  it('are read as they are written, in both languages', async () => {
    for (const lang of ['pl', 'en'] as const) {
      await setLanguage(lang);
      for (let month = 1; month <= 12; month++) {
        const day = `2027-${String(month).padStart(2, '0')}-05`;
        expect(readDay(writeDay(day), today)).toBe(day);
      }
    }
    await setLanguage('pl');
    expect(writeDay('2026-12-24')).toBe('24 gru 2026');
    expect(readDay('24 grudnia', today)).toBe('2026-12-24');
  });
});
