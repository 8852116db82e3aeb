import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(join(import.meta.dirname, 'tokens.css'), 'utf8');

type Theme = 'day' | 'night';

/** Both values of each colour, as they are written in the sheet. */
const colours = new Map(
  [...css.matchAll(/--([\w-]+): var\(--day, (#\w{6})\) var\(--night, (#\w{6})\);/g)].map((found) => [
    found[1] ?? '',
    { day: found[2] ?? '', night: found[3] ?? '' },
  ]),
);

function light(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const share = parseInt(hex.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two tokens (WCAG 2.2, 1.4.3). */
function contrast(front: string, back: string, theme: Theme): number {
  const of = (name: string) => light(colours.get(name)?.[theme] ?? '');
  const [high = 0, low = 0] = [of(front), of(back)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const planes = ['surface', 'canvas', 'sunken', 'raised', 'hover'];
const tones = ['ok', 'warn', 'bad', 'info'];
const hues = ['green', 'teal', 'blue', 'violet', 'heather', 'coral', 'amber', 'slate', 'olive'];

const texts: [string, string][] = [
  ...planes.flatMap((plane): [string, string][] => ['ink', 'ink-2', 'ink-3'].map((ink) => [ink, plane])),
  ...tones.flatMap((tone): [string, string][] =>
    [`${tone}-tint`, 'surface', 'raised'].map((back) => [tone, back]),
  ),
  ...hues.map((hue): [string, string] => [`t-${hue}-ink`, `t-${hue}-bg`]),
  ...['surface', 'canvas', 'raised', 'brand-tint', 'brand-tint-2'].map((back): [string, string] => [
    'brand-text',
    back,
  ]),
  ['on-brand', 'brand'],
  ['on-brand', 'brand-hover'],
  ['on-brand', 'brand-press'],
  ['on-bad', 'bad-solid'],
  ['ink', 'bad-line'],
  ['ink-2', 'brand-tint-2'],
  ['canvas', 'ink'],
];

const shapes: [string, string][] = [
  ...['control', 'focus', 'brand', 'now'].map((shape): [string, string] => [shape, 'surface']),
  ...['control', 'focus'].map((shape): [string, string] => [shape, 'canvas']),
  ...hues.map((hue): [string, string] => [`t-${hue}`, 'surface']),
];

describe.each(['day', 'night'] as const)('by %s', (theme) => {
  it.each(texts)('%s can be read on %s', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(shapes)('%s can be seen on %s', (front, back) => {
    expect(contrast(front, back, theme)).toBeGreaterThanOrEqual(3);
  });
});

it('every colour has both its values', () => {
  expect(colours.size).toBeGreaterThan(60);
  expect(css.match(/var\(--day/g)?.length).toBe(css.match(/var\(--night/g)?.length);
});
