import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import Button from './Button.svelte';

const words = createRawSnippet(() => ({ render: () => '<span>Book and send</span>' }));
const button = () => screen.getByRole('button', { name: 'Book and send' });

describe('Button', () => {
  it('acts on a press and on Enter', async () => {
    const onclick = vi.fn();
    render(Button, { children: words, onclick });
    await userEvent.click(button());
    await userEvent.keyboard('{Enter}');
    expect(onclick).toHaveBeenCalledTimes(2);
  });

  it('keeps the focus and tells why when disabled, and does nothing', async () => {
    const onclick = vi.fn();
    render(Button, { children: words, onclick, disabled: true, reason: 'Choose a free time first' });
    await userEvent.tab();
    expect(document.activeElement).toBe(button());
    await userEvent.keyboard('{Enter}');
    expect(onclick).not.toHaveBeenCalled();
    expect(button().getAttribute('aria-disabled')).toBe('true');
    expect(button().title).toBe('Choose a free time first');
  });

  it('does not submit a form while busy', async () => {
    const form = document.createElement('form');
    const submitted = vi.fn((event: Event) => event.preventDefault());
    form.addEventListener('submit', submitted);
    document.body.append(form);
    const { rerender } = render(Button, {
      target: form,
      props: { children: words, type: 'submit', busy: true },
    });
    expect(button().getAttribute('aria-busy')).toBe('true');
    await userEvent.click(button());
    expect(submitted).not.toHaveBeenCalled();
    await rerender({ busy: false });
    await userEvent.click(button());
    expect(submitted).toHaveBeenCalledOnce();
    form.remove();
  });

  it('draws its keys without making them part of its name', () => {
    render(Button, { children: words, keys: ['Ctrl', '↵'] });
    expect(button().getAttribute('aria-keyshortcuts')).toBe('Control+Enter');
    expect(button().textContent).toContain('Ctrl');
  });
});
