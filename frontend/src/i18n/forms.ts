/** The languages of the program. */
export const LANGS = ['pl', 'en'] as const;

/** A language of the program. */
export type Lang = (typeof LANGS)[number];

/** A plural form of CLDR, as far as Polish and English have them. */
export type Form = 'one' | 'few' | 'many' | 'other';

/** The plural form of a number. The same rule, in Go, is lang.Form. */
export function form(lang: Lang, count: number): Form {
  if (!Number.isInteger(count)) return 'other';
  const whole = Math.abs(count);
  if (whole === 1) return 'one';
  if (lang !== 'pl') return 'other';
  const tens = whole % 100;
  const units = whole % 10;
  return units >= 2 && units <= 4 && (tens < 12 || tens > 14) ? 'few' : 'many';
}

/** Says whether a text names a language of the program. */
export function isLang(text: string): text is Lang {
  return LANGS.some((lang) => lang === text);
}

/**
 * The language to begin with: the first of what the system prefers (BCP 47 tags, best first) that the program
 * speaks, or English.
 */
export function preferred(tags: readonly string[]): Lang {
  for (const tag of tags) {
    const lang = tag.toLowerCase().split('-')[0] ?? '';
    if (isLang(lang)) return lang;
  }
  return 'en';
}
