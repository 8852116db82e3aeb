import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import Segmented from './Segmented.svelte';

const items = [
  { value: 'pl', label: 'Polski' },
  { value: 'de', label: 'Deutsch', disabled: true, reason: 'Not yet' },
  { value: 'en', label: 'English' },
];
const radio = (name: string) => screen.getByRole('radio', { name });

describe('Segmented', () => {
  it('is a named radio group with one Tab stop', async () => {
    render(Segmented, { value: 'en', items, label: 'Language' });
    expect(screen.getByRole('radiogroup', { name: 'Language' })).toBeTruthy();
    await userEvent.tab();
    expect(document.activeElement).toBe(radio('English'));
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('chooses with the arrows, past what is disabled and round the ends', async () => {
    const onchange = vi.fn();
    render(Segmented, { value: 'pl', items, label: 'Language', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowRight}');
    expect(document.activeElement).toBe(radio('English'));
    expect(radio('English').getAttribute('aria-checked')).toBe('true');
    await userEvent.keyboard('{ArrowRight}');
    expect(onchange.mock.calls).toEqual([['en'], ['pl']]);
  });

  it('does not choose what is disabled', async () => {
    const onchange = vi.fn();
    render(Segmented, { value: 'pl', items, label: 'Language', onchange });
    await userEvent.click(radio('Deutsch'));
    expect(onchange).not.toHaveBeenCalled();
    expect(radio('Deutsch').title).toBe('Not yet');
  });
});
