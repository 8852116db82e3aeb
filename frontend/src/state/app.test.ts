import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Fault } from '../bridge/fault';
import { fake, type Fake } from '../bridge/fake/fake';
import { office } from '../bridge/fake/world';
import { language, setLanguage } from '../i18n/i18n.svelte';
import { keptAway } from '../model/clocks';
import { App } from './app.svelte';

let go: Fake;
let app: App;

beforeEach(async () => {
  await setLanguage('en');
  go = fake(office());
  app = new App(go);
  await app.begin();
});

const connected = { name: 'Hanna Ćwik', email: 'h@example.com', otherAccount: false, cancelled: false };

describe('the window', () => {
  it('begins in the language and the theme of the data', async () => {
    expect(language()).toBe('pl');
    go.world.theme = 'dark';
    await app.refresh();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    go.world.theme = 'system';
    await app.refresh();
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  it('keeps how the clocks go where the host is', async () => {
    const start = await go.shell.Begin();
    const clocks = [{ from: '2026-10-25T01:00:00Z', to: '2027-03-28T01:00:00Z', minutes: 60 }];
    vi.spyOn(go.shell, 'Again').mockResolvedValue({ ...start, clocks });
    await app.refresh();
    expect(keptAway(Date.UTC(2026, 10, 24), 'Europe/Warsaw')).toBe(3_600_000);
  });

  it('comes back to the screen where Connect was pressed and names the account', async () => {
    app.go({ name: 'topics', fresh: true });
    await app.connect();
    expect(app.signingIn).toBe(true);
    app.go({ name: 'settings' });
    go.emit('connected', connected);
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
    expect(app.signingIn).toBe(false);
    expect(app.signedIn?.email).toBe('h@example.com');
    expect(app.toasts.list.map((toast) => toast.text).join()).toContain('h@example.com');
  });

  it('keeps how a declined sign-in ended, and forgets a cancelled one', async () => {
    await app.connect();
    go.emit('connected', { ...connected, fault: { code: 'declined', message: '', hint: '' } });
    expect(app.signedIn?.fault?.code).toBe('declined');
    await app.connect();
    const said = app.toasts.list.length;
    await app.cancelSignIn();
    expect(app.toasts.list).toHaveLength(said);
    expect(app.signedIn).toBeUndefined();
    expect(app.signingIn).toBe(false);
  });

  it('tells a failure of connecting and does not wait for it', async () => {
    go.failNext('video.Connect', new Fault('connecting', 'already'));
    await app.connect();
    expect(app.signingIn).toBe(false);
    expect(app.toasts.list.at(-1)).toMatchObject({ text: 'already', tone: 'bad' });
  });

  it('shows what a link asks for', () => {
    app.book();
    app.follow({ connect: true, booking: '' });
    expect(app.screen).toEqual({ name: 'integrations', tab: 'video' });
    expect(app.draft).toBeUndefined();
    app.follow({ connect: false, booking: 'abc' });
    expect(app.screen).toEqual({ name: 'bookings', booking: 'abc' });
  });

  it('asks again when the data changed', async () => {
    const before = app.changes;
    go.emit('changed', null);
    await vi.waitFor(() => expect(app.changes).toBe(before + 1));
    expect(go.calls.filter((c) => c.method === 'shell.Again')).toHaveLength(1);
  });

  it('forgets what belonged to other data when it goes to the sandbox', async () => {
    app.go({ name: 'bookings', booking: 'abc' });
    app.book({ topic: 'x' });
    await app.sandbox(true);
    expect(app.start?.sandbox).toBe(true);
    expect(app.screen).toEqual({ name: 'bookings' });
    expect(app.draft).toBeUndefined();
  });

  it('shows why the data cannot be opened', async () => {
    const broken = fake(office());
    broken.failNext('shell.Begin', new Fault('corrupt', 'damaged'));
    const other = new App(broken);
    await other.begin();
    expect(other.fault?.code).toBe('corrupt');
  });
});

describe('the toasts', () => {
  it('take an undo once, by its key too', () => {
    const undo = vi.fn();
    app.held((s) => `goes out in ${s} s`, new Date(Date.now() + 10_000).toISOString(), undo);
    expect(app.toasts.list[0]?.text).toMatch(/goes out in (9|10) s/);
    expect(app.toasts.act()).toBe(true);
    expect(app.toasts.act()).toBe(false);
    expect(undo).toHaveBeenCalledOnce();
  });

  it('go by themselves when their time is over', () => {
    vi.useFakeTimers();
    app.toasts.show('saved');
    vi.advanceTimersByTime(10_000);
    expect(app.toasts.list).toEqual([]);
    vi.useRealTimers();
  });
});
