import { screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { booking, inEnglish, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import type { Draft } from '../../state/screen';
import { asked, footer, invite, people, pick, said, stage, user } from './stage/stage';

const anna = {
  name: 'Anna Żak',
  email: 'anna@example.com',
  zone: 'Europe/Warsaw',
  lang: 'en',
  answer: 'none',
};
const book = () => screen.getByRole('button', { name: /^Book( and send)?$/ });
const thursday = '2026-11-26';

/** Puts a booking of an hour's advice into the office's diary. */
function taken(w: ReturnType<typeof world>, from: string, to: string): void {
  const advice = w.topics.find((topic) => topic.slug === 'porada-prawna');
  if (advice)
    w.bookings = [
      ...w.bookings,
      booking(advice, `${thursday}T${from}:00+01:00`, `${thursday}T${to}:00+01:00`, anna),
    ];
}

vi.setConfig({ testTimeout: 30_000 }); // many keys and presses, on machines that do other things too

const world = () => inEnglish(office());
const sent = (f: Fake) => asked(f, 'newBooking.Book').map(([form]) => form);

async function show(w = world(), draft: Draft = {}) {
  const f = fake(w);
  return { f, app: await stage(f, draft) };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:24:00Z') }));
afterEach(() => vi.useRealTimers());

describe('a free start', () => {
  it('is said to be free, with what was checked', async () => {
    await show();
    await pick('Thursday 26', '15:15');
    await waitFor(() => expect(said()).toContain('Thursday 26 November, 15:15–16:00.'));
    expect(said()).toContain('No overlaps; checked: Zoom and bookings.');
    expect(screen.getByRole('gridcell', { name: '15:15' }).getAttribute('aria-selected')).toBe('true');
  });

  it('is booked, and can be taken back', async () => {
    const { f, app } = await show();
    await invite('Anna Żak <anna@example.com>');
    await pick('Thursday 26', '15:15');
    expect(footer()).toContain('create the Zoom meeting and send invites to 1 person and to you');
    await user.click(book());
    await waitFor(() => expect(app.draft).toBeUndefined());
    expect(sent(f)).toEqual([
      {
        topic: 'konsultacja-wstepna',
        start: `${thursday}T15:15:00+01:00`,
        attendees: [{ ...anna, answer: '' }],
        note: '',
        reason: '',
        overZoom: false,
      },
    ]);
    const made = f.world.bookings.at(-1);
    expect(app.screen).toEqual({ name: 'bookings', booking: made?.id });
    expect(app.toasts.list.at(-1)?.text).toMatch(
      /^Booked “Konsultacja wstępna”, Thu 26 Nov, 15:15\. Sending invites in \d+ s$/,
    );
    app.toasts.act();
    await waitFor(() => expect(app.toasts.list.at(-1)?.text).toContain('Undone'));
    expect(asked(f, 'bookings.Undo')).toEqual([[made?.id]]);
  });

  it('that the draft brings is chosen, on its day and in its topic', async () => {
    const { f } = await show(world(), { topic: 'porada-prawna', start: `${thursday}T14:00:00+01:00` });
    await waitFor(() => expect(said()).toContain('Thursday 26 November, 14:00–15:00.'));
    expect(asked(f, 'newBooking.Days')).toEqual([['porada-prawna', thursday, false]]);
  });

  it('does not send letters while no mail account is set', async () => {
    const w = world();
    w.mail = { ...w.mail, set: false };
    const { app } = await show(w);
    expect(footer()).toContain('the invites wait until you set one');
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    await user.click(book());
    await waitFor(() => expect(app.toasts.list.at(-1)?.text).toContain('It can be taken back for'));
  });
});

describe('a start that is not free', () => {
  it('is explained, and mended with one press', async () => {
    const w = world();
    taken(w, '15:45', '16:45');
    const { f } = await show(w);
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    await screen.findByText('15:15 overlaps by 15 minutes');
    expect(said()).toContain('“Porada prawna” (bookings) starts at 15:45.');
    expect(book().getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'A quarter earlier, 15:00' }));
    await waitFor(() => expect(said()).toContain('Thursday 26 November, 15:00–15:45.'));
    await user.click(book());
    await waitFor(() => expect(sent(f)).toHaveLength(1));
    expect(sent(f)[0]).toMatchObject({ start: `${thursday}T15:00:00+01:00`, reason: '', overZoom: false });
  });

  it('is booked anyway with a reason, and over a Zoom meeting with a second yes', async () => {
    const w = world();
    taken(w, '15:45', '16:45');
    const { f, app } = await show(w);
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    await user.click(await screen.findByRole('button', { name: 'Book anyway' }));
    const reason = screen.getByRole('textbox', { name: 'Why anyway?' });
    expect(document.activeElement).toBe(reason);
    expect(footer()).toContain('Say why');
    await user.type(reason, 'The client is only here today');
    await user.click(book());
    const tick = await screen.findByRole('checkbox', { name: /only one meeting at a time/ });
    expect(book().getAttribute('aria-disabled')).toBe('true');
    await user.click(tick);
    await user.click(book());
    await waitFor(() => expect(app.draft).toBeUndefined());
    expect(sent(f).map((form) => (form as { overZoom: boolean }).overZoom)).toEqual([false, true]);
    expect(sent(f)[1]).toMatchObject({ reason: 'The client is only here today' });
  });

  it('that has passed cannot be booked by anybody', async () => {
    await show();
    await pick('Tuesday 24', '8:00');
    await screen.findByText('This time has passed.');
    expect(screen.queryByRole('button', { name: 'Book anyway' })).toBeNull();
    expect(footer()).toContain('cannot be booked');
  });

  it('may lie outside the grid: another time is typed', async () => {
    await show();
    await user.click(screen.getByRole('radio', { name: /Thursday 26/ }));
    await user.click(screen.getByRole('button', { name: 'Another time' }));
    await user.type(screen.getByRole('textbox', { name: 'Time' }), '19.05{Enter}');
    await screen.findByText('19:05 is not free');
    expect(said()).toContain('does not fit into the schedule’s hours');
  });

  it('is not taken for free when it could not be looked at', async () => {
    const w = world();
    taken(w, '15:45', '16:45');
    const { f } = await show(w);
    f.failNext('newBooking.Check', new Fault('offline', 'No network.'));
    await pick('Thursday 26', '15:15');
    await waitFor(() => expect(said()).toBe('No network.'));
    expect(footer()).toContain('not known yet');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('15:15 overlaps by 15 minutes');
  });
});

describe('somebody who books meanwhile', () => {
  it('turns the choice into a conflict, and the choice stays', async () => {
    const { f } = await show();
    await pick('Thursday 26', '15:15');
    await waitFor(() => expect(said()).toContain('No overlaps'));
    taken(f.world, '15:15', '16:15');
    f.emit('changed', null);
    await screen.findByText('15:15 overlaps by 45 minutes');
    f.world.bookings = f.world.bookings.slice(0, -1);
    f.emit('changed', null);
    await waitFor(() => expect(said()).toContain('No overlaps'));
  });

  it('many times at once is asked about twice', async () => {
    const { f, app } = await show();
    const before = asked(f, 'newBooking.Days').length;
    for (let i = 0; i < 10; i++) app.changes++;
    await tick();
    for (let i = 0; i < 10; i++) {
      app.changes++;
      await tick();
    }
    await waitFor(() => expect(asked(f, 'newBooking.Days').length).toBeGreaterThan(before));
    expect(asked(f, 'newBooking.Days').length - before).toBeLessThanOrEqual(4);
  });

  it('a moment before the press costs nothing of what was typed', async () => {
    const { f, app } = await show();
    await invite('anna@example.com');
    await user.type(screen.getByRole('textbox', { name: 'Message to attendees' }), 'Bring the deed');
    await pick('Thursday 26', '15:15');
    taken(f.world, '15:15', '16:15');
    await user.click(book());
    await screen.findByText(/Somebody took this time a moment ago/);
    expect(app.draft).toBeDefined();
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Message to attendees' }).value).toBe(
      'Bring the deed',
    );
    expect(people()).toEqual(['anna@example.com']);
  });
});

describe('a day with nothing free', () => {
  it('says so, until another is looked at', async () => {
    const w = world();
    taken(w, '07:00', '20:00');
    await show(w);
    await user.click(screen.getByRole('radio', { name: /Thursday 26/ }));
    await screen.findByText('No free times on this day.');
    await user.click(screen.getByRole('radio', { name: /Friday 27/ }));
    await waitFor(() => expect(screen.queryByText('No free times on this day.')).toBeNull());
  });
});

describe('a failure', () => {
  it('about an attendee stands at their field', async () => {
    const { f } = await show();
    await invite('anna@exa_mple.com');
    await pick('Thursday 26', '15:15');
    f.failNext(
      'newBooking.Book',
      new Fault('invalid-input', '“anna@exa_mple.com” is not a mail address', 'write it as anna@example.com'),
    );
    await user.click(book());
    await waitFor(() =>
      expect(screen.getByRole('textbox', { name: 'Attendees' }).getAttribute('aria-invalid')).toBe('true'),
    );
    expect(screen.getByText(/is not a mail address/)).toBeDefined();
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Attendees' }));
  });

  it('of anything else is told, and keeps the form', async () => {
    const { f, app } = await show();
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    f.failNext('newBooking.Book', new Fault('disk-full'));
    await user.click(book());
    await screen.findByText('The disk is full');
    expect(app.draft).toBeDefined();
    await user.click(book());
    await waitFor(() => expect(app.draft).toBeUndefined());
  });

  it('to read the days can be tried again', async () => {
    const { f } = await show();
    f.failNext('newBooking.Days', new Fault('offline', 'No network.'));
    await user.click(screen.getByRole('button', { name: 'Later days' }));
    await screen.findByText(/No network/);
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/No network/)).toBeNull());
  });
});

describe('what is missing', () => {
  it('is said at the attendees, who are not forgotten half typed', async () => {
    const { f } = await show();
    await pick('Thursday 26', '15:15');
    await user.click(book());
    await screen.findByText('Add at least one person');
    const field = screen.getByRole('textbox', { name: 'Attendees' });
    expect(document.activeElement).toBe(field);
    await user.type(field, 'anna@example.com, bob');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText(/not a complete email address/);
    expect(sent(f)).toEqual([]);
  });

  it('is a topic: the way leads to the first one', async () => {
    const w = world();
    w.topics = [];
    const { app } = await show(w);
    await user.click(await screen.findByRole('button', { name: 'Add a topic' }));
    expect([app.draft, app.screen]).toEqual([undefined, { name: 'topics', fresh: true }]);
  });

  it('is a topic: Escape leads back to where the focus was', async () => {
    const before = document.body.appendChild(document.createElement('button'));
    before.focus();
    const f = fake({ ...world(), topics: [] });
    await stage(f);
    await screen.findByRole('button', { name: 'Add a topic' });
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(before));
    before.remove();
  });

  it('is Zoom: a topic in it cannot be booked, another can', async () => {
    const w = world();
    w.connection = { ...w.connection, state: 'not connected' };
    const { f } = await show(w);
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    expect(book().getAttribute('aria-disabled')).toBe('true');
    await user.click(screen.getByRole('button', { name: 'Connect' }));
    expect(asked(f, 'video.Connect').length > 0).toBe(true);
    await screen.findByRole('button', { name: 'Stop signing in' });
    await user.click(screen.getByRole('combobox', { name: /^Meeting topic/ }));
    await user.click(await screen.findByRole('option', { name: /Kwadrans pytań/ }));
    await waitFor(() => expect(footer()).toContain('with the phone number to 1 person'));
    expect(book().getAttribute('aria-disabled')).toBeNull();
  });
});

describe('a dialog that was closed', () => {
  it('has everything again when it is opened, until it is emptied', async () => {
    const { app } = await show();
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(app.draft).toBeUndefined());
    app.book();
    await waitFor(() => expect(people()).toEqual(['anna@example.com']));
    await waitFor(() => expect(said()).toContain('Thursday 26 November, 15:15'));
    await user.click(screen.getByRole('button', { name: 'Start over' }));
    expect(people()).toEqual([]);
    expect(said()).toBe('');
  });

  it('keeps nothing of what was booked', async () => {
    const { app } = await show();
    await invite('anna@example.com');
    await pick('Thursday 26', '15:15');
    await user.click(book());
    await waitFor(() => expect(app.draft).toBeUndefined());
    app.book();
    await screen.findByRole('grid');
    expect(people()).toEqual([]);
  });
});
