import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { page, press, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 });

let f: Fake;
beforeEach(() => void (f = fake(inEnglish(office()))));

const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const field = (label: RegExp) => screen.findByLabelText<HTMLInputElement>(label);
const turn = async () =>
  user.click(await screen.findByRole('switch', { name: 'Visitors can book on the page' }));

describe('the booking page', () => {
  it('is off until the user turns it on, and then says how far it reaches', async () => {
    await stage(f, 'page');
    await screen.findByText('Off');
    expect(page()).not.toContain('127.0.0.1');
    await turn();
    await screen.findByText('This computer only');
    expect(page()).toContain('http://127.0.0.1:8080/t/');
    expect(called('page.Save')).toEqual([[{ on: true, port: 8080, public: '' }]]);
    await press('Copy');
    expect(called('shell.Copy')).toEqual([['http://127.0.0.1:8080']]);
    await turn();
    await screen.findByText('Off');
  });

  it('takes an address for visitors, with Enter', async () => {
    f.world.page = { on: true, port: 8080, public: '' };
    await stage(f, 'page');
    await user.type(await field(/^Public address/), 'https://meet.example.com/{Enter}');
    await screen.findByText('Reachable from elsewhere');
    expect(called('page.Save')).toEqual([[{ on: true, port: 8080, public: 'https://meet.example.com' }]]);
  });

  it('refuses what is no address, before anything is asked', async () => {
    await stage(f, 'page');
    await user.type(await field(/^Public address/), 'http://meet.example.com{Enter}');
    await screen.findByText(/Write it like https/);
    const port = await field(/^Port/);
    await user.clear(port);
    await user.type(port, '80');
    await screen.findByText('Type a number from 1024 to 65535.');
    expect(called('page.Save')).toEqual([]);
  });

  it('says that nobody gets there, and tries again', async () => {
    f.world.page = { on: true, port: 8080, public: 'https://far.example.com' };
    await stage(f, 'page');
    await screen.findByText('Not reachable from elsewhere');
    f.world.page = { on: true, port: 8080, public: 'https://meet.example.com' };
    await press('Check now');
    await screen.findByText('Reachable from elsewhere');
  });

  it('says why it cannot begin', async () => {
    f.world.page = { on: true, port: 9999, public: '' };
    await stage(f, 'page');
    await screen.findByText('Not working');
    expect(page()).toContain('Choose another port');
  });

  it('keeps what is typed while something changes, and when Go refuses it', async () => {
    await stage(f, 'page');
    const open = await field(/^Public address/);
    await user.type(open, 'https://meet.example.com');
    f.emit('changed', null);
    f.failNext('page.Save', new Fault('invalid-input', 'That is no address.'));
    await press('Save');
    await screen.findByText('That is no address.');
    await waitFor(() => expect(open.value).toBe('https://meet.example.com'));
  });

  it('says when it cannot be read', async () => {
    f.failNext('page.Status', new Fault('busy-file', 'The data file is held.'));
    await stage(f, 'page');
    await screen.findByText('The data file is held.');
    await press('Try again');
    await screen.findByText('Off');
  });
});
