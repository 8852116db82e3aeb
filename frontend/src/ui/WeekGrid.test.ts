import { fireEvent, render, screen } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Week } from '../model/openings';
import WeekGrid from './WeekGrid.svelte';

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'].map((name) => {
  return { name, short: name.slice(0, 3) };
});
const week: Week = [[{ from: 540, to: 720 }], [], [], [], [], [], [{ from: 1320, to: 1560 }]];
const words = ({ from, to }: { from: number; to: number }): string => `${from}–${to}`;

// Seven columns of 100 pixels; an hour is 60 pixels high, so a minute is one.
const box = { x: 0, y: 0, top: 0, left: 0, width: 700, height: 27 * 60, right: 700, bottom: 27 * 60 };

let now: Week;
const onchange = vi.fn((next: Week) => void (now = next));

async function show() {
  now = week;
  onchange.mockClear();
  const props = { label: 'Week', hint: 'keys', days, words, blocked: 'no room', onchange };
  const { rerender, container } = render(WeekGrid, { ...props, week });
  onchange.mockImplementation((next) => {
    now = next;
    void rerender({ week: next });
  });
  const body = container.querySelector<HTMLElement>('.body');
  if (!body) throw new Error('there is no grid');
  body.getBoundingClientRect = () => ({ ...box, toJSON: () => box });
  return body;
}

const at = (day: number, minute: number) => ({ clientX: day * 100 + 50, clientY: minute, button: 0 });
const one = (name: string) => screen.getByRole('button', { name });

async function pull(from: Element, [d1, m1]: [number, number], [d2, m2]: [number, number]) {
  await fireEvent.pointerDown(from, at(d1, m1));
  await fireEvent.pointerMove(from, at(d2, m2));
}

describe('the pointer', () => {
  let body: HTMLElement;
  beforeEach(async () => (body = await show()));

  it('draws by quarters', async () => {
    await pull(body, [2, 605], [2, 701]);
    expect(onchange).not.toHaveBeenCalled();
    expect(one('Wednesday, 600–705')).toBeDefined();
    await fireEvent.pointerUp(body);
    expect(now[2]).toEqual([{ from: 600, to: 705 }]);
  });

  it('draws an hour with a press', async () => {
    await fireEvent.pointerDown(body, at(2, 605));
    await fireEvent.pointerUp(body);
    expect(now[2]).toEqual([{ from: 600, to: 660 }]);
  });

  it('moves, also to another day', async () => {
    await pull(one('Monday, 540–720'), [0, 600], [3, 663]);
    await fireEvent.pointerUp(body);
    expect([now[0], now[3]]).toEqual([[], [{ from: 600, to: 780 }]]);
    expect(document.activeElement).toBe(one('Thursday, 600–780'));
  });

  it('stretches at either end', async () => {
    await pull(one('Monday, 540–720').querySelector('[data-end=to]') ?? body, [0, 719], [0, 790]);
    await fireEvent.pointerUp(body);
    expect(now[0]).toEqual([{ from: 540, to: 795 }]);
    await pull(one('Monday, 540–795').querySelector('[data-end=from]') ?? body, [0, 541], [0, 480]);
    await fireEvent.pointerUp(body);
    expect(now[0]).toEqual([{ from: 480, to: 795 }]);
  });

  it('lets go with Escape', async () => {
    await pull(body, [2, 605], [2, 701]);
    await fireEvent.keyDown(window, { key: 'Escape' });
    await fireEvent.pointerUp(body);
    expect(onchange).not.toHaveBeenCalled();
    expect(screen.queryByRole('button', { name: /Wednesday/ })).toBeNull();
  });

  it('does nothing with another button', async () => {
    await fireEvent.pointerDown(body, { ...at(2, 605), button: 2 });
    await fireEvent.pointerUp(body);
    expect(onchange).not.toHaveBeenCalled();
  });
});

describe('the keyboard', () => {
  beforeEach(show);

  it('moves, stretches and removes, and the focus goes along', async () => {
    one('Monday, 540–720').focus();
    const press = (key: string, more = {}) =>
      fireEvent.keyDown(document.activeElement ?? document.body, { key, ...more });
    await press('ArrowDown');
    await press('ArrowRight');
    await press('ArrowDown', { shiftKey: true });
    await press('ArrowUp', { shiftKey: true, altKey: true });
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Tuesday, 540–750');
    expect(screen.getByRole('status').textContent).toBe('Tuesday, 540–750');
    await press('Delete');
    expect(now[1]).toEqual([]);
    await expect.poll(() => document.activeElement?.getAttribute('aria-label')).toBe('Sunday, 1320–1560');
  });

  it('says when there is no room', async () => {
    await fireEvent.keyDown(one('Monday, 540–720'), { key: 'ArrowLeft' });
    expect(screen.getByRole('status').textContent).toBe('no room');
    expect(onchange).not.toHaveBeenCalled();
  });

  it('leaves other keys to the window', async () => {
    const keys = ['a', 'Tab', 'Escape'].map((key) => fireEvent.keyDown(one('Monday, 540–720'), { key }));
    expect(await Promise.all(keys)).toEqual([true, true, true]);
    expect(await fireEvent.keyDown(one('Monday, 540–720'), { key: 'ArrowUp', ctrlKey: true })).toBe(true);
  });
});
