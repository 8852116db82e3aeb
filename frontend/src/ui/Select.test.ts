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

  it('opens by a press, takes by a press and not what is disabled', async () => {
    const onchange = vi.fn();
    render(SelectCase, { items, value: 'advice', onchange });
    await userEvent.click(trigger());
    expect(document.activeElement).toBe(trigger());
    await userEvent.click(screen.getByRole('option', { name: /Interview/ }));
    expect(onchange).not.toHaveBeenCalled();
    await userEvent.click(screen.getByRole('option', { name: 'Intro consultation' }));
    expect(onchange.mock.calls).toEqual([['intro']]);
    expect(screen.queryByRole('listbox')).toBeNull();
    await userEvent.click(trigger());
    await userEvent.click(trigger());
    expect(screen.queryByRole('listbox')).toBeNull();
  });

  it('tells a screen reader where the keys are', async () => {
    render(SelectCase, { items, value: 'advice' });
    await userEvent.tab();
    await userEvent.keyboard('{Enter}');
    const active = () => document.getElementById(trigger().getAttribute('aria-activedescendant') ?? '');
    expect(active()).toBe(screen.getByRole('option', { selected: true }));
    expect(trigger().getAttribute('aria-controls')).toBe(
      screen.getByRole('listbox', { name: 'Meeting topic' }).id,
    );
    await userEvent.keyboard('{End}');
    expect(active()?.textContent).toContain('Intro consultation');
  });

  it('goes to what is typed, and takes it only with Enter', async () => {
    const onchange = vi.fn();
    render(SelectCase, { items, value: 'advice', onchange });
    await userEvent.tab();
    await userEvent.keyboard('in');
    expect(screen.getByRole('listbox')).toBeTruthy();
    expect(onchange).not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(onchange.mock.calls).toEqual([['intro']]);
  });

  it('closes with Tab, leaves the choice alone and lets the focus go on', async () => {
    const onchange = vi.fn();
    render(SelectCase, { items, value: 'advice', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}{ArrowDown}');
    await userEvent.tab();
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(onchange).not.toHaveBeenCalled();
    expect(document.activeElement).not.toBe(trigger());
  });

  it('keeps letters from the window while it is open', async () => {
    const heard = vi.fn((event: KeyboardEvent) => event.defaultPrevented);
    render(SelectCase, { items, value: 'advice' });
    await userEvent.tab();
    window.addEventListener('keydown', heard);
    await userEvent.keyboard('x{ArrowDown}x');
    window.removeEventListener('keydown', heard);
    expect(heard.mock.results.map(({ value }) => value as boolean)).toEqual([false, true, true]);
  });
});
