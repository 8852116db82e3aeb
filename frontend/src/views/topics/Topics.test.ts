import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { name, rows, stage, tile, user } from './stage/stage';

let f: Fake;
beforeEach(() => void (f = fake(office())));

const find = (slug: string) => f.world.topics.find((topic) => topic.slug === slug);
const press = (label: string) => user.click(screen.getByRole('button', { name: label }));

describe('the list', () => {
  it('shows each topic with its place and state, the first in the form', async () => {
    f.world.topics = f.world.topics.map((t) => (t.slug === 'kwadrans-pytan' ? { ...t, on: false } : t));
    await stage(f);
    expect((await name()).value).toBe('Konsultacja wstępna');
    expect(rows()).toEqual([
      'Konsultacja wstępna 45 min, Zoom',
      'Porada prawna 60 min, Zoom',
      'Rozmowa rekrutacyjna 60 min, Zoom',
      'Omówienie umowy 30 min, Zoom',
      'Kwadrans pytań 15 min, Phone Off',
      'Podpisanie dokumentów 30 min, In person Hidden',
    ]);
  });

  it('says which topics wait while Zoom cannot be used', async () => {
    f.world.connection = { ...f.world.connection, state: 'removed at Zoom' };
    await stage(f);
    await name();
    expect(rows().filter((row) => row.endsWith('Paused'))).toHaveLength(4);
  });

  it('is empty at first, and leads to a new topic', async () => {
    f.world.topics = [];
    const app = await stage(f);
    await screen.findByText('No meeting topics yet');
    await press('New topic');
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
    await waitFor(async () => expect(document.activeElement).toBe(await name()));
  });

  it('goes on with the only topic there is, which is not made yet', async () => {
    f.world.topics = [];
    const app = await stage(f, { fresh: true });
    await user.type(await name(), 'Porada');
    app.go({ name: 'topics' });
    await waitFor(() => expect(document.querySelector('[data-test=topic-create]')).toBeTruthy());
    expect((await name()).value).toBe('Porada');
    expect(screen.queryByText('This topic is gone')).toBeNull();
  });

  it('that cannot be read says so and can be asked for again', async () => {
    f.failNext('topics.List', new Fault('busy-file', 'The file is busy.'));
    await stage(f);
    await screen.findByText('The file is busy.');
    await press('Try again');
    expect((await name()).value).toBe('Konsultacja wstępna');
  });

  it('shows what a route to a topic that is gone leads to', async () => {
    await stage(f, { topic: 'nothing' });
    expect(await screen.findByText('This topic is gone')).toBeTruthy();
  });
});

describe('the menu', () => {
  const act = async (label: string) => {
    await user.click(await screen.findByRole('button', { name: 'More actions' }));
    await user.click(await screen.findByRole('menuitem', { name: label }));
  };

  it('removes at once, with the way back', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await act('Remove topic');
    await waitFor(() => expect(find('porada-prawna')).toBeUndefined());
    await waitFor(() => expect(document.activeElement?.textContent).toContain('Rozmowa rekrutacyjna'));
    expect(app.toasts.list.at(-1)?.text).toBe('Removed topic “Porada prawna”');
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(find('porada-prawna')).toBeDefined());
    await waitFor(async () => expect((await name()).value).toBe('Porada prawna'));
  });

  it('switches off', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await act('Switch off');
    await waitFor(() => expect(rows()[1]).toBe('Porada prawna 60 min, Zoom Off'));
    expect(screen.getByRole('switch', { name: 'Takes bookings' }).getAttribute('aria-checked')).toBe('false');
  });

  it('duplicates into a draft', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await act('Duplicate');
    await waitFor(async () => expect((await name()).value).toBe('Porada prawna (copy)'));
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
    expect(rows().at(-1)).toBe('Porada prawna (copy) 60 min, Zoom Draft');
  });

  it('begins a booking of the topic', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await act('New booking');
    expect(app.draft).toEqual({ topic: 'porada-prawna' });
  });
});

describe('the preview', () => {
  it('turns to the other language alone', async () => {
    await stage(f, { topic: 'podpisanie-dokumentow' });
    const preview = await waitFor(() => {
      const found = document.querySelector<HTMLElement>('[data-test=topic-preview]');
      expect(found?.textContent).toContain('In person');
      return found;
    });
    await waitFor(() => expect(preview?.textContent).toContain('Wed 25 Nov'));
    await user.click(screen.getByRole('radio', { name: 'PL' }));
    await waitFor(() => expect(preview?.textContent).toContain('Na miejscu'));
    expect(preview?.textContent).toContain('śr. 25 lis');
    expect(preview?.getAttribute('lang')).toBe('pl');
    expect(screen.getByText('What happens after a booking')).toBeTruthy();
  });

  it('says what follows a booking at each place', async () => {
    f.world.mail = { ...f.world.mail, set: false };
    const app = await stage(f, { topic: 'kwadrans-pytan' });
    await name();
    const after = () => document.querySelector('[data-test=topic-after]')?.textContent ?? '';
    expect(after()).toContain('We put the phone in the invite.');
    await user.click(tile('Zoom'));
    expect(after()).toContain('We create the meeting in your Zoom account.');
    await press('Set up mail');
    expect(app.screen).toEqual({ name: 'integrations', tab: 'mail' });
  });

  it('asks for the free times again after a save', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    const asked = () => f.calls.filter((call) => call.method === 'topics.Free').length;
    await waitFor(() => expect(asked()).toBe(1));
    await user.click(screen.getByRole('radio', { name: '45' }));
    await waitFor(() => expect(asked()).toBeGreaterThan(1), { timeout: 3000 });
  });
});

describe('the keys', () => {
  it('go through the list, into the form and back', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await name();
    screen.getByRole('option', { selected: true }).focus();
    await user.keyboard('{ArrowDown}');
    expect(app.screen).toEqual({ name: 'topics', topic: 'rozmowa-rekrutacyjna' });
    expect(document.activeElement?.textContent).toContain('Rozmowa rekrutacyjna');
    await user.keyboard('{End}{Enter}');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-test')).toBe('topic-name'));
    expect((await name()).value).toBe('Podpisanie dokumentów');
    await user.keyboard('{Escape}');
    expect(document.activeElement?.getAttribute('data-row')).toBe('podpisanie-dokumentow');
    await user.keyboard('{Delete}');
    await waitFor(() => expect(find('podpisanie-dokumentow')).toBeUndefined());
  });

  it('leave an n in a field to the field', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await user.type(await name(), 'n');
    expect(app.screen).toEqual({ name: 'topics', topic: 'porada-prawna' });
  });

  it('take a message back before the form', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await name();
    await user.click(screen.getByRole('radio', { name: '45' }));
    await user.tab();
    await waitFor(() => expect(find('porada-prawna')?.duration).toBe(45));
    let undone = 0;
    app.toasts.show('x', { action: { label: 'Undo', run: () => undone++ } });
    screen.getByRole('option', { selected: true }).focus();
    await user.keyboard('{Control>}z{/Control}');
    expect([undone, find('porada-prawna')?.duration]).toEqual([1, 45]);
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(find('porada-prawna')?.duration).toBe(60));
  });
});
