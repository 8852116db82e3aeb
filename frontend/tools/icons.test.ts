import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { plainIcons } from './icons.ts';

const file = fileURLToPath(new URL('../node_modules/@lucide/svelte/dist/icons/ban.svelte', import.meta.url));

function transform(source: string, id: string): string | undefined {
  const hook = plainIcons().transform as (source: string, id: string) => { code: string } | undefined;
  return hook(source, id)?.code;
}

describe('an icon', () => {
  it('is drawn as lucide draws it, as markup', () => {
    const code = transform(readFileSync(file, 'utf8'), file);
    expect(code).toContain('<circle cx="12" cy="12" r="10"/>');
    expect(code).toContain('aria-hidden="true"');
    expect(code).not.toMatch(/import|svelte:element/);
  });

  it('ends the build when lucide writes its icons another way', () => {
    expect(() => transform('<svg></svg>', file)).toThrow('ban.svelte');
  });

  it('is all that is changed', () => {
    expect(transform('<p></p>', '/src/views/Ban.svelte')).toBeUndefined();
  });
});
