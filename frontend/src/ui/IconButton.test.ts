import X from '@lucide/svelte/icons/x';
import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import IconButton from './IconButton.svelte';

it('is named by its label and silent in its icon', () => {
  render(IconButton, { label: 'Close', icon: X });
  const button = screen.getByRole('button', { name: 'Close' });
  expect(button.title).toBe('Close');
  expect(button.querySelector('svg')?.getAttribute('aria-hidden')).toBe('true');
});

it('says why it does nothing when disabled', async () => {
  const onclick = vi.fn();
  render(IconButton, { label: 'Earlier', icon: X, disabled: true, reason: 'This is the first day', onclick });
  const button = screen.getByRole('button', { name: 'Earlier' });
  await userEvent.click(button);
  expect(onclick).not.toHaveBeenCalled();
  expect(button.title).toBe('This is the first day');
});
