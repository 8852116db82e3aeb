import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';
import { outline, type Shape } from './outline.ts';

const icons = /@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/;
const node = /const iconData = (\{.*\});/;
const line = 'icon-line:';

/**
 * Draws lucide's icons as markup that Svelte copies as one, with one line for all their parts. As they come, each is put
 * together part by part in the window: a list of bookings has two hundred. Where even a component for each is too much,
 * `icon-line:mail` is that line alone.
 */
export function plainIcons(): Plugin {
  return {
    name: 'plain-icons',
    enforce: 'pre',
    resolveId: (wanted) => (wanted.startsWith(line) ? `\0${wanted}` : undefined),
    async load(wanted) {
      if (!wanted.startsWith(`\0${line}`)) return;
      const file = iconFile(wanted.slice(line.length + 1));
      return {
        code: `export default '${lineOf(shapesOf(await readFile(file, 'utf8'), file), file)}';`,
        map: null,
      };
    },
    transform(source, id) {
      return icons.test(id) ? { code: component(shapesOf(source, id)), map: null } : undefined;
    },
  };
}

/** The file of an icon as lucide brings it. */
export function iconFile(name: string): string {
  return fileURLToPath(new URL(`../node_modules/@lucide/svelte/dist/icons/${name}.svelte`, import.meta.url));
}

/**
 * The component of an icon: see Icon in src/ui/icon.ts for what it takes. It keeps the size that it was made with, so
 * that nothing waits for another one.
 */
export function component(shapes: readonly Shape[]): string {
  return `<script>
  let { size, strokeWidth } = $props();
  // svelte-ignore state_referenced_locally
  const [px, wide] = [size ?? 24, strokeWidth ?? 2];
</script>
<svg width={px} height={px} stroke-width={wide} viewBox="0 0 24 24" fill="none" stroke="currentColor"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawn(shapes)}</svg>
`;
}

function shapesOf(source: string, id: string): readonly Shape[] {
  const data = node.exec(source)?.[1];
  if (!data) throw new Error(`plain-icons: ${id} is not written as it was`);
  return (JSON.parse(data) as { node: Shape[] }).node;
}

function lineOf(shapes: readonly Shape[], id: string): string {
  const lines = shapes.map(outline);
  if (lines.includes(undefined)) throw new Error(`plain-icons: ${id} is more than one line`);
  return lines.join('');
}

// What cannot go into the line stays an element of its own.
function drawn(shapes: readonly Shape[]): string {
  const own = shapes.filter((shape) => outline(shape) === undefined);
  const all = shapes.map((shape) => outline(shape) ?? '').join('');
  return (
    (all && `<path d="${all}"/>`) +
    own.map(([tag, attributes]) => `<${tag} ${written(attributes)}/>`).join('')
  );
}

function written(attributes: Readonly<Record<string, string>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}
