import { describe, expect, it } from 'vitest';
import { rove } from './roving';

const all = [true, true, true];

describe('rove', () => {
  it.each([
    ['ArrowRight', 0, 1],
    ['ArrowRight', 2, 0],
    ['ArrowLeft', 0, 2],
    ['ArrowDown', 1, 2],
    ['Home', 2, 0],
    ['End', 0, 2],
  ])('%s from %i leads to %i', (key, from, wanted) => {
    expect(rove(key, from, all)).toBe(wanted);
  });

  it('steps over what is not open', () => {
    expect(rove('ArrowRight', 0, [true, false, true])).toBe(2);
    expect(rove('Home', 2, [false, true, true])).toBe(1);
    expect(rove('End', 0, [true, true, false])).toBe(1);
  });

  it('keeps to its axis', () => {
    expect(rove('ArrowDown', 0, all, 'row')).toBeUndefined();
    expect(rove('ArrowRight', 0, all, 'column')).toBeUndefined();
  });

  it('leaves other keys alone and does not run for ever', () => {
    expect(rove('a', 0, all)).toBeUndefined();
    expect(rove('ArrowRight', 0, [false, false])).toBeUndefined();
    expect(rove('End', 0, [])).toBeUndefined();
  });
});
