import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import Window from './App.svelte';
import { fake, type Fake } from './bridge/fake/fake';
import { inEnglish, office } from './bridge/fake/world';
import { App } from './state/app.svelte';

let f: Fake;
const user = userEvent.setup({ delay: null });

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:24:00Z') });
  f = fake(inEnglish(office()));
  render(Window, { app: new App(f) });
  await waitFor(() => expect(document.querySelector('[data-booking]')).toBeTruthy());
});
afterEach(() => vi.useRealTimers());

const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);

describe('a file that is dropped on the window', () => {
  it('is told, and kept only when that is wished', async () => {
    f.emit('dropped', '/tmp/yes.eml');
    await screen.findByText(/: yes$/);
    expect(called('answers.Keep')).toEqual([]);
    await user.click(screen.getByRole('button', { name: 'Keep the answer' }));
    await waitFor(() => expect(called('answers.Keep')).toHaveLength(1));
    await screen.findAllByText(/^The answer is kept/);
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('leads to the move when another time is proposed', async () => {
    f.emit('dropped', '/tmp/counter.ics');
    await screen.findByText(/ proposes: /);
    await user.click(screen.getByRole('button', { name: 'Move there…' }));
    await screen.findByText('Another time', { selector: 'h2' });
    await waitFor(() => expect(called('changing.Days')).not.toEqual([]));
  });

  it('says what it is not', async () => {
    f.emit('dropped', '/tmp/stranger.ics');
    await screen.findByText(/ was not invited$/);
    expect(screen.queryByRole('button', { name: 'Keep the answer' })).toBeNull();
  });

  it('says why it cannot be read', async () => {
    f.emit('dropped', '/tmp/none.txt');
    await screen.findByText('There is no calendar part in this letter.');
  });
});
