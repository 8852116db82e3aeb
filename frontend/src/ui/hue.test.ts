import { describe, expect, it } from 'vitest';
import { hueOf, hues } from './hue';

describe('the hue of a name', () => {
  it('is the same every time', () => {
    expect(hueOf('Hanna Ćwik')).toBe(hueOf('Hanna Ćwik'));
  });

  it('spreads over all hues but the grey one', () => {
    const seen = new Set(Array.from({ length: 60 }, (_, i) => hueOf(`osoba ${i}`)));
    expect([...seen].sort()).toEqual(hues.filter((hue) => hue !== 'slate').toSorted());
  });
});
