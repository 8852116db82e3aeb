import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { expect, it } from 'vitest';
import Booking from './Booking.svelte';
import Controls from './Controls.svelte';
import States from './States.svelte';

// Colours need a drawn page, which there is none of here; the pairs of the tokens have their own test.
const rules = {
  'color-contrast': { enabled: false },
  region: { enabled: false },
  'page-has-heading-one': { enabled: false },
};

async function faults(element: Element): Promise<string[]> {
  const { violations } = await axe.run(element, { rules });
  return violations.flatMap((fault) => fault.nodes.map((node) => `${fault.id}: ${node.html.slice(0, 200)}`));
}

it('nothing in the controls is closed to anybody', async () => {
  const { container } = render(Controls);
  expect(await faults(container)).toEqual([]);
}, 30_000);

it('nothing in an open list and an open menu is closed to anybody', async () => {
  render(Controls);
  await userEvent.click(screen.getByRole('combobox', { name: /Miejsce spotkania/ }));
  expect(await faults(await screen.findByRole('listbox'))).toEqual([]);
  await userEvent.keyboard('{Escape}');
  screen.getByRole('button', { name: 'Więcej' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(await faults(await screen.findByRole('menu'))).toEqual([]);
}, 30_000);

it('nothing in the cards and banners is closed to anybody', async () => {
  const { container } = render(States);
  expect(await faults(container)).toEqual([]);
}, 30_000);

it.each([true, false])(
  'nothing in the dialog is closed to anybody, in conflict: %s',
  async (clash) => {
    render(Booking, { start: clash ? '15:30' : '15:15', clash });
    expect(await faults(await screen.findByRole('dialog'))).toEqual([]);
  },
  30_000,
);

it('axe finds what is broken', async () => {
  const button = document.createElement('button');
  document.body.append(button);
  expect(await faults(button)).toHaveLength(1);
  button.remove();
}, 30_000);
