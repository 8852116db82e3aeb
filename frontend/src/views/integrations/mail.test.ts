import { screen, waitFor } from '@testing-library/svelte';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fake, type Fake } from '../../bridge/fake/fake';
import { inEnglish, office } from '../../bridge/fake/world';
import { Fault } from '../../bridge/fault';
import { page, press, said, stage, user } from './stage/stage';

vi.setConfig({ testTimeout: 30_000 });

let f: Fake;
beforeEach(() => void (f = fake(inEnglish(office()))));

const unset = { from: '', host: '', port: 0, tls: '', user: '', password: '', set: false, secret: false };
const called = (method: string) => f.calls.filter((call) => call.method === method).map(({ args }) => args);
const field = (label: string | RegExp) => screen.findByLabelText<HTMLInputElement>(label);
const kind = (name: string | RegExp) => screen.getByRole('radio', { name });

describe('a mail account that is not set', () => {
  beforeEach(() => void (f.world.mail = unset));

  it('says that invitations wait', async () => {
    await stage(f, 'mail');
    await screen.findByText('Not set up');
    expect(said('mail-standing')).toContain('invitations wait');
  });

  it('is filled in from the address, and saved with Enter', async () => {
    vi.spyOn(f.mail, 'Preset').mockResolvedValue({
      known: true,
      account: { ...unset, host: 'smtp.gmail.com', port: 465, tls: 'implicit', user: 'a@gmail.com' },
      note: 'You need an app password.',
    });
    await stage(f, 'mail');
    await user.type(await field('Your address'), 'a@gmail.com');
    await user.tab();
    await waitFor(async () => expect((await field('Outgoing server')).value).toBe('smtp.gmail.com'));
    expect((await field('Port')).value).toBe('465');
    expect(kind('TLS').getAttribute('aria-checked')).toBe('true');
    expect((await field('User')).value).toBe('a@gmail.com');
    expect(page()).toContain('You need an app password.');
    await user.type(await field('Password'), 'geheim{Enter}');
    await waitFor(() => expect(called('mail.Save')).toHaveLength(1));
    expect(called('mail.Save')[0]?.[0]).toMatchObject({
      from: 'a@gmail.com',
      host: 'smtp.gmail.com',
      port: 465,
      tls: 'implicit',
      password: 'geheim',
    });
    await screen.findByText('Set up');
    expect((await field('Password')).value).toBe('');
    expect((await field('Password')).placeholder).toBe('••••••••');
  });

  it('says what is missing, and sends nothing', async () => {
    await stage(f, 'mail');
    await press('Save');
    expect(await screen.findByText('Enter an address such as anna@example.com.')).toBeTruthy();
    expect((await field('Outgoing server')).getAttribute('aria-invalid')).toBe('true');
    expect(called('mail.Save')).toEqual([]);
    await press('Save and send a test letter');
    expect(called('mail.Test')).toEqual([]);
  });

  it('allows no encryption only for this computer', async () => {
    await stage(f, 'mail');
    const host = await field('Outgoing server');
    expect(kind(/^None/).getAttribute('aria-disabled')).toBe('true');
    await user.type(host, 'localhost');
    expect(kind(/^None/).getAttribute('aria-disabled')).toBeNull();
    await user.click(kind(/^None/));
    await user.type(host, '.example.com');
    await user.type(await field('Your address'), 'a@example.com');
    await press('Save');
    await screen.findByText('Without encryption only to a server on this computer.');
    expect(called('mail.Save')).toEqual([]);
  });
});

describe('a mail account', () => {
  it('keeps its password when the field stays empty', async () => {
    await stage(f, 'mail');
    await screen.findByText('A password is saved. Leave this empty to keep it.');
    await user.type(await field('Your address'), 'x');
    await press('Save');
    await waitFor(() => expect(called('mail.Save')[0]?.[0]).toMatchObject({ password: '' }));
  });

  it('asks for the password again for another server', async () => {
    await stage(f, 'mail');
    await user.type(await field('Outgoing server'), 'x');
    expect(await screen.findByText('Server or user changed: enter the password again.')).toBeTruthy();
    expect((await field('Password')).placeholder).toBe('');
  });

  it('keeps what was typed when it cannot be saved', async () => {
    f.failNext(
      'mail.Save',
      new Fault('invalid-input', '“a b” is not a mail server', 'name it as smtp.example.com'),
    );
    await stage(f, 'mail');
    await user.clear(await field('Outgoing server'));
    await user.type(await field('Outgoing server'), 'a b');
    await press('Save');
    expect(await screen.findByText('“a b” is not a mail server')).toBeTruthy();
    expect(page()).toContain('name it as smtp.example.com');
    expect((await field('Outgoing server')).value).toBe('a b');
  });

  it('stays as it is typed when the data file changes', async () => {
    const app = await stage(f, 'mail');
    await user.type(await field('User'), 'x');
    await app.refresh();
    expect((await field('User')).value).toBe('h.cwik@cwik-wspolnicy.plx');
  });

  it('that cannot be read says so, and asks again', async () => {
    f.failNext('mail.Account', new Fault('busy-file', 'The file is busy.'));
    await stage(f, 'mail');
    await screen.findByText('The file is busy.');
    await press('Try again');
    expect(await screen.findByText('Mail account')).toBeTruthy();
  });
});

describe('the test letter', () => {
  it('tells what the server said', async () => {
    await stage(f, 'mail');
    await press('Send a test letter');
    await waitFor(() => expect(said('mail-result')).toContain('The server took the letter to h.cwik@'));
    expect(said('mail-result')).toContain('TLS 1.3');
    expect(called('mail.Test')).toEqual([['']]);
    expect(called('mail.Save')).toEqual([]);
    await user.type(await field('User'), 'x');
    expect(said('mail-result')).toBe('');
  });

  it('goes to another address with Enter, and refuses what is none', async () => {
    await stage(f, 'mail');
    await user.type(await field('Where to'), 'b@{Enter}');
    expect(await screen.findByText('This is not an email address.')).toBeTruthy();
    expect(called('mail.Test')).toEqual([]);
    await user.type(await field('Where to'), 'example.com{Enter}');
    await waitFor(() => expect(called('mail.Test')).toEqual([['b@example.com']]));
  });

  it('shows that it is under way', async () => {
    let done: (v: { to: string; server: string; tls: string; certificate: string }) => void = () => undefined;
    vi.spyOn(f.mail, 'Test').mockReturnValue(new Promise((settle) => (done = settle)));
    await stage(f, 'mail');
    await press('Send a test letter');
    await waitFor(() => expect(said('mail-result')).toContain('Connecting to smtp.cwik-wspolnicy.pl'));
    expect(screen.getByRole('button', { name: 'Send a test letter' }).getAttribute('aria-busy')).toBe('true');
    done({ to: 'x@example.com', server: 's', tls: '', certificate: '' });
    await waitFor(() => expect(said('mail-result')).toContain('x@example.com'));
  });

  it('saves first what was typed', async () => {
    await stage(f, 'mail');
    await user.type(await field('Password'), 'new');
    await press('Save and send a test letter');
    await waitFor(() => expect(called('mail.Test')).toHaveLength(1));
    expect(called('mail.Save')[0]?.[0]).toMatchObject({ password: 'new' });
  });

  it.each([
    ['mail-auth', 'User', 'Fields to look at: User, Password.'],
    ['mail-tls', 'Encryption', 'Fields to look at: Encryption, Port, Outgoing server.'],
    ['offline', 'Outgoing server', 'Fields to look at: Outgoing server, Port.'],
    ['mail-refused', 'Your address', 'Fields to look at: Your address.'],
  ])('that fails with %s says why, and leads to the field %s', async (code, label, where) => {
    f.failNext('mail.Test', new Fault(code, '535 5.7.8 nope', 'It wants an app password.'));
    await stage(f, 'mail');
    await press('Send a test letter');
    await waitFor(() => expect(said('mail-result')).toContain('535 5.7.8 nope'));
    expect(said('mail-result')).toContain('It wants an app password.');
    expect(said('mail-result')).toContain(where);
    await press(`Show the field: ${label}`);
    const focused = document.activeElement;
    expect(focused?.closest('[data-field]')?.textContent).toContain(label);
    expect(screen.getAllByText('Check this field.').length).toBeGreaterThan(0);
  });

  it('in the sandbox goes to the letter catcher, and the form is fixed', async () => {
    f.world.sandbox = true;
    await stage(f, 'mail');
    await screen.findByText('Letter catcher');
    expect((await field('Your address')).readOnly).toBe(true);
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    await press('Send a test letter');
    await waitFor(() => expect(said('mail-result')).toContain('The letter is in the letter catcher.'));
  });
});
