import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Switch from './Switch.svelte';

const toggle = () => screen.getByRole('switch', { name: 'Waiting room' });

describe('Switch', () => {
  it('turns with Space and with a press on its words', async () => {
    const onchange = vi.fn();
    render(Switch, { checked: false, label: 'Waiting room', onchange });
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(toggle().getAttribute('aria-checked')).toBe('true');
    await userEvent.click(screen.getByText('Waiting room'));
    expect(onchange.mock.calls).toEqual([[true], [false]]);
  });

  it('reads its hint after its name', () => {
    render(Switch, { checked: true, label: 'Waiting room', hint: 'People wait until you let them in' });
    const hint = document.getElementById(toggle().getAttribute('aria-describedby') ?? '');
    expect(hint?.textContent).toBe('People wait until you let them in');
  });

  it.each([{ disabled: true, reason: 'Set by the account' }, { busy: true }])(
    'does not turn with %j',
    async (off) => {
      const onchange = vi.fn();
      render(Switch, { checked: true, label: 'Waiting room', onchange, ...off });
      await userEvent.click(toggle());
      expect(onchange).not.toHaveBeenCalled();
      expect(toggle().getAttribute('aria-disabled')).toBe('true');
    },
  );
});
