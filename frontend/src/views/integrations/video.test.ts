import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../bridge/backend';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, off, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { page, press, said, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 });

let f: Fake;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:24:00Z') });
  f = fake(inEnglish(office()));
});
afterEach(() => vi.useRealTimers());

const set = (more: Partial<Connection>) => void (f.world.connection = { ...f.world.connection, ...more });
const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const button = (name: string) => screen.queryByRole('button', { name });
const end = { name: 'Hanna Ćwik', email: 'h@example.com', otherAccount: false, cancelled: false };

describe('not connected', () => {
  beforeEach(() => void (f.world.connection = off(f.world.connection)));

  it('explains each permission with its scopes before anybody connects', async () => {
    await stage(f);
    await screen.findByText('What Zoom will ask for, and why');
    expect(page()).toContain('See your Zoom profile');
    expect(page()).toContain('meeting:update:meeting');
    expect(screen.getAllByText('read')).toHaveLength(2);
    expect(screen.getAllByText('write')).toHaveLength(1);
    expect(page()).toContain('its key is in the system’s keychain');
  });

  it('goes to the browser and back when it is cancelled', async () => {
    const app = await stage(f);
    await press('Connect');
    await screen.findByText('Finish in the browser');
    expect(called('video.Connect')).toHaveLength(1);
    await waitFor(() => expect(document.activeElement).toBe(button('Cancel')));
    await user.keyboard('{Enter}');
    await screen.findByText('What Zoom will ask for, and why');
    expect(button('Connect')).not.toBeNull();
    expect(app.signedIn).toBeUndefined();
  });

  it('says what a declined sign-in means, with the focus on it, and tries again', async () => {
    await stage(f);
    await press('Connect');
    f.emit('connected', { ...end, fault: new Fault('declined', 'The permission was not given in zoom') });
    await waitFor(() => expect(said('sign-in-end')).toContain('The permission was not given in Zoom'));
    expect(said('sign-in-end')).toContain('Nothing was changed. To try again, press “Connect”.');
    expect(said('sign-in-end')).not.toContain('earlier connection');
    expect(said('sign-in-end')).not.toContain('in zoom');
    expect(document.activeElement?.getAttribute('data-test')).toBe('sign-in-end');
    await press('Try again');
    expect(called('video.Connect')).toHaveLength(2);
  });

  it.each([
    ['timeout', 'Nobody finished in time'],
    ['offline', 'Zoom’s sign-in server did not answer Nothing was changed here.'],
    ['key-locked', 'The keychain is locked'],
  ])('says what %s means', async (code, words) => {
    await stage(f);
    f.emit('connected', { ...end, fault: new Fault(code) });
    await waitFor(() => expect(said('sign-in-end')).toContain(words));
  });

  it('leads from a client id that Zoom does not take to its form', async () => {
    await stage(f);
    f.emit('connected', { ...end, fault: new Fault('invalid-input', 'not a public one') });
    await waitFor(() => expect(said('sign-in-end')).toContain('Zoom did not take the client id'));
    await press('Check the client id');
    await waitFor(() =>
      expect(document.querySelector<HTMLDetailsElement>('[data-test=own-id]')?.open).toBe(true),
    );
  });

  it('offers the sandbox beside Connect, and not in it', async () => {
    const app = await stage(f);
    await press('Try in the sandbox');
    await waitFor(() => expect(app.start?.sandbox).toBe(true));
    await screen.findByText(/imitates Zoom on this computer. Connect/);
    expect(button('Try in the sandbox')).toBeNull();
    expect(button('Turn on the sandbox')).toBeNull();
    expect(document.querySelector('[data-test=own-id]')).toBeNull();
  });

  it('says what to do about a key that is gone', async () => {
    set({ key: { state: 'absent', source: 'keychain' } });
    const app = await stage(f);
    await screen.findByText(/The key to the sign-ins is missing/);
    expect(page()).not.toContain('its key is in the system’s keychain');
    await press('Open the settings');
    expect(app.screen).toEqual({ name: 'settings' });
  });

  it('that cannot be read says so, and asks again', async () => {
    f.failNext('video.Status', new Fault('busy-file', 'The file is busy.'));
    await stage(f);
    await screen.findByText('The file is busy.');
    await press('Try again');
    await screen.findByText('What Zoom will ask for, and why');
  });
});

describe('connected', () => {
  it('names the account and when it was used', async () => {
    await stage(f);
    await screen.findByText('Connected');
    expect(page()).toContain('Account h.cwik@cwik-wspolnicy.pl, Licensed');
    expect(page()).toContain('Last used today, 10:21');
    expect(page()).toContain('Upcoming meetings 32');
    expect(page()).toContain('3 permissions, all granted.');
  });

  it('leads to the topics that use Zoom', async () => {
    const app = await stage(f);
    await press('4 of 6');
    expect(app.screen).toEqual({ name: 'topics' });
  });

  it('warns of the forty minutes of a Basic account', async () => {
    set({ accountType: 1 });
    await stage(f);
    expect(await screen.findByText(/Zoom ends meetings after 40 minutes/)).toBeTruthy();
  });

  it('says that another account was connected, until it is put away', async () => {
    await stage(f);
    f.emit('connected', { ...end, otherAccount: true });
    await screen.findByText('Connected as h@example.com');
    expect(said('sign-in-end')).toContain('a different Zoom account');
    await press('Close');
    expect(document.querySelector('[data-test=sign-in-end]')).toBeNull();
  });

  it('keeps the old connection through a sign-in that fails', async () => {
    await stage(f);
    f.emit('connected', { ...end, fault: new Fault('declined') });
    await waitFor(() => expect(said('sign-in-end')).toContain('The earlier connection is kept as it was.'));
    expect(screen.getByText('Connected')).toBeTruthy();
  });

  it('is tested, and says when Zoom does not answer', async () => {
    await stage(f);
    await press('Test connection');
    await waitFor(() => expect(said('test-result')).toBe('10:24: Zoom answered, the connection works'));
    vi.spyOn(f.video, 'Check').mockResolvedValueOnce({ ...f.world.connection, offline: true });
    await press('Test connection');
    await waitFor(() => expect(said('test-result')).toContain('Zoom does not answer'));
    f.failNext('video.Check', new Fault('internal', 'a defect'));
    await press('Test connection');
    await waitFor(() => expect(said('test-result')).toContain('a defect'));
  });

  it('that was removed at Zoom turns when it is tested', async () => {
    await stage(f);
    vi.spyOn(f.video, 'Check').mockResolvedValueOnce({ ...f.world.connection, state: 'removed at Zoom' });
    await press('Test connection');
    await screen.findByText('Access removed at Zoom');
  });

  it('is disabled at once, and says that Zoom confirmed it', async () => {
    const app = await stage(f);
    await press('Disable');
    await waitFor(() => expect(said('disabled')).toContain('Disabled, and Zoom confirmed it'));
    expect(app.toasts.list.at(-1)?.text).toContain('Zoom confirmed that the access is gone');
    expect(button('Connect')).not.toBeNull();
    expect(document.activeElement?.getAttribute('data-test')).toBe('disabled');
  });

  it('shows how to remove the app when Zoom did not confirm it', async () => {
    vi.spyOn(f.video, 'Disable').mockImplementation(async () => {
      f.world.connection = off(f.world.connection);
      return { revoked: false, connection: f.world.connection };
    });
    await stage(f);
    await press('Disable');
    await waitFor(() => expect(said('disabled')).toContain('Zoom did not confirm it'));
    expect(said('disabled')).toContain('Find “Kwadrans” in the list');
    await press('Open Zoom App Marketplace');
    expect(called('shell.Visit')).toEqual([['zoom-added-apps']]);
  });

  it('stays when Disable fails', async () => {
    f.failNext('video.Disable', new Fault('busy-file', 'The file is busy.'));
    const app = await stage(f);
    await press('Disable');
    await waitFor(() => expect(app.toasts.list.at(-1)).toMatchObject({ text: 'The file is busy.' }));
    expect(screen.getByText('Connected')).toBeTruthy();
  });

  it('with an own app says by which id to find it at Zoom', async () => {
    set({ ownId: 'myPublicId', clientId: 'myPublicId' });
    await stage(f);
    expect(await screen.findByText(/it was given \(client id: myPublicId\)/)).toBeTruthy();
    expect(page()).not.toContain('Find “Kwadrans”');
  });

  it('in the sandbox is the look-alike, with nothing to remove', async () => {
    f.world.sandbox = true;
    await stage(f);
    await screen.findByText('This is not the real Zoom');
    expect(button('Open Zoom App Marketplace')).toBeNull();
  });
});

describe('in between', () => {
  it('shows a sign-in that another program began, and looks again after Cancel', async () => {
    set({ state: 'connecting' });
    await stage(f);
    await screen.findByText(/begun outside this window/);
    expect(page()).toContain('The connection you have stays until you finish.');
    set({ state: 'connected' });
    vi.spyOn(f.video, 'Cancel').mockResolvedValue(); // it was not ours, so nobody tells that it ended
    await press('Cancel');
    await screen.findByText('Connected');
  });

  it('names the scopes that lack and what does not work', async () => {
    set({
      state: 'missing permissions',
      permissions: f.world.connection.permissions.map((p) =>
        p.key === 'manage-own-meetings' ? { ...p, granted: false, missing: ['meeting:delete:meeting'] } : p,
      ),
    });
    await stage(f);
    await screen.findByText('1 permission is missing, so something does not work');
    expect(page()).toContain('A cancelled booking does not delete its Zoom meeting');
    expect(page()).toContain('Granted in full: 2 of 3.');
    expect(screen.getAllByText('missing')).toHaveLength(1);
    await press('Connect again');
    expect(called('video.Connect')).toHaveLength(1);
  });

  it('says why to sign in again', async () => {
    set({ state: 'sign in again' });
    await stage(f);
    await screen.findByText('Sign in again');
    expect(page()).toContain('the same account was connected on another computer');
    await press('Reconnect');
    await screen.findByText('Finish in the browser');
  });

  it('removed at Zoom lists what waits and what is paused', async () => {
    const waiting = f.world.bookings.filter((b) => b.state === 'provisioning');
    set({
      state: 'removed at Zoom',
      changed: '2026-11-24T09:58:00+01:00',
      waiting,
      zoomTopics: f.world.connection.zoomTopics.map((topic, i) => ({ ...topic, on: i > 0 })),
    });
    const app = await stage(f);
    await screen.findByText('Access removed at Zoom');
    expect(page()).toContain('Noticed: today, 9:58.');
    expect(page()).toContain('32 arranged meetings keep their links');
    expect(page()).toContain('3 topics with Zoom offer no free times');
    expect(screen.getAllByText('Paused')).toHaveLength(3);
    expect(screen.getByText('1 booking waits for its link')).toBeTruthy();
    expect(page()).toContain('Warsaw (GMT+1)');
    await press('Open the topic: Porada prawna');
    expect(app.screen).toEqual({ name: 'topics', topic: 'porada-prawna' });
    app.go({ name: 'integrations', tab: 'video' });
    await press('Open: Konsultacja wstępna, Fri 27 Nov, 16:00');
    expect(app.screen).toEqual({ name: 'bookings', booking: waiting[0]?.id });
  });
});

describe('the tabs', () => {
  it('lead from one kind to the other with the arrows', async () => {
    const app = await stage(f);
    screen.getByRole('tab', { name: 'Video' }).focus();
    await user.keyboard('{ArrowRight}');
    expect(app.screen).toEqual({ name: 'integrations', tab: 'calendars' });
    await user.keyboard('{ArrowRight}');
    expect(app.screen).toEqual({ name: 'integrations', tab: 'mail' });
    expect(await screen.findByText('Mail account')).toBeTruthy();
  });
});
