import type { Plugin } from 'vite';

const icons = /@lucide\/svelte\/dist\/icons\/[\w-]+\.svelte$/;
const node = /const iconData = (\{.*\});/;

type Part = [tag: string, attributes: Record<string, string>];

/**
 * Draws lucide's icons as markup that Svelte copies as one. As they come, each is put together part by part in the
 * window: a list of bookings has two hundred.
 */
export function plainIcons(): Plugin {
  return {
    name: 'plain-icons',
    enforce: 'pre',
    transform(source, id) {
      if (!icons.test(id)) return undefined;
      const data = node.exec(source)?.[1];
      if (!data) throw new Error(`plain-icons: ${id} is not written as it was`);
      return { code: component((JSON.parse(data) as { node: Part[] }).node), map: null };
    },
  };
}

/** The component of an icon: see Icon in src/ui/icon.ts for what it takes. */
export function component(parts: readonly Part[]): string {
  const drawn = parts.map(([tag, attributes]) => `<${tag} ${written(attributes)}/>`).join('');
  return `<script>
  let { size = 24, strokeWidth = 2 } = $props();
</script>
<svg width={size} height={size} stroke-width={strokeWidth} viewBox="0 0 24 24" fill="none" stroke="currentColor"
  stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${drawn}</svg>
`;
}

function written(attributes: Record<string, string>): string {
  return Object.entries(attributes)
    .map(([name, value]) => `${name}="${value}"`)
    .join(' ');
}
