import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import { Fault } from '../../bridge/fault';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { App } from '../../state/app.svelte';
import Stage from './stage/Stage.svelte';

let go: Fake;
let app: App;

beforeEach(async () => {
  go = fake(inEnglish(office()));
  app = new App(go);
  await app.begin();
  render(Stage, { app });
});

const user = userEvent.setup();
const called = (method: string) => go.calls.filter((call) => call.method === method);

describe('the settings', () => {
  it('keep the profile, and say so', async () => {
    const name = await screen.findByLabelText('Name');
    expect(screen.getByRole('button', { name: 'Save' }).getAttribute('aria-disabled')).toBe('true');
    await user.clear(name);
    await user.type(name, 'Hanna Nowa{Enter}');
    await waitFor(() => expect(go.world.profile?.name).toBe('Hanna Nowa'));
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('do not send what is plainly wrong, and keep what Go refuses', async () => {
    const email = await screen.findByLabelText('Email');
    await user.clear(email);
    await user.type(email, 'hanna');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('This is not a complete email address')).toBeTruthy();
    expect(called('settings.SaveProfile')).toHaveLength(0);
    await waitFor(() => expect(document.activeElement).toBe(email));
    go.failNext('settings.SaveProfile', new Fault('invalid-input', 'not this one'));
    await user.type(email, '@example.com{Enter}');
    expect(await screen.findByText('not this one')).toBeTruthy();
    expect(email).toHaveProperty('value', 'hanna@example.com');
  });

  it('turn the window to another language and another theme', async () => {
    await user.click(await screen.findByRole('radio', { name: 'Dark' }));
    await waitFor(() => expect(document.documentElement.dataset['theme']).toBe('dark'));
    await user.click(screen.getByRole('radio', { name: 'Polski' }));
    expect(await screen.findByRole('heading', { name: 'Ustawienia' })).toBeTruthy();
  });

  it('write a backup and say where; a cancelled dialog says nothing', async () => {
    await user.click(await screen.findByRole('button', { name: 'Save a backup' }));
    await waitFor(() => expect(app.toasts.list.at(-1)?.text).toContain('kwadrans-2026-11-24.db'));
    const said = app.toasts.list.length;
    await user.click(screen.getByRole('button', { name: 'Restore a backup' }));
    await waitFor(() => expect(called('settings.Restore')).toHaveLength(1));
    expect(app.toasts.list).toHaveLength(said);
  });

  it('ask before they give up what an old key sealed', async () => {
    go.world.connection = { ...go.world.connection, key: { state: 'changed', source: 'keychain' } };
    await app.refresh();
    await user.click(await screen.findByRole('button', { name: 'Start with a new key' }));
    expect(called('settings.RenewKey')).toHaveLength(0);
    const yes = screen.getAllByRole('button', { name: 'Start with a new key' }).at(-1);
    if (yes) await user.click(yes);
    await waitFor(() => expect(called('settings.RenewKey')).toHaveLength(1));
  });
});
