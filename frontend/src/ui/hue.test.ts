import { describe, expect, it } from 'vitest';
import { hueOf, hues, initials } from './hue';

describe('initials', () => {
  it.each([
    ['Hanna Ćwik', 'HĆ'],
    ['Anna Maria Żak-Nowak', 'AN'],
    ['jan.kowalski@wp.pl', 'JK'],
    ['zarzad@wspolnota.pl', 'Z'],
    ['łukasz', 'Ł'],
    ['„Nad Wartą”, Śrem', 'WŚ'],
    ['', ''],
  ])('of %s are %s', (name, wanted) => {
    expect(initials(name)).toBe(wanted);
  });
});

describe('the hue of a name', () => {
  it('is the same every time', () => {
    expect(hueOf('Hanna Ćwik')).toBe(hueOf('Hanna Ćwik'));
  });

  it('spreads over all hues but the grey one', () => {
    const seen = new Set(Array.from({ length: 60 }, (_, i) => hueOf(`osoba ${i}`)));
    expect([...seen].sort()).toEqual(hues.filter((hue) => hue !== 'slate').toSorted());
  });
});
