import { describe, expect, it, vi } from 'vitest';
import type { DayOffer, Offer } from '../bridge/backend';
import { Fault } from '../bridge/fault';
import { OpenDays } from './opendays.svelte';

type Ask = ConstructorParameters<typeof OpenDays>[0];

function offer(dates: string[], more: Partial<Offer> = {}): Offer {
  const days: DayOffer[] = dates.map((date) => ({
    date,
    load: 0,
    free: 1,
    blocks: [],
    cells: [{ start: `${date}T10:00:00+01:00`, minute: 600, free: true, code: '', item: '' }],
  }));
  return {
    zone: 'Europe/Warsaw',
    days,
    earlier: true,
    later: true,
    checkedAt: '',
    sources: [],
    unknown: [],
    ...more,
  };
}

const week = ['2026-11-25', '2026-11-26', '2026-11-27'];

describe('the days', () => {
  it('begin with the first that has something free', async () => {
    const page = offer(week);
    page.days[0] = { ...(page.days[0] as DayOffer), free: 0 };
    const days = new OpenDays(async () => page);
    await days.open('advice');
    expect([days.day, days.shown?.date, days.busy]).toEqual(['2026-11-26', '2026-11-26', false]);
  });

  it('begin around an instant, by the clock of the host', async () => {
    const ask = vi.fn<Ask>(async () => offer(week));
    const days = new OpenDays(ask);
    await days.open('advice', '2026-11-25T23:30:00Z', 'Europe/Warsaw');
    expect(ask).toHaveBeenCalledWith('advice', '2026-11-26', false);
    expect(days.day).toBe('2026-11-26');
  });

  it('are turned page by page, to the edge that is nearest', async () => {
    const ask = vi.fn<Ask>(async () => offer(week));
    const days = new OpenDays(ask);
    await days.open('advice');
    ask.mockResolvedValueOnce(offer(['2026-11-30', '2026-12-01']));
    await days.turn(false);
    expect([ask.mock.lastCall, days.day]).toEqual([['advice', '2026-11-28', false], '2026-11-30']);
    await days.turn(true);
    expect([ask.mock.lastCall, days.day]).toEqual([['advice', '2026-11-30', true], '2026-11-27']);
  });

  it('are stepped through, and turned past the end only while there is more', async () => {
    const ask = vi.fn<Ask>(async () => offer(week, { later: false }));
    const days = new OpenDays(ask);
    await days.open('advice');
    await days.step(1);
    await days.step(1);
    await days.step(1);
    await days.step(7);
    expect([days.day, ask.mock.calls.length]).toEqual(['2026-11-27', 1]);
    await days.step(-7);
    expect(ask.mock.calls.length).toBe(2);
  });

  it('keep the day that is looked at when they are asked for again', async () => {
    const days = new OpenDays(async () => offer(week));
    await days.open('advice');
    days.day = '2026-11-27';
    await days.again();
    expect(days.day).toBe('2026-11-27');
  });

  it('begin today when none are left from the day on that was shown', async () => {
    const ask = vi.fn<Ask>(async (_, from) => (from === '' ? offer(week) : offer([])));
    const days = new OpenDays(ask);
    await days.open('advice');
    expect(await days.again()).toBe(true);
    expect([ask.mock.lastCall, days.shown?.date]).toEqual([['advice', '', false], '2026-11-25']);
  });

  it('of two answers are those of the one asked for later', async () => {
    const answers: ((page: Offer) => void)[] = [];
    const days = new OpenDays(() => new Promise((done) => answers.push(done)));
    const first = days.open('advice');
    const second = days.open('intro');
    answers[1]?.(offer(['2026-11-27']));
    answers[0]?.(offer(['2026-11-25']));
    expect(await Promise.all([first, second])).toEqual([false, true]);
    expect(days.offer?.days.map((day) => day.date)).toEqual(['2026-11-27']);
  });

  it('of another topic are not left when the new ones cannot be read', async () => {
    const ask = vi.fn<Ask>(async () => offer(week));
    const days = new OpenDays(ask);
    await days.open('advice');
    ask.mockRejectedValue(new Fault('offline'));
    expect(await days.again()).toBe(false);
    expect([days.offer?.days.length, days.fault?.code]).toEqual([3, 'offline']);
    await days.open('intro');
    expect([days.offer, days.fault?.code]).toEqual([undefined, 'offline']);
  });

  it('find a start however it is written', async () => {
    const days = new OpenDays(async () => offer(week));
    await days.open('advice');
    expect(days.cell('2026-11-26T09:00:00Z')?.start).toBe('2026-11-26T10:00:00+01:00');
    expect(days.cell('2026-11-26T09:15:00Z')).toBeUndefined();
  });
});
