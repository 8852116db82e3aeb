import { render, screen, waitFor } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import LayersCase from './gallery/LayersCase.svelte';
import { lay, type Layer } from './layers';

describe('of layers over one another', () => {
  const lifts: (() => void)[] = [];

  function over(node: Element, more: Partial<Layer> = {}) {
    const leave = vi.fn<Layer['leave']>();
    document.body.append(node);
    lifts.push(lay({ parts: () => [node], leave, ...more }));
    return leave;
  }

  const element = () => document.createElement('div');
  afterEach(() => lifts.splice(0).forEach((lift) => lift()));

  it('only the topmost hears of Escape and of a press outside', async () => {
    const low = over(element());
    const high = over(element());
    await userEvent.keyboard('{Escape}');
    await userEvent.click(document.body);
    expect(high.mock.calls).toEqual([['escape'], ['press']]);
    expect(low).not.toHaveBeenCalled();
  });

  it('one press takes away one, though the next is the topmost by then', async () => {
    const low = over(element());
    const high = over(element());
    high.mockImplementation(() => lifts.pop()?.());
    await userEvent.click(document.body);
    expect(low).not.toHaveBeenCalled();
  });

  it('a dialog waits for the end of a press, which would reach what lies beneath', async () => {
    const node = element();
    const leave = over(node, { modal: true });
    const user = userEvent.setup();
    await user.pointer({ keys: '[MouseLeft>]', target: document.body });
    expect(leave).not.toHaveBeenCalled();
    await user.pointer({ keys: '[/MouseLeft]', target: document.body });
    expect(leave).toHaveBeenCalledOnce();
  });

  it('a dialog is not closed by a press that began in it', async () => {
    const node = element();
    const leave = over(node, { modal: true });
    await userEvent.pointer([
      { keys: '[MouseLeft>]', target: node },
      { target: document.body },
      { keys: '[/MouseLeft]', target: document.body },
    ]);
    expect(leave).not.toHaveBeenCalled();
  });

  it('none hears of a press inside', async () => {
    const node = element();
    const leave = over(node);
    await userEvent.click(node);
    expect(leave).not.toHaveBeenCalled();
  });

  it('a dialog leaves Escape to a control in it', async () => {
    const field = document.createElement('input');
    const leave = over(field, { modal: true });
    field.addEventListener('keydown', (event) => event.preventDefault(), { once: true });
    field.focus();
    await userEvent.keyboard('{Escape}');
    expect(leave).not.toHaveBeenCalled();
    await userEvent.keyboard('{Escape}');
    expect(leave).toHaveBeenCalledOnce();
  });

  it('others take it before the page hears of it', async () => {
    const page = vi.fn();
    document.addEventListener('keydown', page);
    over(element());
    await userEvent.keyboard('{Escape}x');
    document.removeEventListener('keydown', page);
    expect(page).toHaveBeenCalledOnce();
  });

  it('none hears of the Escape of an input method', () => {
    const leave = over(element());
    window.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', isComposing: true }));
    expect(leave).not.toHaveBeenCalled();
  });
});

describe('over a dialog', () => {
  let app: HTMLElement;

  beforeEach(() => {
    app = document.createElement('div');
    app.id = 'app';
    document.body.append(app);
  });
  afterEach(() => app.remove());

  async function opened(props: { sticky?: boolean; onclose?: () => void } = {}) {
    render(LayersCase, { target: app, props });
    await userEvent.click(screen.getByRole('button', { name: 'Open' }));
    return screen.findByRole('dialog', { name: 'First' });
  }

  const shown = () => screen.queryAllByRole('dialog').map((one) => one.querySelector('h2')?.textContent);
  const button = (name: string) => screen.getByRole('button', { name });

  it('a list is closed before it is', async () => {
    const dialog = await opened();
    await userEvent.click(screen.getByRole('combobox'));
    expect(dialog.contains(screen.getByRole('listbox')), 'in reach of a screen reader').toBe(true);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(shown()).toEqual(['First']);
    await userEvent.keyboard('{Escape}');
    expect(shown()).toEqual([]);
  });

  it('a press beside it closes the list, and the next one the dialog', async () => {
    const dialog = await opened();
    const veil = dialog.parentElement as Element;
    await userEvent.click(screen.getByRole('combobox'));
    await userEvent.click(veil);
    expect(screen.queryByRole('listbox')).toBeNull();
    expect(shown()).toEqual(['First']);
    await userEvent.click(veil);
    expect(shown()).toEqual([]);
  });

  it('a press beside it leaves the focus in it where it is sticky', async () => {
    const onclose = vi.fn();
    const dialog = await opened({ sticky: true, onclose });
    button('Last').focus();
    await userEvent.click(dialog.parentElement as Element);
    expect(shown()).toEqual(['First']);
    expect(onclose).not.toHaveBeenCalled();
    expect(document.activeElement).toBe(button('Last'));
  });

  it('a message can be put away', async () => {
    await opened();
    await userEvent.click(button('Put away'));
    expect(shown()).toEqual(['First']);
  });

  it('Tab comes back from its ends, and from where there is nothing any more', async () => {
    await opened();
    button('Last').focus();
    await userEvent.tab();
    expect(document.activeElement).toBe(button('Close the first'));
    await userEvent.tab({ shift: true });
    expect(document.activeElement).toBe(button('Last'));
    await userEvent.click(button('Vanish'));
    expect(document.activeElement).toBe(document.body);
    await userEvent.tab();
    expect(document.activeElement).toBe(button('Close the first'));
  });

  it('another dialog takes it out of reach, and gives the focus back to it', async () => {
    const first = await opened();
    button('More').focus();
    await userEvent.keyboard('{Enter}{Enter}');
    await screen.findByRole('dialog', { name: 'Second' });
    expect(first.closest('[inert]')).not.toBeNull();
    expect(document.activeElement).toBe(screen.getByLabelText('Key'));
    await userEvent.keyboard('{Escape}');
    expect(shown()).toEqual(['First']);
    expect(first.closest('[inert]')).toBeNull();
    await waitFor(() => expect(document.activeElement).toBe(button('More')));
    expect(app.hasAttribute('inert')).toBe(true);
  });
});
