import { configure, render, screen, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { setLanguage } from '../../../i18n/i18n.svelte';
import { App } from '../../../state/app.svelte';
import Stage from './Stage.svelte';

// Nothing is hidden here, and to look whether something is takes most of the time of a test.
configure({ defaultHidden: true });

/** Somebody with a mouse and a keyboard. */
export const user = userEvent.setup({ delay: null });

/** The screen over a backend that speaks English, at a topic or at what `at` says. */
export async function stage(
  backend: App['backend'] & { world: { lang: string; profile: { lang: string } | undefined } },
  at: { topic?: string; fresh?: boolean } = {},
): Promise<App> {
  backend.world.lang = 'en';
  if (backend.world.profile) backend.world.profile = { ...backend.world.profile, lang: 'en' };
  const app = new App(backend);
  await app.begin();
  await setLanguage('en');
  app.go({ name: 'topics', ...at });
  render(Stage, { app });
  return app;
}

/** The field of the topic's name. */
export const name = (): Promise<HTMLInputElement> => screen.findByLabelText('Topic name');

/** The topics of the list, with what stands beside them. */
export function rows(): string[] {
  const list = screen.getByRole('listbox', { name: 'Meeting topics' });
  return within(list)
    .getAllByRole('option')
    .map((row) => (row.textContent ?? '').replace(/\s+/g, ' ').trim());
}

/** How the form stands towards the data file. */
export const standing = (): string =>
  document.querySelector('[data-test=topic-standing]')?.textContent?.trim() ?? '';

/** The tile of a kind of place. */
export const tile = (kind: string): HTMLElement =>
  screen.getByRole('radio', { name: new RegExp(`^${kind} `) });
