import { beforeEach, describe, expect, it } from 'vitest';
import { topic } from '../../bridge/fake/world';
import { setLanguage } from '../../i18n/i18n.svelte';
import type { Conflict } from '../../state/newbooking.svelte';
import { conflictTitle, fixes, reasons } from './conflict';
import { sourceNames, when, whenThere } from './words';

const day = '2026-11-26';
const at = (time: string) => `${day}T${time}:00+01:00`;
const meeting = { start: at('15:30'), minutes: 60, zone: 'Europe/Warsaw', now: '2026-11-24T09:24:00Z' };
const advice = { ...topic('porada', 'Porada', 'blue', 60), dailyLimit: 3, weeklyLimit: 1 };

function conflict(code: string, more: Partial<Conflict> = {}): Conflict {
  return {
    start: meeting.start,
    code,
    item: '',
    itemStart: '',
    itemEnd: '',
    source: '',
    checkedAt: '',
    overlap: 0,
    nearest: [],
    ...more,
  };
}

const held = (from: string, to: string, code = 'busy-booking', source = 'bookings'): Conflict =>
  conflict(code, { item: 'Intro', itemStart: at(from), itemEnd: at(to), source, checkedAt: at('10:21') });

beforeEach(() => setLanguage('en'));

describe('the title', () => {
  it.each([
    [[held('16:15', '17:00')], '15:30 overlaps by 15 minutes'],
    [[held('15:00', '18:00')], '15:30 overlaps by 60 minutes'],
    [[held('15:00', '15:50'), held('15:40', '16:00')], '15:30 overlaps by 30 minutes'],
    [[held('16:29', '17:00')], '15:30 overlaps by 1 minute'],
    [[conflict('off-hours')], '15:30 is not free'],
    [[held('14:00', '15:30', 'buffer')], '15:30 is not free'],
    [[conflict('source-unknown')], 'It is not known whether 15:30 is free'],
  ])('counts what meets once (%#)', (list, title) => {
    expect(conflictTitle(list, meeting)).toBe(title);
  });

  it('counts in Polish', async () => {
    await setLanguage('pl');
    expect(conflictTitle([held('16:15', '17:00')], meeting)).toBe('15:30 koliduje o 15 minut');
    expect(conflictTitle([held('16:28', '17:00')], meeting)).toBe('15:30 koliduje o 2 minuty');
  });
});

describe('the reasons', () => {
  const said = (...list: Conflict[]) => reasons(list, meeting, advice);

  it('say what begins when, or how long it lasts, from which source and how old', () => {
    expect(said(held('16:15', '17:00'))).toEqual(['“Intro” (bookings) starts at 16:15.']);
    expect(said(held('15:00', '16:00', 'busy-zoom', 'zoom'))).toEqual([
      '“Intro” (Zoom, as of 10:21) lasts until 16:00.',
    ]);
    expect(said({ ...held('15:00', '16:00', 'busy-calendar', 'Home'), item: '' })).toEqual([
      '“no title” (Home, as of 10:21) lasts until 16:00.',
    ]);
  });

  it('name the day of something that ends on another', () => {
    const trip = { ...held('15:00', '15:00'), itemEnd: '2026-11-28T12:00:00+01:00' };
    expect(said(trip)).toEqual(['“Intro” (bookings) lasts until Sat 28 Nov, 12:00.']);
  });

  it('explain every rule in words', () => {
    expect(
      said(
        conflict('past'),
        conflict('too-soon'),
        conflict('too-far'),
        conflict('off-hours'),
        conflict('date-closed', { item: 'Christmas' }),
        held('14:30', '15:30', 'buffer'),
        conflict('day-limit'),
        conflict('week-limit'),
        conflict('topic-off'),
        conflict('host-not-active'),
        conflict('novel'),
      ),
    ).toEqual([
      'This time has passed.',
      'The topic needs notice: 4 h.',
      'The topic can be booked 90 days ahead at most.',
      'The meeting does not fit into the schedule’s hours.',
      'The schedule closes this day. Reason: Christmas.',
      '“Intro” (bookings), 14:30–15:30, is too close: there is to be a break between meetings.',
      'The topic allows 3 bookings a day, and this day is full.',
      'The topic allows 1 booking a week, and this week is full.',
      'The topic is switched off.',
      'The host cannot lead meetings now.',
      'novel',
    ]);
  });

  it('name a source that cannot be read, and when that was tried', () => {
    const unread = { source: 'zoom', item: 'no network', checkedAt: '2026-11-24T10:20:00+01:00' };
    expect(said(conflict('source-unknown', unread))).toEqual([
      'A source could not be read: Zoom (no network). Last try: 10:20.',
    ]);
    expect(said(conflict('source-unknown', { source: 'Home' }))).toEqual([
      'A source could not be read: Home.',
    ]);
  });

  it('are said once', () => {
    expect(said(conflict('past'), conflict('past'))).toHaveLength(1);
  });
});

it('names the nearest starts by how they lie to the one that is not free', () => {
  const nearest = [at('15:15'), at('15:45'), at('12:00'), at('17:00'), '2026-11-27T15:30:00+01:00'];
  expect(
    fixes([conflict('past'), conflict('off-hours', { nearest })], meeting).map((fix) => fix.label),
  ).toEqual([
    'A quarter earlier, 15:15',
    'A quarter later, 15:45',
    'Earlier, 12:00',
    'Later, 17:00',
    'Fri 27 Nov, 15:30',
  ]);
  expect(fixes([conflict('past')], meeting)).toEqual([]);
});

describe('a free start', () => {
  it('is said by both clocks', () => {
    expect(when(meeting)).toBe('Thursday 26 November, 15:30–16:30');
    expect(whenThere(meeting, 'America/New_York')).toBe('9:30–10:30 in New York.');
    expect(whenThere(meeting, 'Asia/Tokyo')).toBe('23:30–0:30 in Tokyo. It is night there.');
    expect(whenThere({ ...meeting, start: at('17:00') }, 'Asia/Tokyo')).toBe(
      'Fri 27 Nov, 1:00–2:00 in Tokyo. It is night there.',
    );
  });

  it('is said in Polish without bending a name', async () => {
    await setLanguage('pl');
    expect(when(meeting)).toBe('Czwartek 26 listopada, 15:30–16:30');
    expect(whenThere(meeting, 'America/New_York')).toBe('9:30–10:30, Nowy Jork.');
  });

  it('names what was checked, Zoom first', () => {
    expect(sourceNames(['bookings', 'zoom', 'Home'])).toBe('Zoom, bookings and Home');
    expect(sourceNames(['bookings'])).toBe('bookings');
    expect(sourceNames([])).toBe('');
  });
});
