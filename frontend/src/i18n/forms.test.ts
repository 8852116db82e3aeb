import { describe, expect, it } from 'vitest';
import { form, isLang, LANGS, preferred } from './forms';

describe('form', () => {
  it.each(LANGS)('is the form of CLDR in %s', (lang) => {
    const rules = new Intl.PluralRules(lang);
    for (let count = -125; count <= 1025; count++) {
      expect(form(lang, count), String(count)).toBe(rules.select(count));
    }
    expect(form(lang, 1.5)).toBe('other');
  });

  it('counts twelve apart from two in Polish', () => {
    expect([0, 1, 2, 4, 5, 12, 22, 112].map((count) => form('pl', count))).toEqual(
      ['many', 'one', 'few', 'few', 'many', 'many', 'few', 'many'], // as in Go's TestForm
    );
  });
});

describe('preferred', () => {
  it.each([
    [['pl-PL', 'en'], 'pl'],
    [['de-DE', 'PL', 'en'], 'pl'],
    [['en-GB', 'pl'], 'en'],
    [['de', 'fr'], 'en'],
    [['plx'], 'en'],
    [[], 'en'],
  ])('of %j is %s', (tags, lang) => {
    expect(preferred(tags)).toBe(lang);
  });

  it('knows the languages', () => {
    expect(isLang('pl')).toBe(true);
    expect(isLang('de')).toBe(false);
  });
});
