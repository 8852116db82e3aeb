import type { Attachment } from 'svelte/attachments';

/**
 * Takes the focus for an element that came in the place of the one that had it: who acts with the keyboard
 * goes on where the window does. A focus that is somewhere else is left there.
 */
export const arrive: Attachment<HTMLElement> = (element) => {
  const at = document.activeElement;
  if (at === null || at === document.body) element.focus({ preventScroll: true });
};

/** Scrolls to an element that came: the answer to a press must not lie below the edge of the window. */
export const reveal: Attachment<HTMLElement> = (element) => {
  element.scrollIntoView?.({ block: 'nearest' });
};
