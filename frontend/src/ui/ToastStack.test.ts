import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Toast } from './toast';
import ToastStack from './ToastStack.svelte';

const plain: Toast = { id: 1, text: 'Saved', tone: 'plain', until: 6_000, counts: false };

function held(run = () => {}): Toast {
  return {
    id: 2,
    text: 'Booking cancelled',
    tone: 'plain',
    until: 10_000,
    counts: true,
    countdown: (seconds) => `Booking cancelled. The e-mail goes out in ${seconds} s`,
    action: { label: 'Undo', keys: ['Ctrl', 'Z'], run },
  };
}

const given = { label: 'Messages', closeLabel: 'Close' };

describe('ToastStack', () => {
  it('announces what happened, without the running seconds', () => {
    render(ToastStack, { ...given, toasts: [plain, held()], now: 3_000 });
    expect(screen.getByRole('status').textContent).toBe('Saved Booking cancelled');
    expect(screen.getByText('Booking cancelled. The e-mail goes out in 7 s')).toBeTruthy();
  });

  it('offers the act with its keys', async () => {
    const run = vi.fn();
    render(ToastStack, { ...given, toasts: [held(run)], now: 0 });
    const undo = screen.getByRole('button', { name: 'Undo' });
    expect(undo.getAttribute('aria-keyshortcuts')).toBe('Control+Z');
    await userEvent.click(undo);
    expect(run).toHaveBeenCalledOnce();
  });

  it('puts away what does not count, and leaves what does', async () => {
    const onclose = vi.fn();
    render(ToastStack, { ...given, toasts: [plain, held()], now: 0, onclose });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onclose.mock.calls).toEqual([[1]]);
  });

  it('lies outside the root of the page, where no dialog silences it', () => {
    const { container } = render(ToastStack, { ...given, toasts: [plain], now: 0 });
    expect(container.contains(screen.getByRole('status'))).toBe(false);
  });
});

describe('the seconds of a toast', () => {
  beforeEach(() => vi.useFakeTimers({ now: 0 }));
  afterEach(() => vi.useRealTimers());

  it('run by the clock and stop at none', async () => {
    render(ToastStack, { ...given, toasts: [held()] });
    expect(screen.getByText(/in 10 s/)).toBeTruthy();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(screen.getByText(/in 7 s/)).toBeTruthy();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(screen.getByText(/in 0 s/)).toBeTruthy();
  });
});
