import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import DialogCase from './gallery/DialogCase.svelte';

let app: HTMLElement;

beforeEach(() => {
  app = document.createElement('div');
  app.id = 'app';
  document.body.append(app);
});

afterEach(() => app.remove());

const dialog = () => screen.findByRole('dialog', { name: 'New booking' });

async function opened(props: { sticky?: boolean; onclose?: () => void } = {}) {
  const view = render(DialogCase, { target: app, props });
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  return { ...view, dialog: await dialog() };
}

async function gone() {
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
}

describe('Dialog', () => {
  it('has its title as its name and its line as its description', async () => {
    const { dialog: shown } = await opened();
    const text = document.getElementById(shown.getAttribute('aria-describedby') ?? '');
    expect(text?.textContent).toBe('In a quarter');
  });

  it('puts the focus into the first field and not on the cross', async () => {
    await opened();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
  });

  it('takes the window out of reach and gives it back with the focus', async () => {
    const onclose = vi.fn();
    await opened({ onclose });
    expect(app.hasAttribute('inert')).toBe(true);
    await userEvent.keyboard('{Escape}');
    await gone();
    expect(app.hasAttribute('inert')).toBe(false);
    expect(onclose).toHaveBeenCalledOnce();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' })));
  });

  it('closes by its cross', async () => {
    await opened();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await gone();
  });

  it('keeps the focus inside', async () => {
    const { dialog: shown } = await opened();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Name')));
    for (let i = 0; i < 4; i++) {
      await userEvent.tab();
      expect(shown.contains(document.activeElement)).toBe(true);
    }
  });

  it('lets the window go when it is taken out of the page while open', async () => {
    const { unmount } = await opened();
    unmount();
    await waitFor(() => expect(app.hasAttribute('inert')).toBe(false));
  });
});
