import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { createRawSnippet } from 'svelte';
import { describe, expect, it, vi } from 'vitest';
import Tabs from './Tabs.svelte';

const items = [
  { value: 'video', label: 'Video' },
  { value: 'calendars', label: 'Calendars', count: 2 },
  { value: 'mail', label: 'Mail' },
];
const panel = createRawSnippet<[string]>((value) => ({ render: () => `<p>about ${value()}</p>` }));

describe('Tabs', () => {
  it('names the panel by its tab', () => {
    render(Tabs, { value: 'video', items, label: 'Integrations', panel });
    const shown = screen.getByRole('tabpanel', { name: 'Video' });
    expect(shown.textContent).toContain('about video');
    expect(screen.getByRole('tab', { name: 'Video' }).getAttribute('aria-controls')).toBe(shown.id);
  });

  it('chooses with the arrows and has one Tab stop', async () => {
    const onchange = vi.fn();
    render(Tabs, { value: 'video', items, label: 'Integrations', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowLeft}');
    expect(document.activeElement).toBe(screen.getByRole('tab', { name: 'Mail' }));
    await userEvent.keyboard('{Home}');
    expect(onchange.mock.calls).toEqual([['mail'], ['video']]);
    await userEvent.tab();
    expect(document.activeElement).toBe(document.body);
  });

  it('leaves the up and down arrows to the page', async () => {
    const onchange = vi.fn();
    render(Tabs, { value: 'video', items, label: 'Integrations', onchange });
    await userEvent.tab();
    await userEvent.keyboard('{ArrowDown}');
    expect(onchange).not.toHaveBeenCalled();
  });
});
