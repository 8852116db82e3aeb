import { configure, render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { setLanguage } from '../../../i18n/i18n.svelte';
import { App } from '../../../state/app.svelte';
import type { IntegrationTab } from '../../../state/screen';
import Stage from './Stage.svelte';

// Nothing is hidden here, and to look whether something is takes most of the time of a test.
configure({ defaultHidden: true });

/** Somebody with a mouse and a keyboard. */
export const user = userEvent.setup({ delay: null });

/** The screen over a backend. */
export async function stage(backend: App['backend'], tab: IntegrationTab = 'video'): Promise<App> {
  const app = new App(backend);
  await app.begin();
  await setLanguage('en');
  app.go({ name: 'integrations', tab });
  render(Stage, { app });
  return app;
}

/** Presses the button of this name. */
export async function press(name: string): Promise<void> {
  await user.click(await screen.findByRole('button', { name }));
}

/** What stands in the part of the page with this hook, its blanks made even. */
export function said(hook: string): string {
  const text = document.querySelector(`[data-test="${hook}"]`)?.textContent ?? '';
  return text.replace(/\s+/g, ' ').trim();
}

/** What stands on the page. */
export const page = (): string => (document.body.textContent ?? '').replace(/\s+/g, ' ').trim();
