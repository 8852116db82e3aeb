import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { setLanguage } from '../../../i18n/i18n.svelte';
import { App } from '../../../state/app.svelte';
import Stage from './Stage.svelte';

// Nothing is hidden here, and to look whether something is takes most of the time of a test.
configure({ defaultHidden: true });

/** Somebody with a mouse and a keyboard. */
export const user = userEvent.setup({ delay: null });

/** Makes the window as wide as the right panel needs, or not. */
export function wide(yes: boolean): void {
  (window as unknown as { happyDOM: { setViewport(size: object): void } }).happyDOM.setViewport({
    width: yes ? 1440 : 1024,
    height: 800,
  });
}

/** The screen over a backend that speaks English, with the list on it. */
export async function stage(
  backend: App['backend'] & { world: { lang: string; profile: { lang: string } | undefined } },
  booking?: string,
): Promise<App> {
  backend.world.lang = 'en';
  if (backend.world.profile) backend.world.profile = { ...backend.world.profile, lang: 'en' };
  const app = new App(backend);
  await app.begin();
  await setLanguage('en');
  if (booking) app.go({ name: 'bookings', booking });
  render(Stage, { app });
  await waitFor(() => {
    if (
      document.querySelector('[data-booking], [data-test=bookings-empty], [data-test=bookings-fault]') ===
      null
    )
      throw new Error('nothing is listed yet');
  });
  return app;
}

const text = (at: Element | null | undefined): string => (at?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** The heads of the groups, with their counts. */
export const heads = (): string[] => [...document.querySelectorAll('.group > h2')].map(text);

/** The row of the booking with this name among its words. */
export function row(words: string): HTMLElement {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-booking]')];
  const found = rows.find((candidate) => text(candidate).includes(words));
  if (!found) throw new Error(`no row says ${words}`);
  return found;
}

/** What a row says, in one line. */
export const said = (words: string): string => text(row(words));

/** How the lights of a row stand. */
export const lights = (words: string): string =>
  [...row(words).querySelectorAll<HTMLElement>('[data-light]')].map((at) => at.dataset['state']).join(' ');

/** Presses a button within something. */
export const press = (within_: HTMLElement, name: string | RegExp): Promise<void> =>
  user.click(within(within_).getByRole('button', { name }));

/** The detail that is open. */
export const detail = (): HTMLElement => screen.getByRole('complementary', { name: 'Booking details' });

/** What the messages at the bottom say. */
export const messages = (): string[] =>
  [...document.querySelectorAll('[data-test=messages] li')].map((at) => text(at));

/** The time by the clock in Warsaw on the day of the pictures, or another. */
export const at = (clock: string, day = '2026-11-24'): Date => new Date(`${day}T${clock}:00+01:00`);
