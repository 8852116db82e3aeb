import { screen, waitFor, within } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { office } from '../../bridge/fake/world';
import { at, row, stage, user, wide } from './stage/stage';

let f: Fake;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: at('10:24') });
  wide(true);
  f = fake(office());
});
afterEach(() => vi.useRealTimers());

const dots = (words: string) => within(row(words)).getByRole('button', { name: /^Actions: / });
const menu = () => screen.queryByRole('menu');
const expanded = () => document.querySelectorAll('[data-booking] [aria-expanded=true]');

describe('the menu of a row', () => {
  it('is named after its booking and opens beside its button', async () => {
    await stage(f);
    await user.click(dots('Szymon'));
    expect(menu()?.getAttribute('aria-label')).toBe('Actions: Konsultacja wstępna, 11:30–12:15');
    expect(dots('Szymon').getAttribute('aria-expanded')).toBe('true');
    expect(dots('Szymon').getAttribute('aria-controls')).toBe(menu()?.id);
    expect(document.activeElement).toBe(menu());
  });

  it('closes by its button and by Escape, which has the focus then', async () => {
    await stage(f);
    await user.click(dots('Szymon'));
    await user.click(dots('Szymon'));
    expect(menu()).toBeNull();
    expect(expanded()).toHaveLength(0);
    dots('Priya').focus();
    await user.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Open');
    await user.keyboard('{Escape}');
    expect(menu()).toBeNull();
    expect(document.activeElement).toBe(dots('Priya'));
  });

  it('is one for them all: the next takes the place of the one that is open', async () => {
    await stage(f);
    await user.click(dots('Szymon'));
    await user.click(dots('Priya'));
    expect(screen.getAllByRole('menu')).toHaveLength(1);
    expect([...expanded()]).toEqual([dots('Priya')]);
  });

  it('opens no booking, and leads by the keyboard to the last act too', async () => {
    const app = await stage(f);
    dots('Priya').focus();
    await user.keyboard('{ArrowUp}');
    expect(document.activeElement?.textContent).toContain('Cancel…');
    await user.keyboard('{Escape}{Enter}');
    expect(document.activeElement?.textContent).toContain('Open');
    expect(app.screen).toEqual({ name: 'bookings' });
  });

  it('goes with its row', async () => {
    await stage(f);
    await user.click(dots('Szymon'));
    f.world.bookings = f.world.bookings.filter((b) => b.attendees[0]?.name.startsWith('Szymon') !== true);
    f.emit('changed', null);
    await waitFor(() => expect(menu()).toBeNull());
  });

  it('goes with its button when the row moves to what needs attention', async () => {
    await stage(f);
    await user.click(dots('Szymon'));
    const light = { state: 'failed', done: 0, total: 1, code: 'mail-refused' };
    f.world.bookings = f.world.bookings.map((b) =>
      b.attendees[0]?.name.startsWith('Szymon') ? { ...b, letters: light } : b,
    );
    f.emit('changed', null);
    await waitFor(() => expect(row('Szymon').closest('[data-test=bookings-attention]')).toBeTruthy());
    await waitFor(() => expect(menu()).toBeNull());
    expect(expanded()).toHaveLength(0);
  });
});
