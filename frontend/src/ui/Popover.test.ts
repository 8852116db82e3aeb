import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import OverlayCase from './gallery/OverlayCase.svelte';

it('a popover opens from its button, has a name, and Escape returns the focus', async () => {
  render(OverlayCase);
  const trigger = screen.getByRole('button', { name: 'Filter' });
  await userEvent.click(trigger);
  const sheet = await screen.findByRole('dialog', { name: 'Filter' });
  expect(sheet.textContent).toContain('Only mine');
  expect(trigger.getAttribute('aria-expanded')).toBe('true');
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(trigger));
});

it('a popover keeps Tab inside, and a press outside closes it', async () => {
  render(OverlayCase);
  await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
  const only = screen.getByRole('button', { name: 'Only mine' });
  expect(document.activeElement).toBe(only);
  await userEvent.tab();
  expect(document.activeElement).toBe(only);
  await userEvent.click(document.body);
  expect(screen.queryByRole('dialog')).toBeNull();
});
