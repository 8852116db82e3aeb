import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import FieldCase from './gallery/FieldCase.svelte';

function described(element: HTMLElement): string[] {
  const ids = element.getAttribute('aria-describedby')?.split(' ') ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent?.trim() ?? '');
}

describe('Field', () => {
  it.each(['text', 'area'] as const)('names a %s control and takes what is typed', async (kind) => {
    const onvalue = vi.fn();
    render(FieldCase, { kind, onvalue });
    await userEvent.click(screen.getByText('E-mail'));
    await userEvent.keyboard('ćma');
    expect(screen.getByLabelText('E-mail')).toBe(document.activeElement);
    expect(onvalue).toHaveBeenLastCalledWith('ćma');
  });

  it('reads the hint and the error after the name', async () => {
    const { rerender } = render(FieldCase, { hint: 'Only for letters' });
    const input = screen.getByLabelText('E-mail');
    expect(described(input)).toEqual(['Only for letters']);
    expect(input.hasAttribute('aria-invalid')).toBe(false);
    await rerender({ error: 'The domain after @ is missing' });
    expect(described(input)).toEqual(['Only for letters', 'The domain after @ is missing']);
    expect(input.getAttribute('aria-invalid')).toBe('true');
  });

  it('has the place of the error in the page before the error, so that it is announced', () => {
    const { container } = render(FieldCase);
    expect(container.querySelector('[aria-live=polite]')?.textContent).toBe('');
  });
});

describe('PasswordInput', () => {
  it('shows the secret and hides it again', async () => {
    render(FieldCase, { kind: 'password', label: 'Password' });
    const input = screen.getByLabelText<HTMLInputElement>('Password');
    await userEvent.type(input, 'tajne');
    expect(input.type).toBe('password');
    await userEvent.click(screen.getByRole('button', { name: 'Show the password' }));
    expect(input.type).toBe('text');
    expect(input.value).toBe('tajne');
    await userEvent.click(screen.getByRole('button', { name: 'Hide the password' }));
    expect(input.type).toBe('password');
  });
});
