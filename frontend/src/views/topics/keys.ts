import type { App } from '../../state/app.svelte';

/** Says whether a key goes into a field in which something is typed. */
export function typing(event: KeyboardEvent): boolean {
  const at = event.target;
  if (at instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(at.type);
  return at instanceof HTMLTextAreaElement || (at instanceof HTMLElement && at.isContentEditable);
}

/** Says whether something lies over the screen, so that its keys are not those of the screen. */
export function covered(app: App): boolean {
  return app.draft !== undefined || document.querySelector('[role="dialog"]') !== null;
}

/** Says whether a key sends what stands in a form, and takes it before a control does. */
export function sends(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false;
  event.preventDefault();
  event.stopPropagation();
  return true;
}
