import { describe, expect, it } from 'vitest';
import { office, topic } from '../../bridge/fake/world';
import type { Conflict } from '../../state/newbooking.svelte';
import { rulesOf } from './rules';

const advice = { ...topic('porada', 'Porada', 'blue', 60), schedule: 'Wieczory' };
const against = (code: string): Conflict => ({
  start: office().now,
  code,
  item: '',
  itemStart: '',
  itemEnd: '',
  source: 'topic',
  checkedAt: '',
  overlap: 0,
  nearest: [],
});

describe('the rules that stand against a start', () => {
  it.each([
    ['too-soon', 'Change the notice', { name: 'topics', topic: 'porada', field: 'notice' }],
    ['too-far', 'Change how far ahead', { name: 'topics', topic: 'porada', field: 'maxDays' }],
    ['day-limit', 'Change the daily limit', { name: 'topics', topic: 'porada', field: 'dailyLimit' }],
    ['week-limit', 'Change the weekly limit', { name: 'topics', topic: 'porada', field: 'weeklyLimit' }],
    ['buffer', 'Change the breaks', { name: 'topics', topic: 'porada', field: 'buffer' }],
    ['off-hours', 'Change the schedule', { name: 'schedules', schedule: 'Wieczory' }],
    ['date-closed', 'Change the schedule', { name: 'schedules', schedule: 'Wieczory' }],
    ['topic-off', 'Open the topic', { name: 'topics', topic: 'porada' }],
    ['source-unknown', 'Check the calendars', { name: 'integrations', tab: 'calendars' }],
  ])('%s leads to where it is changed', (code, label, screen) => {
    expect(rulesOf([against(code)], advice)).toEqual([{ label, screen }]);
  });

  it('are none for what holds the time, and each is there once', () => {
    expect(rulesOf(['past', 'busy-zoom', 'busy-booking', 'busy-calendar'].map(against), advice)).toEqual([]);
    expect(rulesOf(['date-closed', 'off-hours', 'buffer', 'buffer'].map(against), advice)).toHaveLength(2);
  });
});
