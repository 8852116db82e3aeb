import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type Catalogue, isOfWindow, windowWords } from '../src/i18n/keys.ts';
import { gapsOf, isUsed, together, usageOf, wrongCall } from './usage.ts';
import { catalogueFile, readCatalogue, words } from './words.ts';

const [polish, english] = (await Promise.all(
  ['pl', 'en'].map(async (lang) => windowWords(await readCatalogue(catalogueFile(lang)))),
)) as [Catalogue, Catalogue];

/** Keys of the window that no source names and no template puts together, each with the reason. */
const ELSEWHERE: Readonly<Record<string, string>> = {};

/** Faults that only the command line can mend so far. */
const BY_COMMAND = ['usage'];

const root = fileURLToPath(new URL('../..', import.meta.url));

function sources(dir: string, ends: RegExp): string[] {
  const below = readdirSync(join(root, dir), { recursive: true, encoding: 'utf8' });
  return below
    .filter((name) => ends.test(name) && !/\.test\.ts$|_test\.go$|testdata/.test(name))
    .map((name) => join(root, dir, name));
}

/** What Go uses of the window's words, for menus and notifications. */
function usedByGo(): string[] {
  return ['app', 'internal'].flatMap((dir) =>
    sources(dir, /\.go$/).flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/"(win\.[\w.-]+)"/g)].map(([, key = '']) => key),
    ),
  );
}

describe('the catalogues', () => {
  it('have the same keys and gaps', () => {
    expect(Object.keys(english).length).toBeGreaterThan(250);
    expect(Object.keys(polish).sort()).toEqual(Object.keys(english).sort());
    for (const [key, entry] of Object.entries(english)) {
      expect(gapsOf(polish[key] ?? ''), key).toEqual(gapsOf(entry));
    }
  });

  it('have every plural form that the language needs, and no empty text', () => {
    const needed = (entry: Catalogue[string] | undefined, forms: string[]) =>
      typeof entry === 'string' ? [entry] : forms.map((form) => entry?.[form] ?? '');
    for (const key of Object.keys(english)) {
      expect(typeof polish[key], key).toBe(typeof english[key]);
      expect(needed(polish[key], ['one', 'few', 'many']), key).not.toContain('');
      expect(needed(english[key], ['one', 'other']), key).not.toContain('');
    }
  });

  it('do not send the reader of a window to the command line', () => {
    const mending = Object.keys(english).filter((key) => /^error\..+\.(what|means|do)$/.test(key));
    const shown = (all: Catalogue, key: string) => JSON.stringify(all[`win.${key}`] ?? all[key]);
    const sent = mending.filter((key) => /kwadrans [a-z-]/.test(shown(english, key) + shown(polish, key)));
    expect(sent).toEqual(BY_COMMAND.map((code) => `error.${code}.do`));
  });
});

describe('the sources', () => {
  const files = sources('frontend/src', /\.(svelte|ts)$/);
  const used = together(files.map((file) => usageOf(file, readFileSync(file, 'utf8'))));

  it('call for words that are there, with the values that they want', () => {
    expect(used.calls.length).toBeGreaterThan(10);
    expect(used.calls.map((call) => wrongCall(call, english)).filter(Boolean)).toEqual([]);
    expect(used.texts.filter((key) => /^win\..*[^.]$/.test(key) && !(key in english))).toEqual([]);
  });

  it('put no key together out of nearly nothing, which would pass for using everything', () => {
    const vague = used.patterns.filter((pattern) => pattern.test('win.nobody.has.this'));
    expect(vague).toEqual([]);
  });

  it('use every word of the window', () => {
    const go = usedByGo();
    const unused = Object.keys(english).filter(
      (key) => key.startsWith('win.') && !isUsed(key, used) && !go.includes(key) && !(key in ELSEWHERE),
    );
    expect(unused).toEqual([]);
  });
});

// The control: each kind of slip is seen.
describe('usageOf', () => {
  const catalogue = { 'win.a': 'A {x}', 'win.b': 'B', 'win.c': { one: '{count} {y}', other: '{count}' } };
  const page = (markup: string) =>
    usageOf('Page.svelte', markup).calls.map((call) => wrongCall(call, catalogue));
  const code = (source: string) =>
    usageOf('code.svelte.ts', source).calls.map((call) => wrongCall(call, catalogue));

  it.each([
    ["{t('win.b')}", undefined],
    ["{t('win.a', { x: 1 })}", undefined],
    ["{n('win.c', 2, { y })}", undefined],
    ["{t('win.a', values)}", undefined],
    ["{t('win.a', { ...values })}", undefined],
    ["{t('win.z')}", 'win.z is not in the catalogue'],
    ["{t('win.a')}", 'win.a wants {x} and gets {}'],
    ["<p title={t('win.b', { x })}>{y}</p>", 'win.b wants {} and gets {x}'],
    ["{#if a}{t('win.c')}{/if}", 'win.c needs n'],
    ["{n('win.b', 1)}", 'win.b needs t'],
    ["{t('toString')}", 'toString is not in the catalogue'],
  ])('judges %s', (markup, wanted) => {
    expect(page(markup)).toEqual([wanted]);
  });

  it('reads TypeScript, and both ways of a choice', () => {
    expect(code("export const f = <T,>(x: T): string => t(x ? 'win.b' : 'win.z');")).toEqual([
      undefined,
      'win.z is not in the catalogue',
    ]);
  });

  it('knows keys that are put together', () => {
    const used = usageOf(
      'a.ts',
      "const k = `win.day.${d}.x`; const l = 'win.b'; const m = `${p}.b`; has('win.e.' + x);",
    );
    expect(['win.day.mon.x', 'win.b', 'win.e.f'].map((key) => isUsed(key, used))).toEqual([true, true, true]);
    expect(['win.day.x', 'win.day.mon', 'win.a', 'other.b'].map((key) => isUsed(key, used))).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });
});

describe('words', () => {
  it('serves what the window needs and nothing of letters or the command line', async () => {
    const { resolveId, load } = words() as unknown as {
      resolveId: (id: string) => string | undefined;
      load: (this: { addWatchFile: () => void }, id: string) => Promise<{ code: string } | undefined>;
    };
    const id = resolveId('virtual:words/pl') ?? '';
    const module = await load.call({ addWatchFile: () => undefined }, id);
    expect(module?.code).toContain('weekday.fri');
    expect(module?.code).not.toMatch(/"(letter|cli|msg|said|mail)\./);
    expect(resolveId('virtual:words/de')).toBeUndefined();
    expect(await load.call({ addWatchFile: () => undefined }, '/src/main.ts')).toBeUndefined();
    expect(['win.a', 'error.x.do', 'zone.UTC', 'letter.subject', 'windy'].map(isOfWindow)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});
