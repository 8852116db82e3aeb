import { words as catalogue } from 'virtual:words';
import { form, type Lang } from './forms';
import type { Catalogue, Entry, PluralKey, TextKey } from './keys';

/** Values for the gaps of a text: {name} is replaced by the value of name. */
export type Args = Readonly<Record<string, string | number>>;

let current = $state.raw<{ lang: Lang; words: Catalogue }>({ lang: 'en', words: {} });
let asked: Lang = 'en';

let ahead: { lang: Lang; words: Promise<Catalogue> } | undefined;

/** Begins to read the words of the system's language, which is most often the window's, before Go has answered. */
export function expectLanguage(tag: string): void {
  const lang = tag.startsWith('pl') ? 'pl' : 'en';
  ahead = { lang, words: catalogue(lang) };
  ahead.words.catch(() => {}); // who asks for them hears of it
}

function read(lang: Lang): Promise<Catalogue> {
  const words = ahead?.lang === lang ? ahead.words : catalogue(lang);
  ahead = undefined;
  return words;
}

/** The language of the window. Reading it in markup or in $derived follows a change. */
export function language(): Lang {
  return current.lang;
}

/**
 * Loads a language and turns the whole window to it at once. Until the words are there the old language
 * stays; of two changes in a row the later one wins.
 */
export async function setLanguage(lang: Lang): Promise<void> {
  asked = lang;
  if (lang === current.lang && Object.keys(current.words).length > 0) return; // they are here
  const words = await read(lang);
  if (asked !== lang) return;
  current = { lang, words };
  // Screen readers choose their voice by it. There is no document where only the model is tested.
  globalThis.document?.documentElement.setAttribute('lang', lang);
}

/** The text of a key, with its gaps filled. */
export function t(key: TextKey, args: Args = {}): string {
  return fill(text(current.words[key], 'other') ?? key, args);
}

/** The text of a key in the plural form that the count needs; {count} is the count. */
export function n(key: PluralKey, count: number, args: Args = {}): string {
  const entry = current.words[key];
  const words = text(entry, form(current.lang, count)) ?? text(entry, 'other') ?? key;
  return fill(words, { ...args, count });
}

/**
 * Says whether a key put together at run time has a text:
 * `const key = 'why.' + code; has(key) ? t(key) : …`.
 */
export function has(key: string): key is TextKey {
  return typeof own(current.words, key) === 'string';
}

function text(entry: Entry | undefined, plural: string): string | undefined {
  return typeof entry === 'string' ? entry : entry && own(entry, plural);
}

// "constructor" is in every object, and a code from outside may be called so.
function own<V>(from: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(from, key) ? from[key] : undefined;
}

// In one pass, so that a value which looks like a gap stays as it is.
function fill(words: string, args: Args): string {
  return words.replace(/\{(\w+)\}/g, (gap, name: string) => String(own(args, name) ?? gap));
}
