import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import App from './App.svelte';
import { Fault } from './bridge/fault';
import { fake } from './bridge/fake/fake';
import { fresh, inEnglish, office } from './bridge/fake/world';
import { App as State } from './state/app.svelte';

vi.mock('./views/settings/Settings.svelte', () => ({
  default: () => {
    throw new Error('a defect');
  },
}));

function open(world = inEnglish(office())) {
  const go = fake(world);
  const app = new State(go);
  return { go, app, show: () => render(App, { app }) };
}

const user = userEvent.setup();

describe('the window', () => {
  it('asks a stranger who they are, and lets them in', async () => {
    const { go, show } = open({ ...fresh(), lang: 'en' });
    show();
    await user.type(await screen.findByLabelText('Name'), 'Hanna Ćwik');
    await user.type(screen.getByLabelText('Email'), 'hanna@example.com');
    await user.click(screen.getByRole('button', { name: 'Begin' }));
    expect(await screen.findByText('No upcoming bookings')).toBeTruthy();
    expect(go.world.profile?.name).toBe('Hanna Ćwik');
    await vi.waitFor(() => expect(document.activeElement?.getAttribute('aria-current')).toBe('page'));
  });

  it('goes from screen to screen, and survives one that is broken', async () => {
    const { show } = open();
    show();
    await user.click(await screen.findByRole('button', { name: /^Settings/ }));
    expect(await screen.findByText('This screen could not be shown')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: /^Bookings/ }));
    expect(await screen.findByRole('heading', { name: 'Bookings' })).toBeTruthy();
  });

  it('says all the time that it is the sandbox, and leads out of it', async () => {
    const { go, show } = open();
    go.world.sandbox = true;
    show();
    await user.click(await screen.findByRole('button', { name: 'Show letters' }));
    expect(await screen.findByText('No letters yet')).toBeTruthy();
    await user.keyboard('{Escape}');
    await user.click(screen.getByRole('button', { name: 'Leave the sandbox' }));
    await vi.waitFor(() => expect(screen.queryByText(/Nothing leaves this computer/)).toBeNull());
    expect(document.activeElement).not.toBe(document.body);
  });

  it('tells why the data cannot be opened', async () => {
    const { go, show } = open();
    go.failNext('shell.Begin', new Fault('corrupt', 'the file is damaged'));
    show();
    expect(await screen.findByText('the file is damaged')).toBeTruthy();
    expect(screen.queryByRole('navigation')).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('navigation')).toBeTruthy();
  });

  it('asks for the passphrase of the key file', async () => {
    const { go, show } = open();
    show();
    await screen.findByRole('heading', { name: 'Bookings' });
    go.emit('passphrase', false);
    await user.type(await screen.findByLabelText('Passphrase'), 'correct horse{Enter}');
    await vi.waitFor(() =>
      expect(go.calls.find((call) => call.method === 'shell.Passphrase')?.args).toEqual(['correct horse']),
    );
  });
});
