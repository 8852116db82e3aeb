import { configure, render, screen, waitFor, within } from '@testing-library/svelte';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Hours } from '../../bridge/backend';
import { fake, type Fake } from '../../bridge/fake/fake';
import { fresh, inEnglish, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { setLanguage } from '../../i18n/i18n.svelte';
import { App } from '../../state/app.svelte';
import Stage from '../topics/stage/Stage.svelte';

configure({ defaultHidden: true });
vi.setConfig({ testTimeout: 30_000 });

const user = userEvent.setup({ delay: null });

beforeEach(() => vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T09:24:00Z') }));
afterEach(() => vi.useRealTimers());

async function show(f: Fake, at: { schedule?: string; fresh?: boolean } = {}): Promise<App> {
  const app = new App(f);
  await app.begin();
  await setLanguage('en');
  app.go({ name: 'schedules', ...at });
  render(Stage, { app });
  return app;
}

const kept = (f: Fake, name = 'default') => f.world.schedules.find((one) => one.name === name);
const button = (name: string | RegExp) => screen.getByRole('button', { name });
const field = (name: string) => screen.findByRole<HTMLInputElement>('textbox', { name });
const save = () => user.click(button(/^(Save|Create schedule)/));
const part = (test: string) => document.querySelector(`[data-test=${test}]`)?.textContent?.trim() ?? '';

async function type(name: string, text: string): Promise<void> {
  const input = await field(name);
  await user.clear(input);
  await user.type(input, text);
  await user.tab();
}

describe('the list', () => {
  it('says hours, zone and how many topics use it', async () => {
    await show(fake(inEnglish(office())));
    const row = await screen.findByRole('option', { name: /Working hours/ });
    expect(row.textContent?.replaceAll(/\s+/g, ' ')).toContain('Mon–Fri 8:00–17:00 Warsaw · 6 topics');
    expect(button('Porada prawna')).toBeDefined();
  });

  it('is empty at first, and says what a schedule is for', async () => {
    const f = fake({ ...fresh(), lang: 'en' });
    await show(f);
    await screen.findByText('No schedules yet');
    await user.click(button(/^New schedule/));
    await type('Name', 'Saturdays');
    await save();
    await waitFor(() => expect(kept(f, 'Saturdays')?.week[0]).toEqual([{ from: 540, to: 1020 }]));
  });

  it('says why it could not be read, and is asked again', async () => {
    const f = fake(inEnglish(office()));
    f.failNext('schedules.List', new Fault('disk-full', 'The disk is full'));
    await show(f);
    await screen.findByText('The disk is full');
    await user.click(button('Try again'));
    await screen.findByRole('option', { name: /Working hours/ });
  });
});

describe('the fields', () => {
  it('change the hours of a day, add to them and take them away', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await type('Monday, to', '12');
    await user.click(button('Add hours: Monday'));
    await user.click(button('Remove hours: Friday, 8:00–17:00'));
    await save();
    await waitFor(() =>
      expect(kept(f)?.week[0]).toEqual([
        { from: 480, to: 720 },
        { from: 780, to: 840 },
      ]),
    );
    expect(kept(f)?.week[4]).toEqual([]);
    expect(part('schedule-standing')).toMatch(/^Saved at /);
  });

  it('go past midnight', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await type('Monday, from', '22');
    await type('Monday, to', '2');
    expect(screen.getByText('the next day')).toBeDefined();
    await save();
    await waitFor(() => expect(kept(f)?.week[0]).toEqual([{ from: 1320, to: 1560 }]));
  });

  it('copy a day to others', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await type('Tuesday, to', '12');
    await user.click(button('Copy the hours of: Tuesday'));
    await user.click(screen.getByRole('menuitem', { name: 'To Monday to Friday' }));
    await save();
    const morning = [{ from: 480, to: 720 }];
    await waitFor(() => expect(kept(f)?.week.slice(0, 5)).toEqual(Array(5).fill(morning)));
  });

  it('say what is wrong where it is, and nothing is saved before it is mended', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await type('Monday, to', '8');
    expect(
      screen.getByText('The hours 8:00–8:00 have no length: change the beginning or the end.'),
    ).toBeDefined();
    expect(part('schedule-outlook')).toContain('Correct the hours');
    await save();
    expect(f.calls.some((call) => call.method === 'schedules.Change')).toBe(false);
    expect(document.activeElement).toBe(await field('Monday, from'));
  });
});

describe('days with other hours', () => {
  it('are added by date, closed at first, with hours and a reason', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await user.type(await field('Date'), '6.1.2027{Enter}');
    const list = document.querySelector<HTMLElement>('[data-test=schedule-days]');
    if (!list) throw new Error('there is no list');
    expect(
      within(list)
        .getAllByText(/Dec|Jan/)
        .map((one) => one.textContent),
    ).toEqual(['Wed 2 Dec', 'Thu 24 Dec', 'Wed 6 Jan 2027']);
    await user.click(button('Add hours: Wed 6 Jan 2027'));
    await type('Reason: Wed 6 Jan 2027', 'Three Kings');
    await user.click(button('Remove: Wed 2 Dec'));
    await save();
    await waitFor(() =>
      expect(kept(f)?.days).toEqual([
        { date: '2026-12-24', hours: [], reason: 'Wigilia' },
        { date: '2027-01-06', hours: [{ from: 540, to: 1020 }], reason: 'Three Kings' },
      ] satisfies Hours['days']),
    );
  });

  it('are refused when they have passed or are no dates', async () => {
    await show(fake(inEnglish(office())));
    await user.type(await field('Date'), '23.11.2026{Enter}');
    await screen.findByText('This day has passed');
    await user.clear(await field('Date'));
    await user.type(await field('Date'), 'soon{Enter}');
    await screen.findByText('Write the date like this: 24 Dec 2026');
  });
});

describe('next week', () => {
  it('is said in hours, with the days that are different', async () => {
    await show(fake(inEnglish(office())));
    await waitFor(() =>
      expect(part('schedule-outlook')).toBe(
        'Next week, 30 November – 6 December 2026: 40 h (other hours: Wed 2 Dec)',
      ),
    );
    await type('Monday, to', '12');
    await waitFor(() => expect(part('schedule-outlook')).toContain(': 35 h'));
  });
});

describe('keys', () => {
  it('undo, redo and save', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    await user.click(await screen.findByRole('button', { name: 'Remove hours: Monday, 8:00–17:00' }));
    button('Add hours: Monday').focus();
    await user.keyboard('{Control>}z{/Control}');
    expect((await field('Monday, from')).value).toBe('8:00');
    button('Add hours: Monday').focus();
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}');
    expect(screen.queryByRole('textbox', { name: 'Monday, from' })).toBeNull();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(kept(f)?.week[0]).toEqual([]));
  });

  it('do not remove what topics use', async () => {
    const f = fake(inEnglish(office()));
    await show(f);
    (await screen.findByRole('option', { name: /Working hours/ })).focus();
    await user.keyboard('{Delete}');
    await screen.findByText('This schedule cannot be removed');
    expect(screen.getByText(/Topics use it: Konsultacja wstępna, Porada prawna/)).toBeDefined();
    expect(kept(f)).toBeDefined();
  });
});

describe('leaving', () => {
  it('tells what is not saved, and leads back to it', async () => {
    const app = await show(fake(inEnglish(office())));
    await type('Monday, to', '12');
    app.go({ name: 'settings' });
    await waitFor(() =>
      expect(app.toasts.list.at(-1)?.text).toBe('Unsaved changes in the schedule “Working hours”'),
    );
    app.toasts.act();
    expect((await field('Monday, to')).value).toBe('12:00');
  });
});

describe('before the first topic', () => {
  it('the hours that it would get are made when they are asked for', async () => {
    const f = fake({ ...fresh(), lang: 'en' });
    await show(f, { schedule: 'default' });
    expect((await field('Name')).value).toBe('Working hours');
    await save();
    await waitFor(() => expect(kept(f)).toBeDefined());
  });
});
