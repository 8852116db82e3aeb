import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { lay, type Layer } from './layers';
import { place, type Wish } from './place';

interface Sheet extends Partial<Wish>, Pick<Layer, 'tab'> {
  /** What it lies beside. */
  anchor: () => HTMLElement | undefined;
  /** Escape or a press outside wants it gone; without it both pass it by. */
  leave?: Layer['leave'];
}

/** Takes an element out of the root of the page and lays it over everything. */
export const onBody: Attachment<Element> = (node) => {
  document.body.append(node);
  return () => node.remove();
};

/**
 * Lays an element beside another, wherever that goes as the page scrolls. It lies in the dialog in which it was opened,
 * whose outside is out of reach. Styles know `--sheet-room`, how high it may be, and `--sheet-anchor`, the width of what
 * it lies beside.
 */
export function sheet(wish: Sheet): Attachment<HTMLElement> {
  return (node) => untrack(() => laid(node, wish));
}

function laid(node: HTMLElement, { anchor, leave, tab, ...wish }: Sheet): () => void {
  const beside = anchor();
  (beside?.closest('[aria-modal]') ?? document.body).append(node);
  node.style.position = 'fixed';
  const unfollow = beside && follow(node, beside, { side: 'bottom', align: 'start', gap: 4, ...wish });
  const layer = leave && { parts: () => [node, beside], leave, ...(tab && { tab }) };
  const lift = layer && lay(layer);
  return () => {
    unfollow?.();
    lift?.();
    node.remove();
  };
}

function follow(node: HTMLElement, beside: HTMLElement, wish: Wish): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const put = () => lieBeside(node, beside, wish);
  const scrolled = ({ target }: Event) => {
    if (target !== node) put();
  };
  window.addEventListener('scroll', scrolled, { capture: true, passive: true, signal });
  window.addEventListener('resize', put, { signal });
  const sizes = new ResizeObserver(put);
  sizes.observe(node);
  sizes.observe(beside);
  put();
  return () => {
    gone.abort();
    sizes.disconnect();
  };
}

function lieBeside(node: HTMLElement, beside: HTMLElement, wish: Wish): void {
  const { style, scrollTop } = node;
  const box = beside.getBoundingClientRect();
  const { clientWidth: width, clientHeight: height } = document.documentElement;
  // At the corner and without a limit it has the size that it would like to have.
  style.left = style.top = '0';
  style.removeProperty('--sheet-room');
  style.setProperty('--sheet-anchor', `${box.width}px`);
  const size = { width: node.offsetWidth, height: node.offsetHeight };
  const spot = place(box, size, { width, height }, wish);
  style.left = `${spot.left}px`;
  style.top = `${spot.top}px`;
  style.setProperty('--sheet-room', `${spot.room}px`);
  node.scrollTop = scrollTop;
}
