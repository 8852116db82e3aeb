import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, off, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { page, press, said, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 });

let f: Fake;
beforeEach(() => void (f = fake(inEnglish(office()))));

const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const field = () => screen.findByRole<HTMLInputElement>('textbox', { name: 'Public Client ID' });
const details = () => document.querySelector<HTMLDetailsElement>('[data-test=own-id]');

async function unfolded(): Promise<void> {
  await stage(f);
  await field();
  const form = details();
  if (form) form.open = true;
}

describe('a build without a client id', () => {
  beforeEach(() => void (f.world.connection = { ...off(f.world.connection), clientId: '' }));

  it('opens the guided form instead of the browser', async () => {
    await stage(f);
    await press('Connect');
    await screen.findByText('To connect, you need the client id of a Zoom app of your own');
    expect(details()?.open).toBe(true);
    expect(document.activeElement?.tagName).toBe('SUMMARY');
    expect(called('video.Connect')).toEqual([]);
  });
});

describe('the guided form', () => {
  it('copies the redirect address and opens Zoom’s page', async () => {
    await unfolded();
    await press('Copy: http://127.0.0.1/callback');
    await press('Open Zoom’s page');
    expect(called('shell.Copy')).toEqual([['http://127.0.0.1/callback']]);
    expect(called('shell.Visit')).toEqual([['zoom-build-app']]);
  });

  it('checks with Enter and uses with the next', async () => {
    f.world.connection = off(f.world.connection);
    await unfolded();
    await user.type(await field(), ' publicClientId {Enter}');
    await waitFor(() => expect(said('id-verdict')).toContain('This id is a public one'));
    expect(called('video.CheckID')).toEqual([['publicClientId']]);
    expect(called('video.UseID')).toEqual([]);
    await user.type(await field(), '{Enter}');
    await waitFor(() => expect(called('video.UseID')).toEqual([['publicClientId']]));
    expect((await field()).value).toBe('');
    expect(page()).not.toContain('takes effect with the next sign-in');
  });

  it('advises about a confidential id and does not use it', async () => {
    await unfolded();
    await user.type(await field(), 'short');
    await press('Use it');
    await waitFor(() => expect(said('id-verdict')).toContain('Copy the Public Client ID of step 3.'));
    expect(called('video.UseID')).toEqual([]);
    await user.type(await field(), 'er');
    expect(said('id-verdict')).toBe('');
  });

  it('saves nothing when Zoom cannot be asked', async () => {
    f.failNext('video.CheckID', new Fault('offline'));
    await unfolded();
    await user.type(await field(), 'publicClientId');
    await press('Use it');
    await waitFor(() => expect(said('id-verdict')).toContain('nothing was saved'));
    expect(called('video.UseID')).toEqual([]);
  });

  it('says at the field what cannot be an id', async () => {
    f.failNext('video.CheckID', new Fault('invalid-input', '“x y” cannot be a client id'));
    await unfolded();
    await user.type(await field(), 'x y');
    await press('Check this id');
    expect(await screen.findByText('“x y” cannot be a client id')).toBeTruthy();
    expect((await field()).getAttribute('aria-invalid')).toBe('true');
  });

  it('says that another id needs a new sign-in while connected', async () => {
    await unfolded();
    await user.type(await field(), 'publicClientId');
    await press('Use it');
    await screen.findByText('The new id takes effect with the next sign-in');
    expect(page()).toContain('Your client id: publicClientId');
    await press('Connect again');
    expect(called('video.Connect')).toHaveLength(1);
  });

  it('goes back to the program’s own', async () => {
    f.world.connection = { ...f.world.connection, ownId: 'kwadrans' };
    await unfolded();
    await press('Go back to the program’s own');
    await waitFor(() => expect(called('video.UseID')).toEqual([['']]));
    await waitFor(() => expect(screen.queryByText('Go back to the program’s own')).toBeNull());
    expect(page()).toContain('You use the program’s app.');
    expect(page()).toContain('The new id takes effect with the next sign-in');
    f.world.connection = { ...f.world.connection, connectedAt: '2026-11-24T10:30:00+01:00' };
    f.emit('changed', null);
    await waitFor(() => expect(page()).not.toContain('The new id takes effect with the next sign-in'));
  });
});
