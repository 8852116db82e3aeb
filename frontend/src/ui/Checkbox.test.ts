import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import Checkbox from './Checkbox.svelte';

it('ticks with Space and tells the new state', async () => {
  const onchange = vi.fn();
  render(Checkbox, { checked: false, label: 'Bookings', onchange });
  await userEvent.tab();
  await userEvent.keyboard(' ');
  expect(onchange).toHaveBeenCalledWith(true);
  expect(screen.getByRole<HTMLInputElement>('checkbox', { name: 'Bookings' }).checked).toBe(true);
});

it('keeps its name when the label is hidden', () => {
  render(Checkbox, { checked: false, label: 'Hanna Ćwik', hideLabel: true });
  expect(screen.getByRole('checkbox', { name: 'Hanna Ćwik' })).toBeTruthy();
});
