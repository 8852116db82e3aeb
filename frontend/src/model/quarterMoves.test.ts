import { describe, expect, it } from 'vitest';
import { type Move, move, moveOf } from './quarterMoves';
import { quarterGrid } from './quarters';
import { dayOfStarts, dice, stretch } from './testdata/days';

const day = '2026-11-26';
const at = (time: string) => `${day}T${time}:00Z`;
const open = [480, 495, 510, 525, 540, 795, 810, 825, 840, 900];
const cells = dayOfStarts(day, 'UTC', 15, (minute) => open.includes(minute)).filter(
  (cell) => cell.minute >= 480 && cell.minute < 960,
);
const grid = quarterGrid(cells, [stretch('10:00', '12:30')], 15);
const from = (time: string, to: Move) => move(grid, at(time), to)?.start.slice(11, 16);

describe('move', () => {
  it.each<[string, Move, string | undefined]>([
    ['08:00', 'right', '08:15'],
    ['08:45', 'right', '09:00'],
    ['09:00', 'right', '13:15'],
    ['13:15', 'left', '09:00'],
    ['08:00', 'left', undefined],
    ['15:00', 'right', undefined],
    ['08:30', 'down', '09:00'],
    ['09:00', 'down', '13:15'],
    ['13:45', 'up', '09:00'],
    ['13:45', 'down', '14:00'],
    ['08:15', 'up', undefined],
    ['15:00', 'down', undefined],
    ['13:15', 'first', '08:00'],
    ['13:15', 'last', '15:00'],
  ])('from %s %s leads to %s', (time, to, wanted) => {
    expect(from(time, to)).toBe(wanted);
  });

  it('begins with the first when nothing is chosen, or what is not there', () => {
    for (const start of [undefined, at('03:00'), 'soon']) {
      for (const to of ['left', 'right', 'up', 'down'] as const) {
        expect(move(grid, start, to)?.start).toBe(at('08:00'));
      }
    }
    expect(move(quarterGrid([], [], 15), undefined, 'right')).toBeUndefined();
  });

  it('goes on from a start that is not free, also one under a stretch', () => {
    expect(from('09:30', 'left')).toBe('09:00');
    expect(from('11:15', 'right')).toBe('13:15');
    expect(from('11:45', 'down')).toBe('13:45');
  });

  it('can go over all starts', () => {
    expect(move(grid, at('10:45'), 'down', () => true)?.start).toBe(at('11:45'));
    expect(move(grid, at('10:45'), 'right', () => true)?.start).toBe(at('11:00'));
  });

  it('comes to every free start, right and back left, on any day', () => {
    const roll = dice(15);
    for (let round = 0; round < 60; round++) {
      const step = [5, 10, 15, 20, 25, 60][roll(6)] ?? 15;
      const zone = round % 2 ? 'Europe/Warsaw' : 'UTC';
      const starts = dayOfStarts('2026-10-25', zone, step, () => roll(3) === 0);
      const all = quarterGrid(starts, [], step);
      const free = starts.filter((cell) => cell.free);
      let cell = move(all, undefined, 'first');
      for (const [i, wanted] of free.entries()) {
        expect(cell).toBe(wanted);
        const next = move(all, cell?.start, 'right');
        if (i < free.length - 1) expect(move(all, next?.start, 'left')).toBe(cell);
        for (const way of ['up', 'down'] as const) {
          const there = move(all, cell?.start, way);
          if (there) expect(there.start < wanted.start).toBe(way === 'up');
        }
        cell = next;
      }
      expect(cell).toBeUndefined();
    }
  });
});

describe('moveOf', () => {
  it('reads the keys', () => {
    expect(['ArrowLeft', 'ArrowDown', 'Home', 'End'].map(moveOf)).toEqual(['left', 'down', 'first', 'last']);
    expect(['a', 'Enter', 'toString'].map(moveOf)).toEqual([undefined, undefined, undefined]);
  });
});
