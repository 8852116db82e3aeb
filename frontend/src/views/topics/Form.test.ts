import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { name, stage, standing, tile, user } from './stage/stage';

let f: Fake;
beforeEach(() => void (f = fake(office())));

const find = (slug: string) => f.world.topics.find((topic) => topic.slug === slug);
const press = (label: string) => user.click(screen.getByRole('button', { name: label }));

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
    await waitFor(() => expect(document.activeElement?.getAttribute('data-row')).toBe('rozmowa'));
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

  it('asks visitors what the user writes, and leaves an empty question out', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await user.click(await screen.findByRole('radio', { name: 'First time' }));
    await waitFor(() => expect(find('porada-prawna')?.page.confirm).toBe('first'));
    await press('Add a question');
    await user.keyboard('Case number{Tab}');
    await waitFor(() => expect(find('porada-prawna')?.page.questions).toHaveLength(1));
    await user.click(screen.getByRole('checkbox', { name: 'An answer is needed' }));
    await press('Add a question');
    await user.keyboard('What is it about?{Enter}');
    await press('Move question 2 up');
    await press('Add a question');
    const kept = [
      { label: 'What is it about?', required: false, long: false },
      { label: 'Case number', required: true, long: false },
    ];
    await waitFor(() => expect(find('porada-prawna')?.page.questions).toEqual(kept));
    await press('Remove question 1');
    await waitFor(() => expect(find('porada-prawna')?.page.questions).toEqual(kept.slice(1)));
  });

  it('does not save a question that is too long', async () => {
    await stage(f, { topic: 'porada-prawna' });
    await name();
    await press('Add a question');
    await user.paste('x'.repeat(201));
    await user.tab();
    await screen.findByText('A question has at most 200 characters');
    expect(find('porada-prawna')?.page.questions).toEqual([]);
  });
});
