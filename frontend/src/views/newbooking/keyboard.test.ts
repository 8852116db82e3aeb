import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { booking, inEnglish, office } from '../../bridge/fake/world';
import type { Draft } from '../../state/screen';
import { asked, people, said, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 }); // many keys and presses, on machines that do other things too

const world = () => inEnglish(office());
const sent = (f: Fake) => asked(f, 'newBooking.Book').map(([form]) => form);

async function show(w = world(), draft: Draft = {}) {
  const f = fake(w);
  return { f, app: await stage(f, draft) };
}

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:24:00Z') }));
afterEach(() => vi.useRealTimers());

const keys = (text: string) => user.keyboard(text);

/** What has the focus, in short. */
function here(): string {
  const at = document.activeElement;
  return at?.getAttribute('data-slot') ?? at?.getAttribute('aria-label') ?? at?.textContent?.trim() ?? '';
}

describe('the keyboard alone', () => {
  it('does the whole job', async () => {
    const { f, app } = await show();
    expect(here()).toContain('Konsultacja wstępna');
    await user.tab();
    await keys('Anna Żak <anna@example.com>{Enter}');
    expect(people()).toEqual(['anna@example.com']);
    await user.tab();
    await keys('jork');
    await keys('{Escape}');
    expect(app.draft, 'Escape in a list closes the list').toBeDefined();
    await user.tab(); // the language
    await user.tab(); // the message
    await keys('Bring the deed');
    await user.tab(); // the days, past the button to earlier ones
    while (!here().startsWith('Tuesday 24')) await user.tab();
    await keys('{ArrowRight}{ArrowRight}');
    expect(here()).toMatch(/^Thursday 26/);
    await user.tab();
    await user.tab();
    expect(here()).toBe('2026-11-26T08:00:00+01:00');
    await keys('{ArrowDown}{ArrowDown}{ArrowRight}{Enter}');
    await waitFor(() => expect(said()).toContain('Thursday 26 November, 10:15–11:00.'));
    await keys('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(app.draft).toBeUndefined());
    expect(sent(f)).toMatchObject([{ start: '2026-11-26T10:15:00+01:00', note: 'Bring the deed' }]);
  });

  it('books anyway', async () => {
    const w = world();
    const [, , , review, quarter] = w.topics;
    if (!review || !quarter) throw new Error('the office has no topics');
    w.topics = [review];
    w.bookings = [
      booking(quarter, '2026-11-25T10:00:00+01:00', '2026-11-25T10:15:00+01:00', { ...anna, zone: '' }),
    ];
    const { f, app } = await show(w, { start: '2026-11-25T09:45:00+01:00' });
    await screen.findByText('9:45 overlaps by 15 minutes');
    await user.tab();
    await keys('anna@example.com');
    await keys('{Control>}{Enter}{/Control}');
    expect(here(), 'what stops the booking has the focus').toBe('Book anyway');
    await keys('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Why anyway?' }));
    await keys('{Escape}');
    expect(here(), 'Escape takes back the wish only').toBe('Book anyway');
    await keys('{Enter}She is only here today{Control>}{Enter}{/Control}');
    await waitFor(() => expect(app.draft).toBeUndefined());
    expect(sent(f)).toMatchObject([
      { reason: 'She is only here today', attendees: [{ email: 'anna@example.com' }] },
    ]);
  });

  it('turns to other days from within the grid', async () => {
    await show(world(), { start: '2026-11-26T10:00:00+01:00' });
    expect(here()).toContain('Konsultacja wstępna');
    screen.getByRole('gridcell', { name: '10:00' }).focus();
    await keys('{PageDown}');
    expect(screen.getByRole('grid', { name: 'Start, Friday 27 November' })).toBeDefined();
    await keys('{Shift>}{PageDown}{/Shift}');
    await screen.findByRole('grid', { name: 'Start, Monday 7 December' });
    expect(said(), 'the choice stays').toContain('Thursday 26 November, 10:00');
  });
});

const anna = { name: '', email: 'anna@example.com', lang: 'en', answer: 'none' };
