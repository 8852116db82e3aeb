import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { hues } from '../ui/hue';
import { hexOf, hueLike, hueNames } from './hexes';

it('tells hues as the tokens have them', () => {
  const tokens = readFileSync('src/styles/tokens.css', 'utf8');
  expect(hueNames).toEqual(hues);
  for (const hue of hues) expect(tokens).toContain(`--t-${hue}: var(--day, ${hexOf(hue)})`);
});

it('finds each hue again, and the one that is like the colour of another program', () => {
  for (const hue of hues) expect(hueLike(hexOf(hue))).toBe(hue);
  expect(hueLike('#ff2d20')).toBe('coral');
  expect(hueLike('#1badf8')).toBe('blue');
  expect(hueLike('#63da38')).toMatch(/green|olive/);
  expect(hueLike('#cc73e1')).toMatch(/violet|heather/);
  expect(hueLike('')).toBe('slate');
  expect(hueLike('#808080')).toBe('slate');
});
