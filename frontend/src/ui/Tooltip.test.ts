import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import OverlayCase from './gallery/OverlayCase.svelte';

it('a tooltip is read after the name of what has the focus, and Escape puts it away', async () => {
  render(OverlayCase);
  const button = screen.getByRole('button', { name: 'Stale' });
  button.focus();
  await waitFor(() => expect(screen.getByRole('tooltip').textContent).toContain('Read an hour ago'));
  expect(button.getAttribute('aria-describedby')).toBe(screen.getByRole('tooltip').id);
  await userEvent.keyboard('{Escape}');
  await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
});

it('a tooltip comes with the pointer, and stays while the pointer is on its words', async () => {
  render(OverlayCase);
  const button = screen.getByRole('button', { name: 'Stale' });
  await userEvent.hover(button);
  await userEvent.hover(await screen.findByRole('tooltip'));
  expect(screen.getByRole('tooltip')).toBeTruthy();
  await userEvent.unhover(screen.getByRole('tooltip'));
  await waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull());
});
