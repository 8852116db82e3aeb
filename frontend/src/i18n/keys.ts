import type en from '../../../internal/lang/en.json';

/**
 * What the window needs of the catalogue that it shares with letters and the command line. The list says it
 * for the build, for the types and for the tests.
 */
export const PREFIXES = [
  'win.',
  'error.',
  'why.',
  'state.',
  'light.',
  'step.',
  'connection.',
  'permission.',
  'place.',
  'source.',
  'event.',
  'month.',
  'weekday.',
  'zone.',
  'key.',
  'lang.',
] as const;

type English = typeof en;

/** A key of the catalogue that the window has. One that nobody wrote does not compile. */
export type Key = Extract<keyof English, `${(typeof PREFIXES)[number]}${string}`>;

/** A key of one text, for `t`. */
export type TextKey = { [K in Key]: English[K] extends string ? K : never }[Key];

/** A key of plural forms, for `n`. */
export type PluralKey = Exclude<Key, TextKey>;

/** A text, or a text for each plural form. */
export type Entry = string | Readonly<Record<string, string>>;

/** The words of one language. */
export type Catalogue = Readonly<Record<string, Entry>>;

/** Says whether the window has the key. */
export function isOfWindow(key: string): boolean {
  return PREFIXES.some((prefix) => key.startsWith(prefix));
}

/** The words of the window out of a whole catalogue. */
export function windowWords(all: Catalogue): Catalogue {
  return Object.fromEntries(Object.entries(all).filter(([key]) => isOfWindow(key)));
}
