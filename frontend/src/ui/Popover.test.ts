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
