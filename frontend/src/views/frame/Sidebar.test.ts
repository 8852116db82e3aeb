import { render, screen } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { beforeAll, describe, expect, it } from 'vitest';
import App from '../../App.svelte';
import { calendarWorlds } from '../../bridge/fake/calendars';
import { fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { App as State } from '../../state/app.svelte';

// The screen is read when it is asked for, which takes its time the first time.
beforeAll(() => import('../integrations/Integrations.svelte'), 30_000);

describe('a calendar that cannot be read', () => {
  it.each([
    ['unreadable', 'Integrations 1 calendar cannot be read', 'Calendars 1 1 calendar cannot be read'],
    ['stale', 'Integrations', 'Calendars'],
  ])('%s is marked beside the screen and its tab', async (name, item, tab) => {
    const go = fake(inEnglish(office()));
    go.world.calendars = calendarWorlds(name);
    render(App, { app: new State(go) });
    const text = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
    const nav = await screen.findByRole('button', { name: /^Integrations/ });
    expect(text(nav)).toBe(item);
    await userEvent.setup().click(nav);
    expect(text(await screen.findByRole('tab', { name: /^Calendars/ }))).toBe(tab);
  });
});
