const stops =
  ':is(a[href], button, input, select, textarea, [tabindex]):not([tabindex^="-"], :disabled, [inert] *)';

/** What Tab stops at inside an element, in its order. */
export function tabStops(root: Element): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(stops)].filter((stop) => stop.getClientRects().length > 0);
}

/** Keeps Tab inside an element: from its last stop it leads to the first, and back. */
export function keepTab(root: HTMLElement, event: KeyboardEvent): void {
  const all = tabStops(root);
  const from = event.shiftKey ? all[0] : all.at(-1);
  const to = event.shiftKey ? all.at(-1) : all[0];
  const at = document.activeElement;
  const edge = at === from || (event.shiftKey && at === root);
  if (root.contains(at) && from && !edge) return;
  event.preventDefault();
  (to ?? root).focus();
}

/** Gives the focus back, unless it has gone elsewhere by itself. */
export function returnFocus(to: Element | null | undefined): void {
  const at = document.activeElement;
  if ((!at || at === document.body) && to instanceof HTMLElement) to.focus({ preventScroll: true });
}
