import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { fresh, office } from '../../bridge/fake/world';
import type { ChangeForm } from '../../bridge/backend';
import { Fault } from '../../bridge/fault';
import { at, detail, heads, lights, messages, press, row, said, stage, user, wide } from './stage/stage';

let f: Fake;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: at('10:24') });
  wide(true);
  f = fake(office());
});
afterEach(() => vi.useRealTimers());

const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const open = (words: string) => user.click(row(words).querySelector('[data-row]') ?? row(words));
const focused = () =>
  document.activeElement?.closest('[data-booking]')?.textContent?.replace(/\s+/g, ' ') ?? '';
const body = document.body;

describe('the list', () => {
  it('has what needs attention first, then the days', async () => {
    await stage(f);
    expect(heads()).toEqual([
      'Need attention2',
      'Today, Tuesday 24 November4',
      'Tomorrow, Wednesday 25 November1',
    ]);
    expect(said('Ireneusz')).toMatch(
      /^10:00–11:00 now Omówienie umowy Ireneusz Gżegżółka ireneusz\S+ Confirmed/,
    );
    expect(said('Szymon')).toContain('11:30–12:15 in 1 h 6 min');
    expect(said('Priya')).toContain('Priya Raghunathan +1');
    expect(said('Nad Wartą')).toMatch(/^9:15–10:15 Mon 30 Nov .* Letter refused/);
    expect(screen.getByText('7 upcoming · times in Warsaw (GMT+1)')).toBeTruthy();
  });

  it('shows three lights, of which none hides another', async () => {
    await stage(f);
    expect(lights('Ireneusz')).toBe('done done not-needed');
    expect(lights('Nad Wartą')).toBe('done failed not-needed');
    expect(lights('Róża')).toBe('waiting waiting not-needed');
    expect(row('Nad Wartą').dataset['standing']).toBe('failed');
  });

  it('offers what is due: to join, to try again, or to go where it is mended', async () => {
    const app = await stage(f);
    await press(row('Ireneusz'), 'Join');
    expect(called('bookings.Join')).toEqual([[f.world.bookings[0]?.id]]);
    expect(within(row('Szymon')).queryByRole('button', { name: 'Join' })).toBeNull();
    await press(row('Nad Wartą'), 'Retry now');
    expect(called('bookings.Retry')).toHaveLength(1);
    expect(messages().at(-1)).toBe('Trying again: “Porada prawna”');
    expect(app.screen).toEqual({ name: 'bookings' });
  });

  it.each([
    ['not-connected', 'Connect Zoom', 'video'],
    ['removed-at-zoom', 'Reconnect Zoom', 'video'],
    ['mail-auth', 'Fix mail', 'mail'],
  ])('leads from %s to where it is set', async (code, label, tab) => {
    const light = { state: 'waiting', done: 0, total: 1, code };
    const side = tab === 'mail' ? 'letters' : 'zoom';
    f.world.bookings = f.world.bookings.map((b) =>
      b.zoom.code === 'offline'
        ? {
            ...b,
            zoom: f.world.bookings[0]?.zoom ?? light,
            letters: f.world.bookings[0]?.letters ?? light,
            [side]: light,
          }
        : b,
    );
    const app = await stage(f);
    await press(row('Róża'), label);
    expect(app.screen).toEqual({ name: 'integrations', tab });
  });

  it('adds the next page', async () => {
    const [first] = f.world.bookings;
    if (!first) throw new Error('no booking');
    f.world.bookings = Array.from({ length: 60 }, (_, i) => ({ ...first, id: `id-${i}` }));
    await stage(f);
    expect(document.querySelectorAll('[data-booking]')).toHaveLength(50);
    await press(body, 'Show more');
    await waitFor(() => expect(document.querySelectorAll('[data-booking]')).toHaveLength(60));
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('follows what changes in the data file', async () => {
    await stage(f);
    f.world.bookings = f.world.bookings.filter((b) => !b.letters.code);
    f.emit('changed', null);
    await waitFor(() => expect(heads()[0]).toBe('Today, Tuesday 24 November4'));
  });

  it('turns to the past and to what was cancelled', async () => {
    vi.setSystemTime(at('12:30'));
    f.world.now = '2026-11-24T12:30:00+01:00';
    f.world.bookings = f.world.bookings.map((b, i) =>
      i === 1 ? { ...b, state: 'cancelled', reason: 'ill' } : b,
    );
    await stage(f);
    await user.click(screen.getByRole('radio', { name: 'Past' }));
    await waitFor(() => expect(heads()).toEqual(['Today, Tuesday 24 November1']));
    await user.click(screen.getByRole('radio', { name: 'Cancelled' }));
    await waitFor(() => expect(said('Szymon')).toContain('Cancelled'));
  });
});

describe('what is not there', () => {
  it('a search that finds nothing says what was looked for, and is cleared', async () => {
    await stage(f);
    await user.keyboard('f');
    expect(document.activeElement).toBe(screen.getByRole('searchbox', { name: 'Search bookings' }));
    await user.keyboard('szczekociny');
    await screen.findByText('Nothing matches “szczekociny”');
    await user.click(screen.getAllByRole('button', { name: 'Clear search' }).at(-1) ?? body);
    await waitFor(() => expect(heads()).toHaveLength(3));
    await user.keyboard('fpriya{Escape}');
    await waitFor(() => expect(heads()).toHaveLength(3));
  });

  it('a program that was just set up says what is still missing', async () => {
    f = fake({ ...fresh(), profile: office().profile });
    const app = await stage(f);
    await screen.findByText('0 of 3 done');
    for (const [name, screenOf] of [
      ['Connect Zoom', { name: 'integrations', tab: 'video' }],
      ['Set up mail', { name: 'integrations', tab: 'mail' }],
    ] as const) {
      app.go({ name: 'bookings' });
      await screen.findByText('0 of 3 done');
      await press(body, name);
      expect(app.screen).toEqual(screenOf);
    }
    app.go({ name: 'bookings' });
    await screen.findByText(/^Every booking has a topic/);
    expect(document.querySelector('[data-test=bookings-empty] button')).toBeNull();
    await press(body, 'Add a topic');
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
  });

  it('asks no more once all is set up', async () => {
    f.world.bookings = [];
    const app = await stage(f);
    await screen.findByText('No upcoming bookings');
    expect(document.querySelector('[data-test=setup]')).toBeNull();
    await user.click(screen.getAllByRole('button', { name: /^New booking/ }).at(-1) ?? body);
    expect(app.draft).toEqual({});
  });

  it('a list that cannot be read says what happened and can be asked for again', async () => {
    f.failNext('bookings.List', new Fault('busy-file', 'kwadrans.db is locked'));
    const app = await stage(f);
    const banner = await screen.findByRole('alert');
    expect(banner.textContent).toContain('The data file is busy');
    expect(banner.textContent).toContain('kwadrans.db is locked');
    await press(banner, 'Try again');
    await waitFor(() => expect(heads()).toHaveLength(3));
    expect(screen.queryByRole('alert')).toBeNull();
    expect(app.toasts.list).toEqual([]);
  });
});

describe('the detail', () => {
  it('opens with a press, a key or an address, and closes with Escape', async () => {
    const app = await stage(f);
    expect(screen.getByText('Load, week 48')).toBeTruthy();
    await user.click(row('Priya').querySelector('.when') ?? body);
    expect(within(detail()).getByRole('heading', { name: 'Porada prawna' })).toBeTruthy();
    await user.keyboard('{ArrowUp}');
    expect(focused()).toContain('Zdzisława');
    await waitFor(() =>
      expect(within(detail()).getByRole('heading', { name: 'Kwadrans pytań' })).toBeTruthy(),
    );
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Booking details' })).toBeNull());
    expect(app.screen).toEqual({ name: 'bookings' });
    await waitFor(() => expect(focused()).toContain('Zdzisława'));
    await user.keyboard('{ArrowDown}');
    expect(screen.queryByRole('complementary', { name: 'Booking details' })).toBeNull();
    await user.keyboard('{Enter}');
    expect(within(detail()).getByText('15:00–16:00')).toBeTruthy();
  });

  it('has one row in the Tab order, with its buttons', async () => {
    await stage(f);
    const stops = [...document.querySelectorAll('[data-booking] button')].filter(
      (button) => button.getAttribute('tabindex') === '0',
    );
    expect(stops.map((button) => button.closest('[data-booking]'))).toEqual([
      row('Róża'),
      row('Róża'),
      row('Róża'),
    ]);
  });

  it('tells the time by each clock, the reader’s first', async () => {
    await stage(f);
    await open('Priya');
    const text = detail().textContent?.replace(/\s+/g, ' ') ?? '';
    expect(text).toMatch(
      /Tuesday, 24 November 2026 15:00–16:00 Warsaw \(GMT\+1\).* 9:00–10:00 New York \(GMT−5\)/,
    );
  });

  it('marks the night of somebody far away', async () => {
    f.world.bookings = f.world.bookings.map((b) => ({
      ...b,
      attendees: b.attendees.map((a) => ({ ...a, zone: 'Asia/Tokyo' })),
    }));
    await stage(f);
    await open('Priya');
    expect(detail().querySelector('[data-zone="Asia/Tokyo"]')?.textContent?.replace(/\s+/g, ' ').trim()).toBe(
      '23:00–0:00 Tokyo (GMT+9) night',
    );
  });

  it('says of each light what happened, what was answered, and what mends it', async () => {
    await stage(f);
    await open('Nad Wartą');
    const letters = detail().querySelector<HTMLElement>('[data-side=letters]');
    if (!letters) throw new Error('no letters');
    expect(letters.textContent).toContain('The mail server refused this letter');
    expect(letters.textContent).toContain('Server: “550 5.1.1 mailbox unavailable”');
    expect(
      [...letters.querySelectorAll<HTMLElement>('[data-step]')].map((at) => at.dataset['state']),
    ).toEqual(['failed', 'done']);
    await press(letters, 'Retry now');
    expect(called('bookings.Retry')).toHaveLength(1);
    await screen.findByText('Zoom meeting made');
  });

  it('of one that there is not says so', async () => {
    await stage(f, 'ffffffff-0000');
    expect((await screen.findByRole('alert')).textContent).toContain('There is no such thing');
    await press(detail(), 'Close details');
    await screen.findByText('Load, week 48');
  });

  it('copies the link and joins', async () => {
    await stage(f);
    await open('Priya');
    await press(detail(), 'Copy link');
    expect(called('shell.Copy')).toEqual([['https://us02web.zoom.us/j/85712345678?pwd=abc']]);
    await press(detail(), 'Join');
    expect(called('bookings.Join')).toHaveLength(1);
    await press(detail(), 'Export .ics');
    await waitFor(() => expect(messages()).toContain('Saved: /home/hanna/porada-prawna.ics'));
  });

  it('lies over the list in a narrow window, which is out of reach then', async () => {
    wide(false);
    await stage(f);
    expect(document.querySelector('[data-test=load]')).toBeNull();
    await open('Priya');
    expect(document.querySelector('.column')?.hasAttribute('inert')).toBe(true);
    await waitFor(() => expect(document.activeElement?.contains(detail())).toBe(true));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(focused()).toContain('Priya'));
    expect(document.querySelector('.column')?.hasAttribute('inert')).toBe(false);
  });
});

describe('cancelling', () => {
  it('asks for a reason, then can be undone for ten seconds', async () => {
    await stage(f);
    await press(row('Szymon'), /^Actions: Konsultacja wstępna/);
    await user.click(await screen.findByRole('menuitem', { name: 'Cancel…' }));
    const reason = await within(detail()).findByRole('textbox', { name: 'Reason' });
    await waitFor(() => expect(document.activeElement).toBe(reason));
    await user.keyboard('Holiday');
    await press(detail(), /^Next: what goes out/);
    await user.click(await screen.findByRole('button', { name: /^Cancel and send 2 letters/ }));
    await waitFor(() => expect(said('Szymon')).toContain('Cancels in 10 s'));
    const [form] = called('changing.Do')[0] as [ChangeForm];
    expect(form).toMatchObject({
      id: f.world.bookings[1]?.id,
      act: 'cancel',
      reason: 'Holiday',
      silent: false,
    });
    expect(messages()).toEqual(['Cancelled: “Konsultacja wstępna”. The letters go out in 10 s']);
    expect(within(detail()).getByText('Holiday')).toBeTruthy();
    await press(row('Szymon'), 'Undo');
    await waitFor(() => expect(said('Szymon')).toContain('Confirmed'));
    expect(messages()).toEqual(['Restored: “Konsultacja wstępna”. Nobody was told.']);
  });

  it('is not done by Escape, which leaves the detail open', async () => {
    await stage(f);
    await open('Priya');
    await press(detail(), 'Cancel…');
    await user.keyboard('x{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Reason' })).toBeNull();
    expect(detail()).toBeTruthy();
    expect(called('changing.Plan')).toEqual([]);
  });

  it('takes no reason that is too long', async () => {
    await stage(f);
    await open('Priya');
    await press(detail(), 'Cancel…');
    const reason = within(detail()).getByRole<HTMLTextAreaElement>('textbox', { name: 'Reason' });
    await user.click(reason);
    await user.paste('ż'.repeat(1003));
    expect(within(detail()).getByText('3 characters too long')).toBeTruthy();
    await press(detail(), /^Next: what goes out/);
    expect(called('changing.Plan')).toEqual([]);
  });
});

describe('keys', () => {
  it('J joins, N books; neither while something is typed', async () => {
    const app = await stage(f);
    await user.keyboard('j');
    await waitFor(() => expect(called('bookings.Join')).toHaveLength(1));
    await user.keyboard('fjn');
    expect(called('bookings.Join')).toHaveLength(1);
    expect(app.draft).toBeUndefined();
    await user.keyboard('{Escape}{Escape}n');
    expect(app.draft).toEqual({});
  });
});
