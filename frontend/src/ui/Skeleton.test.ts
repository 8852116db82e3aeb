import { render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import Skeleton from './Skeleton.svelte';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('shows nothing for 300 ms and then its rows', async () => {
  const { container } = render(Skeleton, { label: 'Loading bookings', rows: 4 });
  const status = screen.getByRole('status');
  await vi.advanceTimersByTimeAsync(299);
  expect(status.textContent).toBe('');
  await vi.advanceTimersByTimeAsync(1);
  expect(status.textContent).toContain('Loading bookings');
  expect(container.querySelectorAll('.ghost')).toHaveLength(4);
});

it('does not wake up after it is gone', () => {
  const { unmount } = render(Skeleton, { label: 'Loading bookings' });
  unmount();
  expect(vi.getTimerCount()).toBe(0);
});
