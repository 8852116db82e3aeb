import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../../i18n/i18n.svelte';
import { keptName, openingWords, shownName, troubleWords, weekdays, weekWords } from './words';

const day = [{ from: 540, to: 1020 }];

beforeEach(() => setLanguage('en'));

describe('hours in words', () => {
  it('say midnight at the end, and what is of the next day', () => {
    expect(
      [
        { from: 540, to: 720 },
        { from: 1200, to: 1440 },
        { from: 1320, to: 1560 },
      ].map(openingWords),
    ).toEqual(['9:00–12:00', '20:00–24:00', '22:00–2:00 the next day']);
  });

  it('put the days of a week together', () => {
    expect(weekWords([day, day, day, day, day, [{ from: 1320, to: 1560 }], []])).toBe(
      'Mon–Fri 9:00–17:00, Sat 22:00–2:00',
    );
    expect(weekWords([[], [], [], [], [], [], []])).toBe('always closed');
  });

  it('say what is wrong, in both languages', async () => {
    const meet = [...day, { from: 960, to: 1080 }];
    expect(troubleWords(day)).toBeUndefined();
    expect(troubleWords(meet)).toBe('The hours 9:00–17:00 and 16:00–18:00 overlap.');
    expect(troubleWords([{ from: 540, to: 540 }])).toContain('The hours 9:00–9:00 have no length');
    expect(troubleWords([{ from: NaN, to: 540 }])).toBe('Write the time like this: 9:05');
    await setLanguage('pl');
    expect(troubleWords(meet)).toBe('Godziny 9:00–17:00 i 16:00–18:00 nachodzą na siebie.');
    expect(weekdays()[2]).toEqual({ short: 'śr.', name: 'Środa' });
  });
});

describe('the name of a schedule', () => {
  it('is ours for the one that a first topic brings along', () => {
    expect([shownName('default'), shownName('Wieczory'), shownName(' ')]).toEqual([
      'Working hours',
      'Wieczory',
      'New schedule',
    ]);
    expect([keptName('Working hours '), keptName('Wieczory ')]).toEqual(['default', 'Wieczory ']);
  });
});
