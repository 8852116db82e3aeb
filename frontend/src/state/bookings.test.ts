import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Booking } from '../bridge/backend';
import { fake, type Fake } from '../bridge/fake/fake';
import { booking, inEnglish, office } from '../bridge/fake/world';
import { Fault } from '../bridge/fault';
import { setLanguage } from '../i18n/i18n.svelte';
import { App } from './app.svelte';
import { Bookings, pageSize, secondsHeld } from './bookings.svelte';

let go: Fake;
let app: App;
let list: Bookings;

const morning = new Date('2026-11-24T10:24:00+01:00');
const who = { name: 'Anna Żak', email: 'anna@example.com', zone: '', lang: 'en', answer: 'none' };

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: morning });
  go = fake(inEnglish(office()));
  app = new App(go);
  await app.begin();
  await setLanguage('en');
  list = new Bookings(app);
});
afterEach(() => vi.useRealTimers());

const asked = () => go.calls.filter((call) => call.method === 'bookings.List').map(({ args: [ask] }) => ask);
const topics = () => list.rows.map((row) => row.topicName);

/** Fills the diary with so many bookings, one a day. */
function fill(count: number): void {
  const of = go.world.topics[0];
  if (!of) throw new Error('no topic');
  go.world.bookings = Array.from({ length: count }, (_, i) => {
    const day = new Date(Date.UTC(2027, 0, 1 + i)).toISOString().slice(0, 10);
    return booking(of, `${day}T10:00:00+01:00`, `${day}T10:30:00+01:00`, who);
  });
}

describe('the list', () => {
  it('has each booking once: what needs attention is not among the days', async () => {
    await list.refresh();
    expect(list.attention).toHaveLength(2);
    expect(list.rows).toHaveLength(5);
    const ids = [...list.attention, ...list.rows].map((row) => row.id);
    expect(new Set(ids).size).toBe(7);
  });

  it('shows nothing twice either when it is searched or turned', async () => {
    await list.refresh();
    await list.seek(' porada ');
    expect(list.attention).toEqual([]);
    expect(topics()).toEqual(['Porada prawna', 'Porada prawna']);
    expect(asked().at(-1)).toMatchObject({ search: 'porada', offset: 0 });
    await list.seek('');
    await list.turn('past');
    expect(list.attention).toEqual([]);
    expect(list.rows).toEqual([]);
  });

  it('grows by pages, and keeps its length when it is asked anew', async () => {
    fill(130);
    await list.refresh();
    expect([list.rows.length, list.more]).toEqual([pageSize, true]);
    await list.showMore();
    await list.showMore();
    expect([list.rows.length, list.more]).toEqual([130, false]);
    await list.refresh();
    expect(list.rows).toHaveLength(130);
    await list.seek('anna');
    expect(list.rows).toHaveLength(pageSize);
  });

  it('asks for no more at a time than Go gives', async () => {
    fill(260);
    await list.refresh();
    for (let i = 0; i < 5; i++) await list.showMore();
    expect(list.rows).toHaveLength(260);
    expect(Math.max(...asked().map((ask) => (ask as { limit: number }).limit))).toBe(200);
    expect(asked().at(-1)).toMatchObject({ offset: 200, limit: 100 });
    expect(new Set(list.rows.map((row) => row.id)).size).toBe(260);
  });

  it('keeps what it knew when it cannot be read, and says why', async () => {
    await list.refresh();
    go.failNext('bookings.List', new Fault('busy-file'));
    await list.refresh();
    expect(list.rows).toHaveLength(5);
    expect(list.fault?.code).toBe('busy-file');
    await list.refresh();
    expect(list.fault).toBeUndefined();
  });
});

describe('the time', () => {
  it('goes on by the minute, and by the second while something can be undone', async () => {
    await list.refresh();
    const start = list.now;
    await list.tick(start + 1_000);
    expect(list.now).toBe(start);
    await list.tick(start + 60_000);
    expect(list.now).toBe(start + 60_000);
    const [first] = list.rows;
    if (!first) throw new Error('no row');
    const undoUntil = new Date(list.now + 10_000).toISOString();
    list.page.set({ rows: [{ ...first, undoUntil }], more: false });
    await list.tick(start + 61_000);
    expect(list.now).toBe(start + 61_000);
    expect(secondsHeld({ ...first, undoUntil }, list.now)).toBe(9);
  });

  it('asks anew when a meeting ends', async () => {
    await list.refresh();
    const before = asked().length;
    await list.tick(Date.parse('2026-11-24T10:59:00+01:00'));
    expect(asked()).toHaveLength(before);
    await list.tick(Date.parse('2026-11-24T11:00:30+01:00'));
    expect(asked()).toHaveLength(before + 1);
  });
});

describe('the open booking', () => {
  it('is there at once as the list knows it, then in full', async () => {
    await list.refresh();
    const id = list.rows[3]?.id ?? '';
    const shown = list.show(id);
    expect(list.shown?.id).toBe(id);
    expect(list.detail.value).toBeUndefined();
    await shown;
    expect(list.detail.value?.history.length).toBeGreaterThan(0);
    await list.show('');
    expect(list.shown).toBeUndefined();
  });

  it('may be named by the beginning of its id', async () => {
    const id = go.world.bookings[0]?.id ?? '';
    go.world.bookings = go.world.bookings.map((row) => (row.id === id ? { ...row, id: `${id}-long` } : row));
    await list.refresh();
    list.open = id;
    expect(list.shown?.id).toBe(`${id}-long`);
  });

  it('that there is not says so', async () => {
    await list.refresh();
    await list.show('ffffffff');
    expect(list.shown).toBeUndefined();
    expect(list.detail.fault?.code).toBe('not-found');
  });
});

describe('acts', () => {
  async function cancel({ id }: Booking): Promise<void> {
    const wish = { id, act: 'cancel', start: '', reason: 'ill', overZoom: false, silent: false };
    const booking = go.world.bookings.find((one) => one.id === id);
    if (booking) list.acts.told('cancel', booking, await go.changing.Do(wish));
  }

  it('cancelling keeps the booking in sight until nobody can take it back', async () => {
    await list.refresh();
    const victim = list.rows[1];
    if (!victim) throw new Error('no row');
    await cancel(victim);
    await list.refresh();
    expect(topics()).toHaveLength(5);
    expect(list.rows[1]).toMatchObject({ id: victim.id, state: 'cancelled' });
    expect(app.toasts.list.at(-1)?.countdown?.(7)).toBe(
      'Cancelled: “Konsultacja wstępna”. The letters go out in 7 s',
    );
    await list.tick(list.now + 11_000);
    expect(list.rows.map((row) => row.id)).not.toContain(victim.id);
  });

  it('one Undo is enough: that of the row puts the other one away', async () => {
    await list.refresh();
    const victim = list.rows[1];
    if (!victim) throw new Error('no row');
    await cancel(victim);
    const held = list.acts.cancelled[0];
    if (!held) throw new Error('nothing is held');
    await list.acts.undo(held);
    expect(app.toasts.list.map((toast) => toast.text)).toEqual([
      'Restored: “Konsultacja wstępna”. Nobody was told.',
    ]);
    expect(app.toasts.act()).toBe(false);
    await list.refresh();
    expect(list.rows[1]).toMatchObject({ id: victim.id, state: 'confirmed' });
  });

  it('what fails is told and leaves everything as it was', async () => {
    await list.refresh();
    const [first] = list.rows;
    if (!first) throw new Error('no row');
    go.failNext('bookings.Retry', new Fault('read-only', 'The data file cannot be written.'));
    await list.acts.retry(first);
    expect(app.toasts.list.map(({ text, tone }) => [text, tone])).toEqual([
      ['The data file cannot be written.', 'bad'],
    ]);
    expect(list.acts.runs('retry', first.id)).toBe(false);
  });

  it('is not done twice while it is under way', async () => {
    await list.refresh();
    const [first] = list.attention;
    if (!first) throw new Error('no row');
    const once = list.acts.retry(first);
    expect(list.acts.runs('retry', first.id)).toBe(true);
    await Promise.all([once, list.acts.retry(first)]);
    expect(go.calls.filter(({ method }) => method === 'bookings.Retry')).toHaveLength(1);
  });

  it('J joins the meeting of this hour, and only shows one that is far away', async () => {
    await list.acts.joinNext();
    const [now, , , later] = go.world.bookings;
    expect(go.calls.at(-1)).toMatchObject({ method: 'bookings.Join', args: [now?.id] });
    vi.setSystemTime(new Date('2026-11-24T13:00:00+01:00'));
    await list.acts.joinNext();
    expect(go.calls.filter(({ method }) => method === 'bookings.Join')).toHaveLength(1);
    expect(app.screen).toEqual({ name: 'bookings', booking: later?.id });
    expect(app.toasts.list.at(-1)?.text).toBe('Next meeting: “Porada prawna”, in 2 h');
    go.world.bookings = [];
    await list.acts.joinNext();
    expect(app.toasts.list.at(-1)?.text).toBe('There is no meeting with a link to join');
  });

  it('copies the link, and says where a file went', async () => {
    const [first] = go.world.bookings;
    if (!first) throw new Error('no booking');
    await list.acts.copyLink(first);
    expect(go.calls.at(-1)).toMatchObject({ method: 'shell.Copy', args: [first.joinUrl] });
    await list.acts.export(first);
    expect(app.toasts.list.map((toast) => toast.text)).toEqual([
      'Link copied',
      'Saved: /home/hanna/porada-prawna.ics',
    ]);
  });
});
