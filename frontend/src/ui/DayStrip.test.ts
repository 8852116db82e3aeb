import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { StripDay } from './daystrip';
import DayStrip from './DayStrip.svelte';

const days: StripDay[] = [
  { id: '23', weekday: 'Mo', day: '23', label: 'Monday 23 November', level: 1, shut: true },
  { id: '24', weekday: 'Tu', day: '24', label: 'Tuesday 24 November, busy: 2 of 4', level: 2 },
  { id: '25', weekday: 'We', day: '25', label: 'Wednesday 25 November', level: 0, shut: true },
  { id: '26', weekday: 'Th', day: '26', label: 'Thursday 26 November', level: 4 },
];

function show(selected?: string, first = false) {
  const calls = { onpick: vi.fn(), onearlier: vi.fn(), onlater: vi.fn() };
  render(DayStrip, {
    label: 'Day',
    days,
    selected,
    first,
    earlierLabel: 'Earlier',
    laterLabel: 'Later',
    ...calls,
  });
  return calls;
}

const radio = (name: RegExp) => screen.getByRole('radio', { name });

describe('DayStrip', () => {
  it('names each day in full, once', () => {
    show('24');
    expect(radio(/^Tuesday 24 November, busy: 2 of 4$/).getAttribute('aria-checked')).toBe('true');
  });

  it('picks with the arrows, past the days that are shut', async () => {
    const { onpick } = show('24');
    radio(/Tuesday/).focus();
    await userEvent.keyboard('{ArrowRight}');
    expect(onpick).toHaveBeenCalledWith('26');
    expect(document.activeElement).toBe(radio(/Thursday/));
  });

  it('goes on to later days past the last one', async () => {
    const { onlater, onearlier } = show('26');
    radio(/Thursday/).focus();
    await userEvent.keyboard('{ArrowRight}{PageUp}');
    expect(onlater).toHaveBeenCalledOnce();
    expect(onearlier).toHaveBeenCalledOnce();
  });

  it('does not go before the first days', async () => {
    const { onearlier } = show('24', true);
    radio(/Tuesday/).focus();
    await userEvent.keyboard('{ArrowLeft}');
    await userEvent.click(screen.getByRole('button', { name: 'Earlier' }));
    expect(onearlier).not.toHaveBeenCalled();
  });

  it('does not pick a day that is shut', async () => {
    const { onpick } = show('24');
    await userEvent.click(radio(/Monday/));
    expect(onpick).not.toHaveBeenCalled();
  });

  it('has one Tab stop among the days', () => {
    show();
    expect(screen.getAllByRole('radio').map((one) => one.tabIndex)).toEqual([-1, 0, -1, -1]);
  });
});
