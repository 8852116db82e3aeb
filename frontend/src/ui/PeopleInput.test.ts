import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Person, Reading } from './person';
import PeopleInput from './PeopleInput.svelte';

const anna = { name: 'Anna Żak', email: 'anna@example.com' };
const jan = { name: '', email: 'jan@example.com' };

/** Addresses only, parted by commas: enough to see what the input does with an answer. */
function parse(text: string, people: readonly Person[]): Reading {
  const pieces = text.split(/[,;\s]+/).filter(Boolean);
  const good = pieces.filter((piece) => piece.includes('@') && !people.some((p) => p.email === piece));
  const rest = pieces.filter((piece) => !piece.includes('@')).join(' ');
  return {
    people: [...people, ...good.map((email) => ({ name: '', email }))],
    rest,
    error: rest ? `No @ in “${rest}”` : undefined,
  };
}

function show(people: readonly Person[] = []) {
  const onchange = vi.fn<(people: readonly Person[]) => void>();
  render(PeopleInput, {
    people,
    parse,
    label: 'Attendees',
    placeholder: 'Add a name or e-mail',
    listLabel: 'Invited',
    removeLabel: (name: string) => `Remove: ${name}`,
    onchange,
  });
  return { onchange, input: screen.getByRole<HTMLInputElement>('textbox', { name: 'Attendees' }) };
}

const emails = () => screen.queryAllByRole('listitem').map((chip) => chip.title);

describe('PeopleInput', () => {
  it.each(['{Enter}', ',', ';'])('makes a chip on %s', async (key) => {
    const { input, onchange } = show();
    await userEvent.type(input, `jan@example.com${key}`);
    expect(emails()).toEqual(['jan@example.com']);
    expect(input.value).toBe('');
    expect(onchange).toHaveBeenLastCalledWith([jan]);
    expect(screen.getByRole('status').textContent).toBe('jan@example.com');
  });

  it('makes a chip when the field is left', async () => {
    const { input } = show();
    await userEvent.type(input, 'jan@example.com');
    await userEvent.tab();
    expect(emails()).toEqual(['jan@example.com']);
  });

  it('takes a pasted list apart and keeps what is nobody', async () => {
    const { input } = show([anna]);
    await userEvent.click(input);
    await userEvent.paste('jan@example.com; ola@example.com nikt');
    expect(emails()).toEqual(['anna@example.com', 'jan@example.com', 'ola@example.com']);
    expect(input.value).toBe('nikt');
    expect(screen.getByText('No @ in “nikt”')).toBeTruthy();
  });

  it('says what is wrong until something else is typed', async () => {
    const { input } = show();
    await userEvent.type(input, 'nikt{Enter}');
    expect(input.getAttribute('aria-invalid')).toBe('true');
    const error = document.getElementById(input.getAttribute('aria-describedby') ?? '');
    expect(error?.textContent).toContain('No @ in “nikt”');
    await userEvent.type(input, 'x');
    expect(input.hasAttribute('aria-invalid')).toBe(false);
  });

  it('leaves a comma alone behind what is nobody yet', async () => {
    const { input } = show();
    await userEvent.type(input, 'Żak,');
    expect(input.value).toBe('Żak,');
  });

  it('lets Enter through when nothing is typed', async () => {
    const { input } = show([anna]);
    const pressed = vi.fn((event: Event) => event.defaultPrevented);
    document.addEventListener('keydown', pressed);
    await userEvent.type(input, '{Enter}');
    document.removeEventListener('keydown', pressed);
    expect(pressed).toHaveReturnedWith(false);
  });

  it('takes the last one away with Backspace in the empty field', async () => {
    const { input } = show([anna, jan]);
    await userEvent.type(input, '{Backspace}');
    expect(emails()).toEqual(['anna@example.com']);
  });

  it('goes among the chips with the arrows and takes one away there', async () => {
    const { input } = show([anna, jan]);
    await userEvent.click(input);
    await userEvent.keyboard('{ArrowLeft}{ArrowLeft}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove: Anna Żak' }));
    await userEvent.keyboard('{Delete}');
    expect(emails()).toEqual(['jan@example.com']);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Remove: jan@example.com' }));
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(input);
  });

  it('is one Tab stop', async () => {
    const { input } = show([anna, jan]);
    await userEvent.tab();
    expect(document.activeElement).toBe(input);
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('shows an address that was refused', () => {
    show([{ ...anna, error: 'The letter came back' }]);
    expect(screen.getByRole('listitem').title).toBe('The letter came back');
    expect(screen.getByRole('listitem').textContent).toContain('The letter came back');
  });
});
