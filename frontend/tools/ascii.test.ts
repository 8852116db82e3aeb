import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { escaped } from './ascii.ts';

describe('a script in ASCII', () => {
  it('means what it meant', () => {
    const code = escaped("['9:15–10:15 „ł” ⌘ 👋', `–${1}`]");
    expect(code).toMatch(/^[\0-\x7f]*$/);
    expect(runInNewContext(code)).toEqual(['9:15–10:15 „ł” ⌘ 👋', '–1']);
  });

  it('stays as it is where there is nothing else', () => {
    expect(escaped('const a = /\\w+/;')).toBe('const a = /\\w+/;');
  });
});
