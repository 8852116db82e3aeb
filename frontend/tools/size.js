import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * Weighs a built window, in thousands of bytes: scripts and styles as they are packed (gzip), fonts as they are.
 * Of the scripts those have a limit that one screen needs, with what they import (docs/adr/0006).
 * @param {string} dist
 * @returns {{ name: string, weight: number, most?: number }[]}
 */
export function weigh(dist) {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  /** @param {RegExp} ends @param {(content: Buffer) => number} weight */
  const each = (ends, weight) =>
    new Map(files.filter((f) => ends.test(f)).map((f) => [f, weight(readFileSync(join(dist, f))) / 1000]));
  const packed = (/** @type {Buffer} */ content) => gzipSync(content).length;

  const scripts = each(/\.m?js$/, packed);
  return [
    { name: 'scripts of a screen', weight: heaviest(dist, scripts), most: 120 },
    { name: 'all scripts', weight: sum(scripts.values()) },
    { name: 'styles', weight: sum(each(/\.css$/, packed).values()), most: 15 },
    {
      name: 'fonts',
      weight: sum(each(/\.(woff2?|ttf|otf)$/, (content) => content.length).values()),
      most: 56,
    },
  ];
}

/**
 * The heaviest that the page and one script with all that it imports weigh together.
 * @param {string} dist
 * @param {Map<string, number>} scripts
 */
function heaviest(dist, scripts) {
  const names = [...scripts.keys()];
  const named = (/** @type {string} */ text) => names.filter((name) => text.includes(basename(name)));
  const read = (/** @type {string} */ name) => readFileSync(join(dist, name), 'utf8');
  const needs = new Map(
    names.map((name) => [
      name,
      [...read(name).matchAll(/(?:from|import)\s*"([^"]+)"/g)].flatMap((m) => named(m[1] ?? '')),
    ]),
  );
  const start = existsSync(join(dist, 'index.html')) ? named(read('index.html')) : [];
  return Math.max(
    0,
    ...names.map((name) => sum([...closure([...start, name], needs)].map((n) => scripts.get(n) ?? 0))),
  );
}

/**
 * The scripts, and those they import.
 * @param {string[]} names
 * @param {Map<string, string[]>} needs
 */
function closure(names, needs) {
  const all = new Set(names);
  for (const name of all) for (const other of needs.get(name) ?? []) all.add(other); // a set walks what is added too
  return all;
}

/** @param {Iterable<number>} weights */
const sum = (weights) => [...weights].reduce((all, weight) => all + weight, 0);

/**
 * What is wrong with a built window; nothing when it may ship.
 * @param {string} dist
 * @returns {string[]}
 */
export function faults(dist) {
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.map'),
  );
  const heavy = weigh(dist).filter(({ weight, most = Infinity }) => weight > most);
  const none = weigh(dist).filter(({ weight }) => weight === 0);
  return [
    ...heavy.map(({ name, weight, most }) => `${name} weigh ${weight.toFixed(1)} kB, more than ${most}`),
    ...none.map(({ name }) => `there are no ${name}: is this a built window?`),
    ...maps.map((file) => `${file} is a source map, which does not ship`),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = process.argv[2] ?? fileURLToPath(new URL('../dist', import.meta.url));
  for (const { name, weight, most } of weigh(dist)) {
    console.log(`${name.padEnd(19)} ${weight.toFixed(1).padStart(6)} ${most ? `of ${most} kB` : 'kB'}`);
  }
  for (const fault of faults(dist)) {
    console.error(fault);
    process.exitCode = 1;
  }
}
