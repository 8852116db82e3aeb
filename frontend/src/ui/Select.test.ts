import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Choice } from './choice';
import SelectCase from './gallery/SelectCase.svelte';

const items: Choice[] = [
  { value: 'advice', label: 'Legal advice', detail: '60 min, Zoom', colour: 'blue', group: 'Listed' },
  { value: 'off', label: 'Interview', disabled: true, reason: 'This topic is off', group: 'Listed' },
  { value: 'intro', label: 'Intro consultation', group: 'Hidden' },
];

const trigger = () => screen.getByRole('combobox');
const options = () => screen.getAllByRole('option').map((one) => one.textContent.trim().replace(/\s+/g, ' '));

describe('Select', () => {
  it('is named by its label and what is chosen', () => {
    render(SelectCase, { items, value: 'advice' });
    expect(screen.getByRole('combobox', { name: 'Meeting topic Legal advice 60 min, Zoom' })).toBe(trigger());
    expect(trigger().getAttribute('aria-haspopup')).toBe('listbox');
  });

  it('says its placeholder while nothing is chosen', () => {
    render(SelectCase, { items });
    expect(screen.getByRole('combobox', { name: 'Meeting topic Choose' })).toBe(trigger());
  });

  it('opens with the arrow, goes past what is disabled and chooses with Enter', async () => {
    const onchange = vi.fn();
    render(SelectCase, { items, value: 'advice', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(options()).toEqual([
      'Legal advice 60 min, Zoom',
      'Interview This topic is off',
      'Intro consultation',
    ]);
    expect(screen.getByRole('group', { name: 'Hidden' })).toBeTruthy();
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(onchange.mock.calls).toEqual([['intro']]);
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('closes with Escape and leaves the choice alone', async () => {
    const onchange = vi.fn();
    render(SelectCase, { items, value: 'advice', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(onchange).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(trigger());
  });
});
