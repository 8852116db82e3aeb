import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { keepTab, returnFocus } from './focus';
import { holdInert } from './inert';
import { lay, type Layer } from './layers';

interface Modal {
  /** The dialog; the attachment is for the veil around it. */
  dialog: () => HTMLElement | undefined;
  /** What gets the focus first; the dialog itself when it is nothing or takes none. */
  first: (dialog: HTMLElement) => HTMLElement | null;
  /** What had the focus before. */
  before: () => Element | null;
  leave: Layer['leave'];
}

/** Lays a veil with a dialog over the window, out of whose reach everything else is until it is taken away. */
export function modal(wish: Modal): Attachment<HTMLElement> {
  return (veil) => untrack(() => laid(veil, wish));
}

function laid(veil: HTMLElement, { dialog: get, first, before, leave }: Modal): () => void {
  const dialog = get() ?? veil;
  document.body.append(veil);
  const release = holdInert(veil);
  const lift = lay({ parts: () => [dialog], leave, modal: true, tab: (event) => keepTab(dialog, event) });
  first(dialog)?.focus({ preventScroll: true });
  if (!dialog.contains(document.activeElement)) dialog.focus({ preventScroll: true });
  return () => {
    lift();
    veil.remove();
    release();
    returnFocus(before());
  };
}
