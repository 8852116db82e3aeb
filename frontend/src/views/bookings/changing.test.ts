import { screen, waitFor } from '@testing-library/svelte';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChangeForm } from '../../bridge/backend';
import { fake, type Fake } from '../../bridge/fake/fake';
import { office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { at, stage, user, wide } from './stage/stage';

let f: Fake;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: at('10:24') });
  f = fake(office());
  wide(true);
});
afterEach(() => vi.useRealTimers());

const done = () =>
  f.calls.filter(({ method }) => method === 'changing.Do').map(({ args }) => args[0] as ChangeForm);
const dialog = () => screen.findByRole('dialog');
const press = async (name: RegExp) => user.click(await screen.findByRole('button', { name }));
const priya = () => f.world.bookings.find(({ attendees }) => attendees[0]?.name.startsWith('Priya'));
const free = async () => (await dialog()).querySelector<HTMLElement>('button[data-slot]:not(.taken)');

async function move(): Promise<void> {
  await stage(f, priya()?.id);
  await press(/^Move/);
  await waitFor(async () => expect(await free()).toBeTruthy());
}

describe('moving a booking', () => {
  it('shows what goes out, with the letters, before anything does', async () => {
    await move();
    await user.click((await free()) as HTMLElement);
    await press(/^Next: what goes out/);
    await screen.findByText('We change the time of the same meeting');
    const shown = (await dialog()).textContent ?? '';
    expect(shown).toContain('PATCH /meetings/');
    expect(shown).toContain('SEQUENCE:1');
    expect(done()).toEqual([]);
    await press(/^Move and send \d letters/);
    await waitFor(() => expect(done()).toHaveLength(1));
    expect(done()[0]).toMatchObject({ id: priya()?.id, act: 'move', silent: false });
    expect(screen.queryByRole('dialog')).toBeNull();
    await screen.findByText(/^Moved: “.*The letters go out in \d+ s/);
  });

  it('is taken back with Undo', async () => {
    const start = priya()?.start;
    await move();
    await user.click((await free()) as HTMLElement);
    await user.keyboard('{Control>}{Enter}{/Control}');
    await screen.findByText('We change the time of the same meeting');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(priya()?.start).not.toBe(start));
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(priya()?.start).toBe(start));
  });

  it('leaves the attendees out when the host wants it so', async () => {
    await move();
    await user.click((await free()) as HTMLElement);
    await press(/^Next: what goes out/);
    await user.click(await screen.findByRole('checkbox', { name: /^Notify attendees/ }));
    await press(/^Move and send 1 letter/);
    await waitFor(() => expect(done()[0]?.silent).toBe(true));
  });

  it('goes back to the choice of the start, and keeps all when it is closed', async () => {
    await move();
    await user.click((await free()) as HTMLElement);
    await press(/^Next: what goes out/);
    await press(/^Back/);
    await waitFor(async () => expect(await free()).toBeTruthy());
    await press(/^Leave as it is/);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(done()).toEqual([]);
  });

  it('says why Go did not do it', async () => {
    await move();
    await user.click((await free()) as HTMLElement);
    await press(/^Next: what goes out/);
    f.failNext('changing.Do', new Fault('read-only', 'The data file cannot be written.'));
    await press(/^Move and send/);
    await screen.findByText('The data file cannot be written.');
    expect(await dialog()).toBeTruthy();
  });
});

describe('restoring a booking', () => {
  it('shows that the link is a new one', async () => {
    const booking = priya();
    f.world.bookings = f.world.bookings.map((one) =>
      one.id === booking?.id ? { ...one, state: 'cancelled' } : one,
    );
    await stage(f, booking?.id);
    await press(/^Restore/);
    await screen.findByText('We make a new meeting');
    await press(/^Restore and send \d letters/);
    await waitFor(() => expect(done()[0]?.act).toBe('restore'));
  });
});
