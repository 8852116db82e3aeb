import { beforeEach, describe, expect, it } from 'vitest';
import { form, LANGS } from '../i18n/forms';
import { setLanguage } from '../i18n/i18n.svelte';
import table from './testdata/times.json';
import {
  clock,
  clockOf,
  date,
  daysTitle,
  longDay,
  meetingLength,
  miniWeekday,
  monthTitle,
  nearDay,
  nowIn,
  railClock,
  range,
  relative,
  shortDay,
  shortWeekday,
  span,
  weekday,
} from './time';
import { city, offset, place } from './zone';

const warsaw = 'Europe/Warsaw';
const now = '2026-11-24T09:24:00Z';

beforeEach(() => setLanguage('en'));

describe.each(LANGS)('the table of Go, in %s', (lang) => {
  it('is printed the same', async () => {
    await setLanguage(lang);
    expect(table.times.length).toBeGreaterThan(100);
    for (const row of table.times) {
      const printed = {
        clock: clock(row.at, row.zone),
        range: range(row.at, row.end, row.zone),
        offset: offset(row.at, row.zone),
        date: date(row.at, row.zone),
        day: longDay(row.at, row.zone, table.now),
        weekday: weekday(row.at, row.zone),
        city: city(row.zone),
        place: place(row.zone, row.at),
      };
      const { clock: c, range: r, offset: o } = row;
      expect(printed, `${row.at} ${row.zone}`).toEqual({ clock: c, range: r, offset: o, ...row.words[lang] });
    }
  });

  it('has the same plural forms', () => {
    for (const [count, wanted] of Object.entries(table.forms[lang])) {
      expect(form(lang, Number(count)), count).toBe(wanted);
    }
  });
});

describe('clocks', () => {
  it('have no leading zero in prose and one in rails', () => {
    expect([0, 5, 555, 1439, 1440].map(clockOf)).toEqual(['0:00', '0:05', '9:15', '23:59', '0:00']);
    expect([0, 555, 750].map(railClock)).toEqual(['00:00', '09:15', '12:30']);
  });

  it('say what the time is elsewhere', async () => {
    expect(nowIn('America/New_York', now)).toBe('now 4:24');
    await setLanguage('pl');
    expect(nowIn('America/New_York', now)).toBe('teraz 4:24');
  });
});

describe('days', () => {
  it.each([
    ['2026-11-24T22:59:00Z', 'today', 'dziś'],
    ['2026-11-24T23:00:00Z', 'tomorrow', 'jutro'],
    ['2026-11-23T22:59:00Z', 'yesterday', 'wczoraj'],
    ['2026-11-22T10:00:00Z', 'Sunday 22 November', 'niedziela 22 listopada'],
    ['2027-01-01T10:00:00Z', 'Friday 1 January 2027', 'piątek 1 stycznia 2027'],
  ])('%s is %s', async (at, english, polish) => {
    expect(nearDay(at, warsaw, now)).toBe(english);
    await setLanguage('pl');
    expect(nearDay(at, warsaw, now)).toBe(polish);
  });

  it('are those of the zone', () => {
    expect(nearDay('2026-11-25T02:00:00Z', 'America/New_York', now)).toBe('today');
    expect(nearDay('2026-11-25T02:00:00Z', warsaw, now)).toBe('tomorrow');
  });

  it('have short names', async () => {
    const names = () => [
      shortDay('2026-11-27T10:00:00Z', warsaw, now),
      shortDay('2027-05-03T10:00:00Z', warsaw, now),
      shortWeekday('2026-11-29'),
      miniWeekday('2026-11-25'),
    ];
    expect(names()).toEqual(['Fri 27 Nov', 'Mon 3 May 2027', 'Sun', 'We']);
    await setLanguage('pl');
    expect(names()).toEqual(['pt. 27 lis', 'pn. 3 maj 2027', 'nd.', 'śr']);
  });

  it('have titles', async () => {
    const titles = () => [
      monthTitle('2026-11-24'),
      daysTitle('2026-11-23', '2026-11-29'),
      daysTitle('2026-11-30', '2026-12-06'),
      daysTitle('2026-12-28', '2027-01-03'),
    ];
    expect(titles()).toEqual([
      'November 2026',
      '23–29 November 2026',
      '30 November – 6 December 2026',
      '28 December 2026 – 3 January 2027',
    ]);
    await setLanguage('pl');
    expect(titles()).toEqual([
      'listopad 2026',
      '23–29 listopada 2026',
      '30 listopada – 6 grudnia 2026',
      '28 grudnia 2026 – 3 stycznia 2027',
    ]);
  });
});

describe('lengths and distances', () => {
  it.each([
    [0, '0 min'],
    [45, '45 min'],
    [66, '1 h 6 min'],
    [120, '2 h'],
  ])('%i minutes are %s', (minutes, wanted) => {
    expect(span(minutes)).toBe(wanted);
  });

  it.each([
    [15, '15 min'],
    [90, '90 min'],
    [179, '179 min'],
    [180, '3 h'],
    [210, '3 h 30 min'],
    [1440, '24 h'],
  ])('a meeting of %i minutes', (minutes, wanted) => expect(meetingLength(minutes)).toBe(wanted));

  it.each([
    [0, 'now', 'teraz'],
    [0.4, 'now', 'teraz'],
    [66, 'in 1 h 6 min', 'za 1 h 6 min'],
    [-3, '3 min ago', '3 min temu'],
    [1439, 'in 23 h 59 min', 'za 23 h 59 min'],
    [1440, 'in 1 day', 'za 1 dzień'],
    [-36 * 60, '2 days ago', '2 dni temu'],
  ])('%d minutes from now is %s', async (minutes, english, polish) => {
    const at = Date.parse(now) + minutes * 60_000;
    expect(relative(at, now)).toBe(english);
    await setLanguage('pl');
    expect(relative(at, now)).toBe(polish);
  });
});

describe('what is no instant', () => {
  it.each(['', 'now', '2026-11-27', '2026-13-40T25:00:00Z', '2026-11-27 14:15:00Z'])(
    '%j is nothing',
    (at) => {
      const written = [clock(at, warsaw), date(at, warsaw), weekday(at, warsaw), relative(at, now)];
      const days = [longDay(at, warsaw, now), nearDay(at, warsaw, now), shortDay(at, warsaw, now)];
      expect([...written, ...days].join('')).toBe('');
    },
  );
});
