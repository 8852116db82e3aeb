import { describe, expect, it } from 'vitest';
import {
  added,
  another,
  copied,
  drawn,
  endAfter,
  gone,
  moved,
  type Opening,
  removed,
  step,
  stretched,
  troubleOf,
  type Week,
} from './openings';

const at = (from: number, to: number): Opening => ({ from: from * 60, to: to * 60 });
const week: Week = [[at(9, 12), at(13, 17)], [at(9, 17)], [], [], [], [], [at(22, 26)]];

describe('what is wrong with a day', () => {
  it.each([
    ['nothing when they touch', [at(9, 12), at(12, 13)], undefined],
    ['nothing past midnight', [at(22, 26), at(9, 10)], undefined],
    ['they meet, whatever their order', [at(11, 13), at(9, 12)], 'meet'],
    ['one lies in another', [at(9, 17), at(10, 11)], 'meet'],
    ['no length', [at(9, 9)], 'none'],
    ['longer than a day', [at(9, 34)], 'none'],
    ['a time that is none', [at(9, NaN)], 'unread'],
  ])('%s', (_, list, kind) => expect(troubleOf(list)?.kind).toBe(kind));

  it('names the two that meet', () => {
    expect(troubleOf([at(11, 13), at(9, 12)])).toEqual({ kind: 'meet', a: at(9, 12), b: at(11, 13) });
  });
});

describe('drawing', () => {
  it('goes by quarters, either way', () => {
    expect(drawn([], 9 * 60 + 7, 10 * 60 + 1)).toEqual({ from: 540, to: 615 });
    expect(drawn([], 10 * 60 + 1, 9 * 60 + 7)).toEqual({ from: 540, to: 615 });
    expect(drawn([], 540, 540)).toEqual({ from: 540, to: 555 });
  });

  it('stops at others, and begins in none', () => {
    expect(drawn([at(13, 17)], 12 * 60, 15 * 60)).toEqual(at(12, 13));
    expect(drawn([at(9, 12)], 12 * 60 + 30, 8 * 60)).toEqual({ from: 720, to: 765 });
    expect(drawn([at(9, 12)], 10 * 60, 15 * 60)).toBeUndefined();
  });

  it('goes past midnight', () => expect(drawn([], 22 * 60, 25 * 60)).toEqual({ from: 1320, to: 1515 }));
});

describe('moving', () => {
  it('keeps the length, on the same day or another', () => {
    expect(moved(week, { day: 0, at: 0 }, 0, 8 * 60)?.[0]).toEqual([at(8, 11), at(13, 17)]);
    const to = moved(week, { day: 0, at: 0 }, 2, 9 * 60);
    expect([to?.[0], to?.[2]]).toEqual([[at(13, 17)], [at(9, 12)]]);
  });

  it('does not go over another, nor out of the day', () => {
    expect(moved(week, { day: 0, at: 0 }, 0, 11 * 60)).toBeUndefined();
    expect(moved(week, { day: 0, at: 0 }, 1, 9 * 60)).toBeUndefined();
    expect(moved(week, { day: 0, at: 0 }, 0, -15)).toBeUndefined();
    expect(moved(week, { day: 0, at: 0 }, 2, 1440)).toBeUndefined();
    expect(moved(week, { day: 0, at: 0 }, 7, 0)).toBeUndefined();
  });
});

describe('stretching', () => {
  it('stops at others, at a quarter, and at a day’s length', () => {
    expect(stretched(week, { day: 0, at: 0 }, 'to', 15 * 60)[0]).toEqual([at(9, 13), at(13, 17)]);
    expect(stretched(week, { day: 0, at: 1 }, 'from', 0)[0]).toEqual([at(9, 12), at(12, 17)]);
    expect(stretched(week, { day: 0, at: 0 }, 'to', 0)[0]?.[0]).toEqual({ from: 540, to: 555 });
    expect(stretched(week, { day: 0, at: 0 }, 'from', 900)[0]?.[0]).toEqual({ from: 705, to: 720 });
    expect(stretched(week, { day: 1, at: 0 }, 'to', 9000)[1]).toEqual([at(9, 33)]);
    expect(stretched(week, { day: 6, at: 0 }, 'from', 0)[6]).toEqual([at(2, 26)]);
    expect(stretched(week, { day: 3, at: 0 }, 'to', 600)).toBe(week);
  });
});

describe('keys', () => {
  const go = (day: number, at: number, days: number, quarters: number, end?: 'from' | 'to') =>
    gone(week, { day, at }, end ? { days, quarters, end } : { days, quarters });

  it('lead by quarters and days, and tell where the opening is then', () => {
    expect(go(0, 0, 0, -1)).toMatchObject({ place: { day: 0, at: 0 } });
    expect(go(0, 0, 0, -1)?.week[0]?.[0]).toEqual(at(8.75, 11.75));
    expect(go(0, 1, 2, 0)).toMatchObject({ place: { day: 2, at: 0 } });
    expect(go(0, 0, 0, 4)?.week[0]?.[0]).toEqual(at(10, 13));
    expect(go(0, 0, 0, -1, 'to')?.week[0]?.[0]).toEqual(at(9, 11.75));
    expect(go(0, 1, 0, -2, 'from')).toMatchObject({ place: { day: 0, at: 1 } });
    expect(go(0, 1, 0, -2, 'from')?.week[0]?.[1]).toEqual(at(12.5, 17));
  });

  it('lead nowhere where there is no room', () => {
    const tight: Week = [[at(9, 12), at(12, 13)], [at(9, 17)], [], [], [], [], []];
    expect(gone(tight, { day: 0, at: 0 }, { days: 0, quarters: 1, end: 'to' })).toBeUndefined();
    expect(gone(tight, { day: 0, at: 0 }, { days: 0, quarters: 1 })).toBeUndefined();
    expect(gone(tight, { day: 0, at: 0 }, { days: 1, quarters: 0 })).toBeUndefined();
    expect(gone(tight, { day: 0, at: 0 }, { days: -1, quarters: 0 })).toBeUndefined();
    expect(gone(tight, { day: 4, at: 0 }, { days: 0, quarters: 1 })).toBeUndefined();
  });
});

describe('other changes', () => {
  it('add in order, remove and copy', () => {
    expect(added(week, 1, at(6, 8))[1]).toEqual([at(6, 8), at(9, 17)]);
    expect(removed(week, { day: 0, at: 0 })[0]).toEqual([at(13, 17)]);
    expect(copied(week, 0, [2, 3]).map((list) => list.length)).toEqual([2, 1, 2, 2, 0, 0, 1]);
  });

  it('find room for one more', () => {
    expect(another([])).toEqual(at(9, 17));
    expect(another([at(9, 12)])).toEqual(at(13, 14));
    expect(another([at(9, 22.5)])).toEqual(at(23.5, 24));
    expect(another([at(9, 26)])).toEqual(at(7, 8));
    expect(another([at(0, 24)])).toBeUndefined();
  });

  it('step to whole quarters', () => {
    expect([step(550, 1), step(550, -1), step(540, 1), step(540, -1)]).toEqual([555, 540, 555, 525]);
  });

  it('read an end before the beginning as of the next day', () => {
    expect([endAfter(1320, 120), endAfter(540, 540), endAfter(540, 1440)]).toEqual([1560, 540, 1440]);
  });
});
