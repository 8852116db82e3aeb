import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { off, office } from '../../bridge/fake/world';
import { name, stage, tile, user } from './stage/stage';

let f: Fake;
beforeEach(() => void (f = fake(office())));

const press = (label: string) => user.click(screen.getByRole('button', { name: label }));

describe('Zoom that is not connected', () => {
  beforeEach(() => {
    f.world.connection = off(f.world.connection);
  });

  it('is greyed with the reason; Connect brings it back right here and names the account', async () => {
    const app = await stage(f, { fresh: true });
    await user.type(await name(), 'Rozmowa');
    expect(tile('Zoom').getAttribute('aria-disabled')).toBe('true');
    await user.click(tile('Zoom'));
    expect(tile('Zoom').getAttribute('aria-checked')).toBe('false');
    const why = tile('Zoom').getAttribute('aria-describedby')?.split(' ')[0] ?? '';
    expect(document.getElementById(why)?.textContent).toContain('Zoom is not connected');
    await press('Connect');
    expect(await screen.findByText('Signing in to Zoom')).toBeTruthy();
    f.world.connection = office().connection;
    f.emit('connected', {
      name: 'Hanna Ćwik',
      email: 'h@example.com',
      otherAccount: false,
      cancelled: false,
    });
    expect(await screen.findByText('Zoom connected as h@example.com')).toBeTruthy();
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
    expect((await name()).value).toBe('Rozmowa');
    await waitFor(() => expect(tile('Zoom').getAttribute('aria-checked')).toBe('true'));
    expect(tile('Zoom').hasAttribute('aria-disabled')).toBe(false);
  });

  it('stays greyed after a sign-in that was declined, which is said', async () => {
    await stage(f, { fresh: true });
    await name();
    await press('Connect');
    const fault = { code: 'declined', message: '', hint: '' };
    f.emit('connected', { name: '', email: '', otherAccount: false, cancelled: false, fault });
    expect(await screen.findByText('The permission was not given in Zoom')).toBeTruthy();
    expect(tile('Zoom').getAttribute('aria-disabled')).toBe('true');
  });

  it('is missed by the arrows', async () => {
    await stage(f, { fresh: true });
    await name();
    tile('Phone').focus();
    await user.keyboard('{ArrowLeft}');
    expect(tile('Own link').getAttribute('aria-checked')).toBe('true');
  });

  it('can be tried in the sandbox, unless this is the sandbox', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await name();
    await press('Try in the sandbox');
    await waitFor(() => expect(app.start?.sandbox).toBe(true));
    await name();
    expect(screen.queryByRole('button', { name: 'Try in the sandbox' })).toBeNull();
  });
});

describe('Zoom that needs mending', () => {
  it.each([
    ['sign in again', 'Zoom asks for a new sign-in'],
    ['removed at Zoom', 'The app was removed in Zoom'],
    ['missing permissions', 'Zoom is connected, but permissions are missing'],
  ])('can be chosen, with a warning and a way out: %s', async (state, words) => {
    f.world.connection = { ...f.world.connection, state };
    await stage(f, { topic: 'kwadrans-pytan' });
    await name();
    expect(screen.queryByText(new RegExp(words))).toBeNull();
    await user.click(tile('Zoom'));
    expect(screen.getByText(new RegExp(words))).toBeTruthy();
    await press('Reconnect');
    expect(f.calls.some((call) => call.method === 'video.Connect')).toBe(true);
  });
});
