import { screen, waitFor, within } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { calendar, calendarWorlds, reading } from '../../bridge/fake/calendars';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import type { App } from '../../state/app.svelte';
import { page, press, said, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 });

let f: Fake;
beforeEach(() => void (f = fake(inEnglish(office()))));

const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const hook = (name: string) => document.querySelector<HTMLElement>(`[data-test="${name}"]`) as HTMLElement;
const click = async (name: string) =>
  user.click(await waitFor(() => hook(name) ?? Promise.reject(new Error(name))));
const type = async (name: string, text: string) => user.type(hook(name), text);
const way = async (name: string) => user.click(await screen.findByRole('radio', { name }));
const toasts = (app: App) => app.toasts.list.map(({ text }) => text);
const over = async (names: string) => {
  f.world.calendars = calendarWorlds(names);
  return stage(f, 'calendars');
};

describe('the sources', () => {
  it('are the own bookings and Zoom even where no calendar is', async () => {
    await over('');
    await screen.findByText('No other calendars');
    expect(said('calendars-always')).toContain('Your bookings');
    expect(said('calendars-always')).toContain('Checked 2 min ago: 32 meetings in the next 90 days');
    await click('zoom-open');
    await screen.findByText('Test connection');
  });

  it('say when they were read and when they are again, by limits that agree', async () => {
    await over('fresh,stale');
    await screen.findByText('Prywatny');
    const [fresh = '', stale = ''] = [...document.querySelectorAll('[data-test="calendar"]')].map((card) =>
      (card.textContent ?? '').replace(/\s+/g, ' '),
    );
    expect(fresh).toMatch(/Up to date.*CalDAV, chmura.*· h\.cwik.*3 min ago.*58.*in 7 min/);
    expect(stale).toMatch(/From 3 h 12 min ago.*ICS feed, calendar\.google\.com.*3 h 12 min ago.*in 4 min/);
    expect(stale).toMatch(/That copy is good until: (today|tomorrow).*12 attempts/);
    expect(page()).toContain('but no longer than 24 h');
  });

  it.each([
    ['stale', 'Look now'],
    ['password', 'Enter a new password'],
    ['removed', 'Choose the file'],
    ['unreadable', 'Change the address'],
    ['near', 'Allow the own network'],
  ])('that are %s can be mended and dropped', async (name, mend) => {
    await over(name);
    await waitFor(() => expect(hook('calendar-trouble')).toBeTruthy());
    const buttons = within(hook('calendar-trouble')).getAllByRole('button');
    expect(buttons.map((b) => b.textContent?.trim())).toContain(mend);
    expect(hook('calendar-drop')).toBeTruthy();
  });

  it('that Zoom does not answer for says what that means', async () => {
    const list = await f.calendars.List();
    const zoom = reading(12, { state: 'stale', code: 'offline', words: 'no network', fails: 2 });
    vi.spyOn(f.calendars, 'List').mockResolvedValue({ ...list, zoom });
    await stage(f, 'calendars');
    await waitFor(() => expect(said('calendars-always')).toContain('Until Zoom answers'));
    expect(said('calendars-always')).toContain('No network. · 2 attempts');
    await click('zoom-look');
    expect(called('calendars.Look')).toEqual([['zoom']]);
  });

  it('that cannot be listed say why', async () => {
    f.failNext('calendars.List', new Fault('corrupt', 'the file is damaged'));
    await stage(f, 'calendars');
    await screen.findByText('the file is damaged');
    await press('Try again');
    await screen.findByText('No other calendars');
  });
});

describe('a calendar', () => {
  it('is read now, and says what came of it', async () => {
    const app = await over('stale');
    await click('calendar-look');
    await waitFor(() => expect(hook('calendar').dataset.state).toBe('fresh'));
    expect(toasts(app)).toEqual(['Read: Google · kancelaria']);
  });

  it('is dropped by one press, and comes back with Undo', async () => {
    const app = await over('unreadable');
    await click('calendar-drop');
    await screen.findByText('No other calendars');
    expect(toasts(app)[0]).toMatch(/^Calendar removed: Wspólnota/);
    expect(document.activeElement).toBe(hook('calendar-add'));
    app.toasts.act();
    await waitFor(() => expect(hook('calendar')).toBeTruthy());
  });

  it('without its password is dropped for good, and says so', async () => {
    vi.spyOn(f.calendars, 'Remove').mockResolvedValue({ id: '1', name: 'Firma', undoUntil: '' });
    const app = await over('password');
    await click('calendar-drop');
    await waitFor(() => expect(toasts(app)[0]).toContain('cannot be undone'));
    expect(app.toasts.list[0]?.action).toBeUndefined();
  });

  it('gets a new password where it lacks one', async () => {
    await over('password');
    await click('calendar-mend');
    expect(document.activeElement).toBe(hook('calendar-password'));
    await type('calendar-password', 'zle');
    await click('calendar-save');
    await screen.findByText(/Sprawdź login i hasło/);
    expect(hook('calendar-password').getAttribute('aria-invalid')).toBe('true');
    await user.clear(hook('calendar-password'));
    await type('calendar-password', 'dobre');
    await click('calendar-save');
    await waitFor(() => expect(hook('calendar').dataset.state).toBe('fresh'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(called('calendars.Change').at(-1)?.[0]).toMatchObject({ name: 'Firma', password: 'dobre' });
  });

  it('gets its file again without a form', async () => {
    await over('removed');
    await click('calendar-mend');
    await waitFor(() => expect(hook('calendar').dataset.state).toBe('fresh'));
    expect(called('calendars.Change')[0]?.[0]).toMatchObject({
      address: '/home/hanna/Dokumenty/rozprawy.ics',
    });
  });

  it('keeps the colour of its own that nobody changed', async () => {
    f.world.calendars = [calendar('caldav', 'Dom', { colour: '#ff2d20' })];
    await stage(f, 'calendars');
    await press('Actions: Dom');
    await user.click(await screen.findByRole('menuitem', { name: 'Change…' }));
    await user.clear(hook('calendar-name'));
    await type('calendar-name', 'Rodzina');
    await user.click(screen.getByRole('switch'));
    await click('calendar-save');
    await screen.findByText('Rodzina');
    const [form] = called('calendars.Change')[0] ?? [];
    expect(form).toMatchObject({ name: 'Rodzina', colour: '#ff2d20', allDay: false, password: '' });
  });
});

describe('a new calendar', () => {
  it('by its address needs the tick for the own network', async () => {
    const app = await over('');
    await click('calendar-add');
    await click('calendar-save');
    await screen.findByText('Enter the address.');
    await type('calendar-address', 'http://localhost/work.ics');
    await click('calendar-save');
    await screen.findByText(/Adres prowadzi do własnej sieci/);
    vi.spyOn(f.calendars, 'Add').mockResolvedValue(calendar('feed', 'Work'));
    await user.click(screen.getByRole('checkbox', { name: /own network/ }));
    await click('calendar-save');
    await waitFor(() => expect(toasts(app)).toEqual(['Calendar added: Work']));
    expect(vi.mocked(f.calendars.Add).mock.calls[0]?.[0]).toMatchObject({
      kind: 'feed',
      near: true,
      allDay: true,
    });
  });

  it('by an address that wants a login asks for one', async () => {
    await over('');
    await click('calendar-add');
    expect(hook('calendar-password')).toBeNull();
    f.failNext('calendars.Add', new Fault('calendar-auth', 'the server asks for a login'));
    await type('calendar-address', 'https://example.com/a.ics');
    await click('calendar-save');
    await screen.findByText(/The server asks for a login\./);
    expect(hook('calendar-password')).toBeTruthy();
  });

  it('in the own network says beside which tick it is allowed', async () => {
    await over('');
    await click('calendar-add');
    f.failNext('calendars.Add', new Fault('calendar-near', 'the address leads into your own network'));
    await type('calendar-address', 'https://nas.local/a.ics');
    await click('calendar-save');
    await waitFor(() =>
      expect(said('calendar-near')).toMatch(/leads into your own network\. .*tick “The address/),
    );
  });

  it('from a file', async () => {
    await over('');
    await click('calendar-add');
    await way('File');
    await click('calendar-save');
    await screen.findByText('Choose a file.');
    await click('calendar-choose');
    await waitFor(() => expect(said('calendar-path')).toContain('rozprawy.ics'));
    await click('calendar-save');
    await screen.findByText('rozprawy.ics');
    expect(called('calendars.Add')[0]?.[0]).toMatchObject({ kind: 'file', near: false, login: '' });
  });

  it('of an account is found, picked, and bookings are written into one', async () => {
    const app = await over('fresh');
    await click('calendar-add');
    await way('CalDAV');
    await type('calendar-address', 'https://cloud.example.com');
    await type('calendar-login', 'hanna');
    await click('calendar-save');
    await screen.findByText('Enter the password.');
    await type('calendar-password', 'dobre');
    await click('calendar-save');
    await screen.findByText('Which to read');
    const box = (name: string) =>
      screen.getByRole<HTMLInputElement>('checkbox', { name: new RegExp(`^${name}`) });
    expect([box('Praca').checked, box('Prywatny').disabled]).toEqual([true, true]);
    await user.click(box('Dom'));
    await user.click(within(hook('calendar-into')).getByRole('combobox'));
    expect(screen.queryByRole('option', { name: /Święta/ })).toBeNull();
    await user.click(await screen.findByRole('option', { name: 'Praca' }));
    expect(hook('calendar-save').textContent).toContain('Add 2 calendars');
    await click('calendar-save');
    await waitFor(() => expect(toasts(app)).toEqual(['2 calendars added']));
    const added = called('calendars.Add').map(([form]) => (form as { name: string }).name);
    expect(added).toEqual(['Praca', 'Święta w Polsce']);
    expect(f.world.calendars.filter((one) => one.publish).map(({ name }) => name)).toEqual(['Praca']);
  });

  it('that fails after others were added goes on where it stopped', async () => {
    await over('');
    await click('calendar-add');
    await way('CalDAV');
    await type('calendar-address', 'https://cloud.example.com');
    await type('calendar-login', 'hanna');
    await type('calendar-password', 'dobre');
    await click('calendar-save');
    await screen.findByText('Which to read');
    const add = f.calendars.Add;
    vi.spyOn(f.calendars, 'Add').mockImplementation(async (form) => {
      if (form.name === 'Dom') throw new Fault('timeout', 'it took too long to read');
      return add(form);
    });
    await click('calendar-save');
    await screen.findByText(/It took too long to read\./);
    expect(screen.getByRole<HTMLInputElement>('checkbox', { name: /^Praca/ }).disabled).toBe(true);
    expect(hook('calendar-save').textContent).toContain('Add 3 calendars');
  });

  it('whose server lies elsewhere is followed only when the user says so', async () => {
    await over('');
    await click('calendar-add');
    await way('CalDAV');
    await type('calendar-address', 'https://caldav.icloud.com');
    await type('calendar-login', 'hanna');
    await type('calendar-password', 'dobre');
    await click('calendar-save');
    await screen.findByText(/The password was not sent there/);
    await click('calendar-follow');
    await screen.findByText('Which to read');
    expect(called('calendars.Find').map(([form]) => (form as { address: string }).address)).toEqual([
      'https://caldav.icloud.com',
      'https://p34-caldav.icloud.com/',
    ]);
  });

  it('that takes long says so and can be stopped', async () => {
    await over('');
    await click('calendar-add');
    let answer: (() => void) | undefined;
    vi.spyOn(f.calendars, 'Add').mockImplementation(
      () => new Promise((_, fail) => (answer = () => fail(new Fault('declined', 'it was called off')))),
    );
    await type('calendar-address', 'https://example.com/a.ics');
    await click('calendar-save');
    await waitFor(() => expect(said('calendar-progress')).toBe('Reading the calendar…'));
    await click('calendar-stop');
    answer?.();
    await waitFor(() => expect(said('calendar-progress')).toBe(''));
    expect(called('calendars.Stop')).toHaveLength(1);
    expect(page()).not.toContain('called off');
    expect(screen.getByRole('dialog')).toBeTruthy();
  });

  it('in the sandbox is a file', async () => {
    f.world.sandbox = true;
    await over('');
    await click('calendar-add');
    expect(screen.getByRole('radio', { name: 'CalDAV' }).getAttribute('aria-disabled')).toBe('true');
    expect(page()).toContain('Nothing leaves this computer');
    expect(hook('calendar-choose')).toBeTruthy();
  });
});

describe('where bookings are written', () => {
  it('is chosen and unchosen, with what it means', async () => {
    const app = await over('fresh,stale');
    await screen.findByText(/Your letter carries no calendar file then/);
    const into = () => within(hook('calendar-publish')).getByRole('combobox');
    await user.click(into());
    expect(screen.getAllByRole('option').map((o) => o.textContent?.trim())).toEqual([
      'Nowhere, the letter has the file',
      'Prywatny',
    ]);
    await user.click(await screen.findByRole('option', { name: 'Prywatny' }));
    await screen.findByText('Bookings are written here');
    await user.click(into());
    await user.click(await screen.findByRole('option', { name: /Nowhere/ }));
    await waitFor(() => expect(toasts(app).at(-1)).toBe('Bookings are no longer written into a calendar.'));
    expect(called('calendars.Publish').map(([id]) => id)).toEqual([f.world.calendars[0]?.id, '']);
  });

  it('needs a CalDAV calendar', async () => {
    await over('stale');
    await screen.findByText(/Only a CalDAV calendar can be written into/);
    expect(hook('calendar-publish')).toBeNull();
  });
});
