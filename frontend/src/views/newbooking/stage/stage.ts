import { configure, render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { App } from '../../../state/app.svelte';
import type { Draft } from '../../../state/screen';
import Stage from './Stage.svelte';

configure({ asyncUtilTimeout: 10_000 });

/** Somebody with a mouse and a keyboard. */
export const user = userEvent.setup({ delay: null });

/** The dialog, open over a backend, when its days have come and it has the focus. */
export async function stage(backend: App['backend'], draft: Draft = {}): Promise<App> {
  const app = new App(backend);
  await app.begin();
  app.book(draft);
  render(Stage, { app });
  if (app.start?.topics) await screen.findByRole('grid');
  await waitFor(() => {
    if (document.activeElement === document.body) throw new Error('nothing has the focus');
  });
  return app;
}

/** Presses a day of the strip and a start of it: `pick('Thursday 26', '15:15')`. */
export async function pick(day: string, time: string): Promise<void> {
  await user.click(screen.getByRole('radio', { name: new RegExp(day) }));
  await user.click(screen.getByRole('gridcell', { name: time }));
}

/** Types somebody into the field of the attendees. */
export async function invite(who: string): Promise<void> {
  await user.type(screen.getByRole('textbox', { name: 'Attendees' }), `${who}{Enter}`);
}

/** Who is invited, by their addresses. */
export function people(): string[] {
  return [...document.querySelectorAll('[data-part=people] li')].map(
    (chip) => chip.getAttribute('title') ?? '',
  );
}

/** What is read out. */
export function said(): string {
  return document.querySelector('[data-test=newbooking-said]')?.textContent ?? '';
}

/** What the footer says. */
export function footer(): string {
  return document.querySelector('.dialog-foot')?.textContent?.replace(/\s+/g, ' ').trim() ?? '';
}

/** What a method was called with, oldest call first. */
export function asked(f: { calls: readonly Call[] }, method: string): readonly (readonly unknown[])[] {
  return f.calls.filter((call) => call.method === method).map((call) => call.args);
}

interface Call {
  readonly method: string;
  readonly args: readonly unknown[];
}
