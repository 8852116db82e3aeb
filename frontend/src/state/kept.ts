import type { Instant } from '../model/instant';
import type { App } from './app.svelte';
import type { Typed } from './invitation.svelte';

/** What was typed into a dialog that was closed before it booked. */
export interface Kept extends Typed {
  readonly slug: string;
  readonly start: Instant | '';
}

// For as long as the window is open. It is of one data file: the sandbox has people of its own.
const forms = new WeakMap<App, Map<string, Kept>>();

/** Keeps a form that was not sent; nothing forgets it. */
export function keep(app: App, file: string, form: Kept | undefined): void {
  const mine = forms.get(app) ?? new Map<string, Kept>();
  if (form) mine.set(file, form);
  else mine.delete(file);
  forms.set(app, mine);
}

/** The form that was not sent. */
export function kept(app: App, file: string): Kept | undefined {
  return forms.get(app)?.get(file);
}
