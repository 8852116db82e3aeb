import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/**
 * What the window may weigh, in thousands of bytes. Scripts and styles as they are packed (gzip), fonts as they
 * are. All chunks count, also those that only one language needs.
 * @type {Readonly<Record<string, { most: number, packed: boolean, ends: RegExp }>>}
 */
export const BUDGET = {
  scripts: { most: 120, packed: true, ends: /\.m?js$/ },
  styles: { most: 15, packed: true, ends: /\.css$/ },
  fonts: { most: 56, packed: false, ends: /\.(woff2?|ttf|otf)$/ },
};

/**
 * Weighs a built window.
 * @param {string} dist
 * @returns {{ name: string, weight: number, most: number }[]}
 */
export function weigh(dist) {
  const files = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  return Object.entries(BUDGET).map(([name, { most, packed, ends }]) => {
    const bytes = files
      .filter((file) => ends.test(file))
      .map((file) => readFileSync(join(dist, file)))
      .reduce((sum, content) => sum + (packed ? gzipSync(content).length : content.length), 0);
    return { name, weight: bytes / 1000, most };
  });
}

/**
 * What is wrong with a built window; nothing when it may ship.
 * @param {string} dist
 * @returns {string[]}
 */
export function faults(dist) {
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.map'),
  );
  const heavy = weigh(dist).filter(({ weight, most }) => weight > most);
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
    console.log(`${name.padEnd(8)} ${weight.toFixed(1).padStart(6)} of ${most} kB`);
  }
  for (const fault of faults(dist)) {
    console.error(fault);
    process.exitCode = 1;
  }
}
