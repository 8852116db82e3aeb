import { describe, expect, it } from 'vitest';
import { place, type Wish } from './place';

const view = { width: 1000, height: 800 };
const under: Wish = { side: 'bottom', align: 'start', gap: 4 };

/** A button of 100 × 30 at the place. */
const button = (left: number, top: number) => ({ left, top, right: left + 100, bottom: top + 30 });

describe('a sheet', () => {
  it('lies under the button, with its left edge', () => {
    expect(place(button(200, 100), { width: 300, height: 200 }, view, under)).toEqual({
      side: 'bottom',
      left: 200,
      top: 134,
      room: 658,
    });
  });

  it.each([
    ['center', 100],
    ['end', 0],
  ] as const)('is aligned to the %s', (align, left) => {
    const spot = place(button(200, 100), { width: 300, height: 50 }, view, { ...under, align });
    expect(spot.left).toBe(left === 0 ? 8 : left);
  });

  it('goes to the other side where it does not fit', () => {
    const spot = place(button(200, 700), { width: 300, height: 200 }, view, under);
    expect(spot).toMatchObject({ side: 'top', top: 700 - 4 - 200, room: 688 });
  });

  it('stays where there is little room when the other side has less', () => {
    const spot = place(button(200, 300), { width: 300, height: 700 }, view, under);
    expect(spot).toMatchObject({ side: 'bottom', top: 334, room: 458 });
  });

  it('touches no edge of the window', () => {
    expect(place(button(950, 100), { width: 300, height: 50 }, view, under).left).toBe(692);
    expect(place(button(-50, 100), { width: 300, height: 50 }, view, under).left).toBe(8);
  });

  it('covers the button rather than being too low to read', () => {
    const low = { width: 1000, height: 200 };
    const spot = place(button(0, 60), { width: 300, height: 340 }, low, under);
    expect(spot).toMatchObject({ side: 'bottom', room: 120, top: 72 });
  });

  it('lies beside the button, in the middle', () => {
    const wish: Wish = { side: 'right', align: 'center', gap: 6 };
    expect(place(button(200, 100), { width: 80, height: 50 }, view, wish)).toEqual({
      side: 'right',
      left: 306,
      top: 90,
      room: 784,
    });
    expect(place(button(890, 100), { width: 80, height: 50 }, view, wish)).toMatchObject({
      side: 'left',
      left: 804,
    });
  });
});
