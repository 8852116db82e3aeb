import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Choice } from './choice';
import ComboboxCase from './gallery/ComboboxCase.svelte';

const items: Choice[] = [
  { value: 'Europe/Warsaw', label: 'Warszawa', detail: 'GMT+1', words: 'Łódź' },
  { value: 'America/New_York', label: 'Nowy Jork', detail: 'GMT−5' },
  { value: 'Asia/Tokyo', label: 'Tokio' },
];

const input = () => screen.getByRole<HTMLInputElement>('combobox', { name: 'Time zone' });
const options = () =>
  screen.queryAllByRole('option').map((one) => one.textContent.trim().replace(/\s+/g, ' '));

describe('Combobox', () => {
  it('says what is chosen while it is closed', () => {
    render(ComboboxCase, { items, value: 'Europe/Warsaw' });
    expect(input().value).toBe('Warszawa');
    expect(input().getAttribute('aria-expanded')).toBe('false');
  });

  it('finds without accents and chooses with Enter', async () => {
    const onchange = vi.fn();
    render(ComboboxCase, { items, value: 'Asia/Tokyo', onchange });
    await userEvent.click(input());
    expect(options()).toHaveLength(3);
    await userEvent.keyboard('lodz');
    expect(options()).toEqual(['Warszawa GMT+1']);
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onchange.mock.calls).toEqual([['Europe/Warsaw']]);
    await waitFor(() => expect(options()).toEqual([]));
  });

  it('chooses the only one found without an arrow', async () => {
    const onchange = vi.fn();
    render(ComboboxCase, { items, value: 'Asia/Tokyo', onchange });
    await userEvent.click(input());
    await userEvent.keyboard('jork{Enter}');
    expect(onchange.mock.calls).toEqual([['America/New_York']]);
  });

  it('says again what is chosen after Escape', async () => {
    const onchange = vi.fn();
    render(ComboboxCase, { items, value: 'Europe/Warsaw', onchange });
    await userEvent.click(input());
    await userEvent.keyboard('tok{Escape}');
    await waitFor(() => expect(input().value).toBe('Warszawa'));
    expect(onchange).not.toHaveBeenCalled();
  });

  it('says when nothing is found, and when there is more than it draws', async () => {
    render(ComboboxCase, { items, limit: 2 });
    await userEvent.click(input());
    expect(options()).toHaveLength(2);
    expect(screen.getByText('Type to find more')).toBeTruthy();
    await userEvent.keyboard('xyz');
    expect(screen.getByText('No such zone')).toBeTruthy();
  });

  it('opens with an arrow, at what is chosen', async () => {
    render(ComboboxCase, { items, value: 'America/New_York' });
    await userEvent.tab();
    expect(options()).toEqual([]);
    await userEvent.keyboard('{ArrowDown}');
    const active = document.getElementById(input().getAttribute('aria-activedescendant') ?? '');
    expect(active?.textContent).toContain('Nowy Jork');
  });

  it.each(['Tab', 'a press elsewhere'])('says again what is chosen after %s', async (by) => {
    const onchange = vi.fn();
    render(ComboboxCase, { items, value: 'Europe/Warsaw', onchange });
    await userEvent.click(input());
    await userEvent.keyboard('tok');
    if (by === 'Tab') await userEvent.tab();
    else await userEvent.click(document.body);
    expect(options()).toEqual([]);
    expect(input().value).toBe('Warszawa');
    expect(onchange).not.toHaveBeenCalled();
  });

  it('does not send the form by the Enter that chooses', async () => {
    const heard = vi.fn((event: KeyboardEvent) => event.defaultPrevented);
    render(ComboboxCase, { items, value: 'Europe/Warsaw' });
    await userEvent.click(input());
    window.addEventListener('keydown', heard);
    await userEvent.keyboard('{Enter}{Enter}');
    window.removeEventListener('keydown', heard);
    expect(heard.mock.results.map(({ value }) => value as boolean)).toEqual([true, false]);
  });
});
