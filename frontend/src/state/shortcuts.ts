import type { App } from './app.svelte';
import type { Screen } from './screen';

const screens: Readonly<Record<string, Screen>> = {
  b: { name: 'bookings' },
  t: { name: 'topics' },
  i: { name: 'integrations', tab: 'video' },
  s: { name: 'settings' },
};

const pause = 1_200;

/** The keys of the whole window: G then a letter goes to a screen, N books, Ctrl+Z takes back. */
export class Shortcuts {
  readonly #app: App;
  #after = 0;

  constructor(app: App) {
    this.#app = app;
  }

  /** Takes a key that nobody took before. Keys that are typed into a field are the field's. */
  press(event: KeyboardEvent): void {
    if (event.defaultPrevented || typing(event) || !this.#app.start?.profile) return;
    const key = event.key.toLowerCase();
    if ((event.ctrlKey || event.metaKey) && !event.altKey) {
      if (key === 'z' && !event.shiftKey && this.#app.toasts.act()) event.preventDefault();
      return;
    }
    if (event.altKey || this.#app.draft || document.querySelector('[role="dialog"]')) return;
    if (this.#second(key) || this.#first(key)) event.preventDefault();
  }

  #second(key: string): boolean {
    const waits = Date.now() - this.#after < pause;
    this.#after = 0;
    const screen = waits ? screens[key] : undefined;
    if (screen) this.#app.go(screen);
    return screen !== undefined;
  }

  #first(key: string): boolean {
    if (key === 'g') this.#after = Date.now();
    else if (key === 'n' && !['topics', 'schedules'].includes(this.#app.screen.name)) this.#app.book();
    else return false;
    return true;
  }
}

function typing(event: KeyboardEvent): boolean {
  const at = event.target;
  if (!(at instanceof HTMLElement)) return false;
  if (at.isContentEditable) return true;
  if (at instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit'].includes(at.type);
  return at instanceof HTMLTextAreaElement || at instanceof HTMLSelectElement;
}
