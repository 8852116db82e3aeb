import { beforeEach, describe, expect, it } from 'vitest';
import { topic } from '../../bridge/fake/world';
import { setLanguage } from '../../i18n/i18n.svelte';
import { hours, hueOfTopic, length, lengths, topicLine } from './words';

const week = (...days: string[][]) => ({ name: 'default', zone: 'Europe/Warsaw', hours: days });
const day = ['9:00-17:00'];

beforeEach(() => setLanguage('en'));

describe('hours in short', () => {
  it('put days with the same hours together', () => {
    expect(hours(week(day, day, day, day, day, [], []))).toBe('Mon–Fri 9:00–17:00');
    expect(hours(week(day, day, [], day, day, ['10:00-12:00'], []))).toBe(
      'Mon–Tue 9:00–17:00, Thu–Fri 9:00–17:00, Sat 10:00–12:00',
    );
    expect(hours(week(['9:00-12:00', '13:00-17:00'], [], [], [], [], [], []))).toBe(
      'Mon 9:00–12:00, 13:00–17:00',
    );
  });

  it('say when nothing is open', () => expect(hours(week([], [], [], [], [], [], []))).toBe('always closed'));

  it('speak Polish', async () => {
    await setLanguage('pl');
    expect(hours(week(day, day, day, day, day, [], []))).toBe('pn.–pt. 9:00–17:00');
  });
});

describe('lengths', () => {
  it('are said in the biggest unit that is exact', () => {
    expect([0, 15, 60, 90, 240, 1440, 2880, 1500].map(length)).toEqual([
      '0 min',
      '15 min',
      '1 hour',
      '90 min',
      '4 hours',
      '1 day',
      '2 days',
      '25 hours',
    ]);
  });

  it('offer one that is not among the usual in its place', () => {
    expect(lengths([0, 15, 60], 7).map((choice) => choice.label)).toEqual([
      '0 min',
      '7 min',
      '15 min',
      '1 hour',
    ]);
    expect(lengths([0, 60], 60, 'win.topics.before.start', 'win.topics.before').map((c) => c.label)).toEqual([
      'until it begins',
      '1 hour before',
    ]);
  });

  it('have the Polish forms', async () => {
    await setLanguage('pl');
    expect([60, 120, 300].map(length)).toEqual(['1 godzina', '2 godziny', '5 godzin']);
  });
});

describe('a topic in short', () => {
  it('says length and place', () => {
    expect(topicLine(topic('a', 'A', 'blue', 45))).toBe('45 min, Zoom');
    expect(topicLine({ ...topic('a', 'A', 'blue', 45), places: [] })).toBe('45 min');
    expect(topicLine(topic('a', 'A', 'blue', 45, 'moon'))).toBe('45 min, moon');
  });

  it('has a hue even when its colour is unknown', () => {
    expect(hueOfTopic(topic('a', 'A', 'olive', 45))).toBe('olive');
    expect(hueOfTopic(topic('a', 'A', '#fff', 45))).toBe('slate');
  });
});
