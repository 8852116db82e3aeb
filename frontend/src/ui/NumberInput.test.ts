import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import NumberInput from './NumberInput.svelte';

const given = { value: 15, min: 5, max: 60, step: 5, unit: 'min', lessLabel: 'Shorter', moreLabel: 'Longer' };
const number = () => screen.getByRole<HTMLInputElement>('spinbutton');

describe('NumberInput', () => {
  it.each([
    ['{ArrowUp}', 20],
    ['{ArrowDown}', 10],
    ['{PageUp}', 60],
    ['{PageDown}', 5],
  ])('%s gives %i', async (key, wanted) => {
    const onchange = vi.fn();
    render(NumberInput, { ...given, onchange });
    await userEvent.tab();
    await userEvent.keyboard(key);
    expect(onchange).toHaveBeenCalledWith(wanted);
    expect(number().getAttribute('aria-valuenow')).toBe(String(wanted));
    expect(number().getAttribute('aria-valuetext')).toBe(`${wanted} min`);
  });

  it.each([
    ['37', 37],
    ['999', 60],
    ['kwadrans', 15],
    ['', 15],
  ])('typed %j counts as %i', async (typed, wanted) => {
    render(NumberInput, given);
    await userEvent.clear(number());
    if (typed) await userEvent.type(number(), typed);
    await userEvent.tab();
    expect(number().value).toBe(String(wanted));
  });

  it('has buttons that stop at the bounds', async () => {
    render(NumberInput, { ...given, value: 55 });
    const more = screen.getByRole('button', { name: 'Longer' });
    await userEvent.click(more);
    await userEvent.click(more);
    expect(number().value).toBe('60');
    expect(more.getAttribute('aria-disabled')).toBe('true');
  });
});
