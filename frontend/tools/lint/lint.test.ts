import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { roomOf } from './arrows.js';

// The control of the rules: what they forbid is found, each time, and what they allow is not.
const wrong = {
  'bridge/wrong.ts': ['house/arrows'],
  'i18n/wrong.ts': ['house/arrows'],
  'model/wrong.ts': ['house/arrows', 'house/arrows', 'house/arrows', 'no-restricted-globals'],
  'state/outside.ts': ['house/arrows'],
  'state/wrong.ts': [
    '@typescript-eslint/no-floating-promises',
    'house/arrows',
    '@typescript-eslint/no-explicit-any',
  ],
  'ui/Wrong.svelte': ['no-restricted-imports', 'house/arrows', 'svelte/button-has-type'],
  'views/Html.svelte': ['house/arrows', 'svelte/no-at-html-tags'],
  'views/Words.svelte': Array.from({ length: 5 }, () => 'house/bare-words'),
};

const right = [
  'bridge/backend.ts',
  'i18n/words.ts',
  'model/right.ts',
  'state/right.ts',
  'ui/Right.svelte',
  'views/Right.svelte',
];

const root = fileURLToPath(new URL('../..', import.meta.url));
const src = fileURLToPath(new URL('fixtures/src/', import.meta.url));
let found = new Map<string, string[]>();

beforeAll(async () => {
  const eslint = new ESLint({ cwd: root, ignore: false });
  const results = await eslint.lintFiles([`${src}**/*.{ts,svelte}`]);
  found = new Map(
    results.map(({ filePath, messages }) => [
      filePath.slice(src.length),
      messages.map(({ ruleId, message }) => ruleId ?? message),
    ]),
  );
}, 240_000);

describe('the rules of the house', () => {
  it.each(Object.entries(wrong))('find what is wrong in %s', (file, rules) => {
    expect(found.get(file)).toEqual(rules);
  });

  it.each(right)('find nothing in %s', (file) => {
    expect(found.get(file)).toEqual([]);
  });

  it('look at every fixture', () => {
    expect([...found.keys()].sort()).toEqual([...Object.keys(wrong), ...right].sort());
  });
});

describe('roomOf', () => {
  it.each([
    ['/a/frontend/src/main.ts', 'top'],
    ['/a/src/frontend/src/views/settings/Key.svelte', 'views'],
    ['C:\\a\\src\\ui\\Button.svelte', 'ui'],
    ['/a/frontend/wailsjs/go/models', 'wailsjs'],
    ['/a/internal/lang/en.json', 'the catalogue'],
    ['/a/frontend/tools/size.js', undefined],
  ])('of %s is %s', (file, room) => {
    expect(roomOf(file)).toBe(room);
  });
});
