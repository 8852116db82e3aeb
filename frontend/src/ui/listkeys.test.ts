import { expect, it } from 'vitest';
import { step } from './listkeys';

const long = Array.from({ length: 30 }, (_, i) => i !== 1);

it.each([
  ['ArrowDown', 0, 2],
  ['ArrowDown', 29, 29],
  ['ArrowDown', -1, 0],
  ['ArrowUp', 2, 0],
  ['ArrowUp', 0, 0],
  ['ArrowUp', -1, 29],
  ['PageDown', 0, 11],
  ['PageDown', 25, 29],
  ['PageUp', 12, 2],
  ['PageUp', 5, 0],
  ['Home', 12, 0],
  ['End', 12, 29],
  ['ArrowLeft', 12, undefined],
  ['x', 12, undefined],
])('%s leads from %i to %s', (key, from, to) => {
  expect(step(key, from, long)).toBe(to);
});

it('nothing leads into a list in which nothing can be chosen', () => {
  expect(step('ArrowDown', -1, [false, false])).toBeUndefined();
  expect(step('Home', -1, [])).toBeUndefined();
});
