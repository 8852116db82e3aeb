import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { iconFile, plainIcons } from './icons.ts';

const { transform, load } = plainIcons() as unknown as {
  transform: (source: string, id: string) => { code: string } | undefined;
  load: (id: string) => Promise<{ code: string } | undefined>;
};

const drawn = (name: string) => transform(readFileSync(iconFile(name), 'utf8'), iconFile(name))?.code;

describe('an icon', () => {
  it('is drawn as lucide draws it, as markup with one line', () => {
    expect(drawn('mail')).toContain(
      '<path d="M22 7l-8.991 5.727a2 2 0 0 1-2.009 0L2 7M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1 -2 2h-16a2 2 0 0 1 -2 -2v-12a2 2 0 0 1 2 -2z"/></svg>',
    );
    expect(drawn('mail')).toContain('aria-hidden="true"');
    expect(drawn('mail')).not.toMatch(/import|svelte:element/);
  });

  it('keeps apart what crosses or is filled', () => {
    expect(drawn('x')).toContain('<path d="M18 6 6 18"/><path d="m6 6 12 12"/></svg>');
    expect(drawn('key-round')).toContain('<circle cx="16.5" cy="7.5" r=".5" fill="currentColor"/></svg>');
  });

  it('ends the build when lucide writes its icons another way', () => {
    expect(() => transform('<svg></svg>', iconFile('ban'))).toThrow('ban.svelte');
  });

  it('is all that is changed', async () => {
    expect(transform('<p></p>', '/src/views/Ban.svelte')).toBeUndefined();
    expect(await load('/src/views/Ban.svelte')).toBeUndefined();
  });
});

describe('the line of an icon', () => {
  it('is the one that its component draws', async () => {
    const line = /'(.*)'/.exec((await load('\0icon-line:calendar'))?.code ?? '')?.[1];
    expect(line).toMatch(/^M8 2v/);
    expect(drawn('calendar')).toContain(`<path d="${line}"/></svg>`);
  });

  it('is refused to an icon that has more to it', async () => {
    await expect(load('\0icon-line:x')).rejects.toThrow('more than one line');
  });
});
