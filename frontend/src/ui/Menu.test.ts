import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Menu from './Menu.svelte';

function show() {
  const runs = { move: vi.fn(), cancel: vi.fn(), copy: vi.fn() };
  render(Menu, {
    label: 'More about “Legal advice”',
    items: [
      { id: 'move', label: 'Move', run: runs.move, keys: ['R'] },
      { id: 'copy', label: 'Copy the link', run: runs.copy, disabled: true, reason: 'No link yet' },
      { id: 'cancel', label: 'Cancel the meeting', run: runs.cancel, danger: true, divided: true },
    ],
  });
  return { ...runs, trigger: screen.getByRole('button', { name: 'More about “Legal advice”' }) };
}

describe('Menu', () => {
  it('opens with Enter, moves with the arrows and acts with Enter', async () => {
    const { trigger, move, cancel } = show();
    trigger.focus();
    await userEvent.keyboard('{Enter}');
    const menu = await screen.findByRole('menu');
    expect(menu.getAttribute('aria-label')).toBe('More about “Legal advice”');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('menuitem', { name: 'Move' })));
    await userEvent.keyboard('{ArrowDown}{Enter}');
    expect(cancel).toHaveBeenCalledOnce();
    expect(move).not.toHaveBeenCalled();
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
  });

  it('does not act by what is disabled, and says why', async () => {
    const { trigger, copy } = show();
    trigger.focus();
    await userEvent.keyboard('{Enter}');
    const item = await screen.findByRole('menuitem', { name: 'Copy the link' });
    await userEvent.click(item);
    expect(item.title).toBe('No link yet');
    expect(copy).not.toHaveBeenCalled();
  });

  it('closes with Escape and returns the focus', async () => {
    const { trigger } = show();
    trigger.focus();
    await userEvent.keyboard('{Enter}');
    await screen.findByRole('menu');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('menu')).toBeNull());
    await waitFor(() => expect(document.activeElement).toBe(trigger));
  });

  it('opens by a press with nothing chosen, and follows the pointer', async () => {
    const { trigger, move } = show();
    await userEvent.click(trigger);
    const menu = screen.getByRole('menu');
    expect(document.activeElement).toBe(menu);
    await userEvent.hover(screen.getByRole('menuitem', { name: 'Cancel the meeting' }));
    expect(document.activeElement?.textContent).toContain('Cancel');
    await userEvent.click(screen.getByRole('menuitem', { name: 'Move' }));
    expect(move).toHaveBeenCalledOnce();
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('goes round its ends and to letters', async () => {
    const { trigger, cancel } = show();
    trigger.focus();
    await userEvent.keyboard('{ArrowUp}');
    expect(document.activeElement?.textContent).toContain('Cancel');
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.textContent).toContain('Move');
    await userEvent.keyboard('c ');
    expect(cancel, 'a space after a letter is still a letter').not.toHaveBeenCalled();
    await userEvent.keyboard('{Enter}');
    expect(cancel).toHaveBeenCalledOnce();
  });

  it('closes with Tab, which goes on from the button, and by a press elsewhere', async () => {
    const { trigger } = show();
    trigger.focus();
    await userEvent.keyboard('{Enter}{Tab}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(document.body);
    await userEvent.click(trigger);
    await userEvent.click(document.body);
    expect(screen.queryByRole('menu')).toBeNull();
  });

  it('closes by its button', async () => {
    const { trigger } = show();
    await userEvent.click(trigger);
    expect(trigger.getAttribute('aria-expanded')).toBe('true');
    await userEvent.click(trigger);
    expect(trigger.getAttribute('aria-expanded')).toBe('false');
    expect(document.activeElement).toBe(trigger);
  });

  it('has its button focused before the act, which may lead the focus elsewhere', async () => {
    const at: unknown[] = [];
    render(Menu, {
      label: 'More',
      items: [{ id: 'go', label: 'Go', run: () => at.push(document.activeElement) }],
    });
    await userEvent.click(screen.getByRole('button', { name: 'More' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'Go' }));
    expect(at).toEqual([screen.getByRole('button', { name: 'More' })]);
  });
});
