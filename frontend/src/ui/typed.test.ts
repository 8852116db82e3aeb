import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import DateInput from './DateInput.svelte';
import TimeInput from './TimeInput.svelte';

const user = userEvent.setup({ delay: null });

describe('TimeInput', () => {
  const field = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'From' });

  it('reads what is typed when it is left', async () => {
    const onchange = vi.fn();
    render(TimeInput, { value: 540, label: 'From', onchange });
    expect(field().value).toBe('9:00');
    await user.clear(field());
    await user.type(field(), '1030');
    expect(onchange).not.toHaveBeenCalled();
    await user.tab();
    expect(onchange.mock.calls).toEqual([[630]]);
  });

  it('keeps what it cannot read, and says that it is wrong', async () => {
    const onchange = vi.fn();
    const { rerender } = render(TimeInput, { value: 540, label: 'From', onchange });
    await user.clear(field());
    await user.type(field(), 'soon');
    await user.tab();
    expect(onchange.mock.calls).toEqual([[NaN]]);
    await rerender({ value: NaN });
    expect([field().value, field().getAttribute('aria-invalid')]).toEqual(['soon', 'true']);
  });

  it('knows midnight at the end of a day only as an end', async () => {
    const onchange = vi.fn();
    const { rerender } = render(TimeInput, { value: 1440, label: 'From', end: true, onchange });
    expect(field().value).toBe('24:00');
    await rerender({ value: 1500 });
    expect(field().value).toBe('1:00');
    await user.clear(field());
    await user.type(field(), '24:00');
    await user.tab();
    await rerender({ end: false });
    await user.clear(field());
    await user.type(field(), '24:00');
    await user.tab();
    expect(onchange.mock.calls).toEqual([[1440], [NaN]]);
  });

  it('goes by quarters with the arrows, round midnight', async () => {
    const onchange = vi.fn();
    render(TimeInput, { value: 0, label: 'From', onchange });
    field().focus();
    await user.keyboard('{ArrowDown}{ArrowUp}');
    expect(onchange.mock.calls).toEqual([[1425], [15]]);
  });
});

describe('DateInput', () => {
  const given = {
    value: '',
    today: '2026-11-24',
    openLabel: 'Calendar',
    earlierLabel: 'Earlier',
    laterLabel: 'Later',
    marked: ['2026-11-30'],
  };
  const here = () => document.activeElement?.getAttribute('data-day');

  it('opens a month whose weeks begin on Monday, and gives the day that is chosen', async () => {
    const onchange = vi.fn();
    render(DateInput, { ...given, onchange });
    await user.click(screen.getByRole('button', { name: 'Calendar' }));
    expect(here()).toBe('2026-11-24');
    const all = [...document.querySelectorAll('[data-day]')].map((one) => one.getAttribute('data-day'));
    expect([all[0], all.at(-1), all.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
    await user.keyboard('{ArrowRight}{ArrowDown}{End}');
    expect(here()).toBe('2026-12-06');
    await user.keyboard('{Home}{PageDown}{Shift>}{PageUp}{/Shift}');
    expect(here()).toBe('2025-12-30');
    await user.click(screen.getByRole('button', { name: 'Later' }));
    await user.click(screen.getByRole('button', { name: 'Thursday 1 January' }));
    expect(onchange.mock.calls).toEqual([['2026-01-01']]);
    const input = screen.getByRole<HTMLInputElement>('textbox');
    expect([input.value, document.activeElement]).toEqual(['1 Jan 2026', input]);
  });

  it('begins where the typed day is, and Escape leaves it alone', async () => {
    render(DateInput, { ...given, value: '31.1.2027' });
    await user.click(screen.getByRole('button', { name: 'Calendar' }));
    expect(here()).toBe('2027-01-31');
    await user.keyboard('{PageDown}');
    expect(here(), 'February is shorter').toBe('2027-02-28');
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('31.1.2027');
  });

  it('reads what is typed', async () => {
    const onchange = vi.fn();
    render(DateInput, { ...given, onchange });
    await user.type(screen.getByRole('textbox'), '24.12');
    await user.tab();
    await user.clear(screen.getByRole('textbox'));
    await user.type(screen.getByRole('textbox'), 'soon');
    await user.tab();
    expect(onchange.mock.calls).toEqual([['2026-12-24'], [undefined]]);
  });
});
