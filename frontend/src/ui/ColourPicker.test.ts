import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import ColourPicker from './ColourPicker.svelte';
import { hues, type Hue } from './hue';

const names = Object.fromEntries(hues.map((hue) => [hue, `the ${hue}`])) as Record<Hue, string>;

it('offers every hue by its name and chooses with the arrows', async () => {
  const onchange = vi.fn();
  render(ColourPicker, { value: 'green', names, label: 'Colour', onchange });
  expect(screen.getAllByRole('radio').map((dot) => dot.getAttribute('aria-label'))).toEqual(
    hues.map((hue) => names[hue]),
  );
  await userEvent.tab();
  await userEvent.keyboard('{ArrowRight}{End}');
  expect(onchange.mock.calls).toEqual([['teal'], ['olive']]);
  expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'the olive' }));
});
