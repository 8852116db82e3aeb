import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import App from '../../App.svelte';
import { Fault } from '../../bridge/fault';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { App as State } from '../../state/app.svelte';
import { schedulesOf } from '../../state/schedules.svelte';
import { topicsOf } from '../../state/topicworlds';

let f: Fake;
let app: State;
const user = userEvent.setup();

const called = (method: string) => f.calls.filter((call) => call.method === method).map((call) => call.args);
const told = () => called('shell.Unsaved').at(-1)?.[0];
const closed = () => called('shell.Close').length;

beforeEach(async () => {
  f = fake(inEnglish(office()));
  app = new State(f);
  render(App, { app });
  await screen.findByRole('heading', { name: 'Bookings' });
  await Promise.all([schedulesOf(app).load(), topicsOf(app).load()]);
});

function rename(name: string): void {
  schedulesOf(app).editor('default')?.change({ name });
}

describe('a window that is to be closed while a schedule is not kept', () => {
  beforeEach(async () => {
    rename('Wieczory');
    await vi.waitFor(() => expect(told()).toBe(true));
    f.emit('closing', null);
  });

  it('asks, names it, and keeps it on Enter', async () => {
    expect(await screen.findByText('Schedule: Wieczory')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Save and close' }));
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(closed()).toBe(1));
    expect(f.world.schedules.map((one) => one.name)).toEqual(['Wieczory']);
  });

  it('stays on Escape, and asks again the next time', async () => {
    await screen.findByRole('dialog');
    await user.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    const times = called('shell.Unsaved').length;
    f.emit('closing', null);
    expect(await screen.findByRole('dialog')).toBeTruthy();
    expect([called('shell.Unsaved').length, told(), closed()]).toEqual([times + 1, true, 0]);
  });

  it('closes without it', async () => {
    await user.click(await screen.findByRole('button', { name: 'Close without saving' }));
    await vi.waitFor(() => expect(closed()).toBe(1));
    expect(called('schedules.Change')).toEqual([]);
  });

  it('leads to what cannot be kept', async () => {
    f.failNext('schedules.Change', new Fault('invalid-input', 'no'));
    await user.click(await screen.findByRole('button', { name: 'Save and close' }));
    await vi.waitFor(() => expect(app.screen).toEqual({ name: 'schedules', schedule: 'default' }));
    expect([closed(), app.leaving.asks]).toEqual([0, false]);
  });
});

describe('a window in which all is kept', () => {
  it('is told of to Go', async () => {
    rename('Wieczory');
    await vi.waitFor(() => expect(told()).toBe(true));
    schedulesOf(app).editor('default')?.revert();
    await vi.waitFor(() => expect(told()).toBe(false));
  });

  it('closes at once when a topic only waited for a pause', async () => {
    const [topic] = f.world.topics;
    topicsOf(app)
      .form(topic?.slug ?? '')
      ?.set('name', 'Inaczej');
    await vi.waitFor(() => expect(told()).toBe(true));
    f.emit('closing', null);
    await vi.waitFor(() => expect(closed()).toBe(1));
    expect([f.world.topics[0]?.name, app.leaving.asks]).toEqual(['Inaczej', false]);
  });
});
