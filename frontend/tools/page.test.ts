import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { POLICY, csp } from './csp.ts';
import { faults } from './size.js';

const read = (name: string) => readFileSync(fileURLToPath(new URL(`../${name}`, import.meta.url)), 'utf8');

describe('the page before any style', () => {
  it('has the canvas of the tokens, by day and by night', () => {
    const [, day = '', night = ''] =
      /--canvas: var\(--day, (#\w+)\) var\(--night, (#\w+)\)/.exec(read('src/styles/tokens.css')) ?? [];
    const backgrounds = [...read('index.html').matchAll(/background: (#\w+)/g)].map(([, colour]) => colour);
    expect(backgrounds).toEqual([day, night, night]);
    expect(day).not.toBe(night);
  });

  it('has no script of its own, which the policy would block', () => {
    expect(read('index.html')).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
  });
});

describe('the policy', () => {
  it('lets nothing in from elsewhere', () => {
    expect(POLICY).toMatch(/^default-src 'none'/);
    expect(POLICY).not.toMatch(/https?:|\*|unsafe-eval|script-src[^;]*unsafe/);
  });

  it('is put into the built page only', () => {
    expect(csp()).toMatchObject({ apply: 'build' });
  });
});

describe('the scale', () => {
  const part = (code = '') => Buffer.concat([Buffer.from(code), randomBytes(70_000)]);

  it.each([
    ['nothing', {}, []],
    ['a heavy script', { 'a.js': randomBytes(125_000) }, ['scripts of a screen weigh 125']],
    ['two scripts that no screen needs together', { 'a.js': part(), 'b.js': part() }, []],
    [
      'two scripts of one screen',
      { 'a.js': part(), 'b.js': part('import{x as y}from"./a.js";') },
      ['scripts of a screen weigh 140'],
    ],
    [
      'what a screen needs beside the start',
      {
        'index.html': Buffer.from('<script src="/a.js">'),
        'a.js': part('import("./b.js");'),
        'b.js': part(),
      },
      ['scripts of a screen weigh 140'],
    ],
    ['a heavy style', { 'b.css': randomBytes(16_000) }, ['styles weigh 16']],
    ['a heavy font', { 'c.woff2': Buffer.alloc(57_000) }, ['fonts weigh 57.0']],
    ['a source map', { 'a.js.map': Buffer.from('{}') }, ['a.js.map is a source map']],
  ])('weighs %s', (_, more, wanted) => {
    const dist = mkdtempSync(join(tmpdir(), 'dist-'));
    const light = { 'z.js': 'x', 'z.css': 'x', 'z.woff2': 'x' };
    for (const [name, content] of Object.entries({ ...light, ...more }))
      writeFileSync(join(dist, name), content);
    const found = faults(dist);
    rmSync(dist, { recursive: true });
    expect(found).toHaveLength(wanted.length);
    wanted.forEach((start, i) => expect(found[i]?.startsWith(start), found[i]).toBe(true));
  });

  it('does not take an empty directory for a built window', () => {
    const dist = mkdtempSync(join(tmpdir(), 'dist-'));
    expect(faults(dist)).toHaveLength(4);
    rmSync(dist, { recursive: true });
  });
});
