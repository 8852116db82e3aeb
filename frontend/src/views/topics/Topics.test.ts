import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { off, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { name, rows, stage, standing, tile, user } from './stage/stage';

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

describe('the form of a topic', () => {
  it('saves by itself after a pause, and takes it back', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await user.clear(await name());
    await user.type(await name(), 'Legal advice');
    await waitFor(() => expect(standing()).toMatch(/^Saved at \d+:\d\d$/), { timeout: 3000 });
    expect(find('porada-prawna')?.name).toBe('Legal advice');
    await user.keyboard('{Control>}z{/Control}');
    await waitFor(() => expect(find('porada-prawna')?.name).toBe('Porada prawna'));
    expect((await name()).value).toBe('Porada prawna');
    expect(standing()).toMatch(/^Undone at/);
  });

  it('says at the field and at the foot why something is not saved', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await user.clear(await name());
    await user.tab();
    expect(standing()).toBe('Not saved: Enter a name');
    expect((await name()).getAttribute('aria-invalid')).toBe('true');
    expect(find('porada-prawna')?.name).toBe('Porada prawna');
    await press('Undo');
    expect((await name()).value).toBe('Porada prawna');
  });

  it('keeps what somebody types while it changes elsewhere', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await user.type(await name(), ' dla firm');
    f.world.topics = f.world.topics.map((t) =>
      t.slug === 'porada-prawna' ? { ...t, duration: 30, name: 'X' } : t,
    );
    f.emit('changed', null);
    await waitFor(() =>
      expect(screen.getByRole('radio', { name: '30' }).getAttribute('aria-checked')).toBe('true'),
    );
    expect((await name()).value).toBe('Porada prawna dla firm');
    await waitFor(() => expect(standing()).toMatch(/^Saved/), { timeout: 3000 });
    expect(find('porada-prawna')).toMatchObject({ name: 'Porada prawna dla firm', duration: 30 });
  });

  it('saves what is typed when another topic is chosen', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await user.type(await name(), ' dla firm');
    await user.click(screen.getByText('Omówienie umowy'));
    await waitFor(() => expect(find('porada-prawna')?.name).toBe('Porada prawna dla firm'));
    expect((await name()).value).toBe('Omówienie umowy');
  });

  it('shows a refusal of Go and lets it be tried again', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    f.failNext('topics.Change', new Fault('disk-full'));
    await user.click(screen.getByRole('radio', { name: '45' }));
    await screen.findByText('Not saved: The disk is full', {}, { timeout: 3000 });
    await press('Try again');
    await waitFor(() => expect(standing()).toMatch(/^Saved/));
    expect(find('porada-prawna')?.duration).toBe(45);
  });

  it('takes another length', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    await user.click(screen.getByRole('radio', { name: 'Other' }));
    const minutes = screen.getByLabelText('Number of minutes');
    await user.clear(minutes);
    await user.type(minutes, '50');
    await user.tab();
    await waitFor(() => expect(find('porada-prawna')?.duration).toBe(50));
  });

  it('keeps the Zoom settings apart from the account', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    const room = screen.getByRole('radiogroup', { name: 'Waiting room' });
    expect(within(room).getByRole('radio', { name: 'Account default' }).getAttribute('aria-checked')).toBe(
      'true',
    );
    await user.click(within(room).getByRole('radio', { name: 'Off' }));
    await user.tab();
    await waitFor(() => expect(find('porada-prawna')?.places[0]?.waitingRoom).toBe('off'));
    expect(find('porada-prawna')?.places[0]?.joinBeforeHost).toBe('');
  });

  it('wants a whole link', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    await user.click(tile('Own link'));
    await user.type(screen.getByLabelText('Meeting link'), 'meet.example/room');
    await user.tab();
    expect(standing()).toContain('Not saved: The link must be a whole address');
    expect(find('porada-prawna')?.places[0]?.kind).toBe('zoom');
    await user.type(screen.getByLabelText('Meeting link'), '{Control>}a{/Control}');
    await user.clear(screen.getByLabelText('Meeting link'));
    await user.type(screen.getByLabelText('Meeting link'), 'https://meet.example/room{Enter}');
    await waitFor(() => expect(find('porada-prawna')?.places[0]?.detail).toBe('https://meet.example/room'));
  });

  it('does not change the address of a topic that exists', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    expect(screen.getByLabelText('Address on the booking page').hasAttribute('readonly')).toBe(true);
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

describe('a new topic', () => {
  it('is made by keyboard alone', async () => {
    const app = await stage(f);
    await name();
    await user.keyboard('n');
    await waitFor(() => expect(document.activeElement?.getAttribute('data-test')).toBe('topic-name'));
    await user.keyboard('Rozmowa');
    expect(await screen.findByDisplayValue('rozmowa')).toBeTruthy();
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(app.screen).toEqual({ name: 'topics', topic: 'rozmowa' }));
    expect(find('rozmowa')).toMatchObject({ name: 'Rozmowa', duration: 30, places: [{ kind: 'zoom' }] });
    await waitFor(() => expect(document.activeElement?.getAttribute('data-topic')).toBe('rozmowa'));
  });

  it('leads to what is wrong', async () => {
    await stage(f, { fresh: true });
    await user.click(await name());
    await press('Create topic');
    await waitFor(() => expect(screen.getByText('Enter a name')).toBeTruthy());
    await waitFor(async () => expect(document.activeElement).toBe(await name()));
    expect(f.calls.some((call) => call.method === 'topics.Add')).toBe(false);
  });

  it('leads to the settings while nobody has said who hosts', async () => {
    f.world.profile = undefined;
    const app = await stage(f, { fresh: true });
    await user.type(await name(), 'Rozmowa');
    f.failNext('topics.Add', new Fault('invalid-input', 'who hosts is not known yet'));
    await press('Create topic');
    await screen.findByText('Not saved: who hosts is not known yet');
    await press('Open Settings');
    expect(app.screen).toEqual({ name: 'settings' });
    app.go({ name: 'topics', fresh: true });
    expect((await name()).value).toBe('Rozmowa');
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
    expect(document.activeElement?.getAttribute('data-topic')).toBe('podpisanie-dokumentow');
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

describe('Zoom that is not connected', () => {
  beforeEach(() => {
    f.world.connection = off(f.world.connection);
  });

  it('is greyed with the reason; Connect brings it back right here and names the account', async () => {
    const app = await stage(f, { fresh: true });
    await user.type(await name(), 'Rozmowa');
    expect(tile('Zoom').getAttribute('aria-disabled')).toBe('true');
    await user.click(tile('Zoom'));
    expect(tile('Zoom').getAttribute('aria-checked')).toBe('false');
    const why = tile('Zoom').getAttribute('aria-describedby')?.split(' ')[0] ?? '';
    expect(document.getElementById(why)?.textContent).toContain('Zoom is not connected');
    await press('Connect');
    expect(await screen.findByText('Signing in to Zoom')).toBeTruthy();
    f.world.connection = office().connection;
    f.emit('connected', {
      name: 'Hanna Ćwik',
      email: 'h@example.com',
      otherAccount: false,
      cancelled: false,
    });
    expect(await screen.findByText('Zoom connected as h@example.com')).toBeTruthy();
    expect(app.screen).toEqual({ name: 'topics', fresh: true });
    expect((await name()).value).toBe('Rozmowa');
    await waitFor(() => expect(tile('Zoom').getAttribute('aria-checked')).toBe('true'));
    expect(tile('Zoom').hasAttribute('aria-disabled')).toBe(false);
  });

  it('stays greyed after a sign-in that was declined, which is said', async () => {
    await stage(f, { fresh: true });
    await name();
    await press('Connect');
    const fault = { code: 'declined', message: '', hint: '' };
    f.emit('connected', { name: '', email: '', otherAccount: false, cancelled: false, fault });
    expect(await screen.findByText('The permission was not given in Zoom')).toBeTruthy();
    expect(tile('Zoom').getAttribute('aria-disabled')).toBe('true');
  });

  it('is missed by the arrows', async () => {
    await stage(f, { fresh: true });
    await name();
    tile('Phone').focus();
    await user.keyboard('{ArrowLeft}');
    expect(tile('Own link').getAttribute('aria-checked')).toBe('true');
  });

  it('can be tried in the sandbox, unless this is the sandbox', async () => {
    const app = await stage(f, { topic: 'porada-prawna' });
    await name();
    await press('Try in the sandbox');
    await waitFor(() => expect(app.start?.sandbox).toBe(true));
    await name();
    expect(screen.queryByRole('button', { name: 'Try in the sandbox' })).toBeNull();
  });
});

describe('Zoom that needs mending', () => {
  it.each([
    ['sign in again', 'Zoom asks for a new sign-in'],
    ['removed at Zoom', 'The app was removed in Zoom'],
    ['missing permissions', 'Zoom is connected, but permissions are missing'],
  ])('can be chosen, with a warning and a way out: %s', async (state, words) => {
    f.world.connection = { ...f.world.connection, state };
    await stage(f, { topic: 'kwadrans-pytan' });
    await name();
    expect(screen.queryByText(new RegExp(words))).toBeNull();
    await user.click(tile('Zoom'));
    expect(screen.getByText(new RegExp(words))).toBeTruthy();
    await press('Reconnect');
    expect(f.calls.some((call) => call.method === 'video.Connect')).toBe(true);
  });
});
