import type { Component } from 'svelte';

/**
 * An icon as a component of its own, taken from lucide by its deep import:
 * `import Plus from '@lucide/svelte/icons/plus'`. Drawn at `size` pixels in the colour of the text around it.
 */
export type Icon = Component<{ size?: number; strokeWidth?: number; 'aria-hidden'?: 'true' }>;
