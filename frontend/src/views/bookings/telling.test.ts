import { beforeEach, describe, expect, it } from 'vitest';
import { booking, topic } from '../../bridge/fake/world';
import { setLanguage } from '../../i18n/i18n.svelte';
import type { Booking, HistoryEvent, Step } from '../../state/bookings.svelte';
import { byDay } from './groups';
import { answerWords, eventWords, lightWords, stateWords, stepsOf, stepWords, triedWords } from './telling';

const zone = 'Europe/Warsaw';
const now = Date.parse('2026-11-24T10:24:00+01:00');
const who = { name: 'Anna', email: 'a@example.com', zone, lang: 'en', answer: 'none' };
const made = (more: Partial<Booking> = {}, start = '2026-11-25T10:00:00+01:00'): Booking =>
  booking(topic('t', 'T', 'green', 30), start, '2026-11-25T10:30:00+01:00', who, more);
const step = (more: Partial<Step> = {}): Step => ({
  target: 'letter:a@example.com',
  kind: 'letter',
  to: 'a@example.com',
  state: 'waiting',
  code: '',
  words: '',
  attempts: 0,
  notBefore: '',
  maybeSent: false,
  ...more,
});
const waits = { state: 'waiting', code: '', done: 1, total: 3 };

beforeEach(() => setLanguage('en'));

describe('a step that waits says for what and until when', () => {
  it.each<[string, Partial<Step>, Partial<Booking>, string]>([
    ['its hold', {}, { undoUntil: '2026-11-24T10:24:09+01:00' }, 'Goes out in 9 s'],
    ['the link', {}, { zoom: waits }, 'Goes out as soon as the Zoom link is there'],
    [
      'a time today',
      { code: 'offline', notBefore: '2026-11-24T10:30:00+01:00' },
      {},
      'The server cannot be reached. Next try at 10:30, in 6 min',
    ],
    [
      'a time on another day',
      { code: 'zoom-limit', kind: 'zoom', notBefore: '2026-11-25T00:00:00Z' },
      { zoom: waits },
      'A limit of Zoom is reached. Next try tomorrow at 1:00',
    ],
    ['a person', { code: 'mail-not-set' }, {}, 'No mail account is set up. Goes on as soon as you fix it'],
    [
      'a time that passed',
      { code: 'mail-later', notBefore: '2026-11-24T10:00:00+01:00' },
      {},
      'The mail server asks to try again later. The program tries again by itself',
    ],
    ['nothing', {}, {}, 'The program is working on it now'],
  ])('%s', (_, more, of, words) => {
    expect(stepWords(made(of), step(more), now, zone)).toBe(words);
  });

  it('a cancellation waits for no link', () => {
    expect(stepWords(made({ state: 'cancelled', zoom: waits }), step(), now, zone)).toBe(
      'The program is working on it now',
    );
  });

  it('one that is done says nothing, one that failed what happened', () => {
    expect(stepWords(made(), step({ state: 'done' }), now, zone)).toBe('');
    const refused = step({ state: 'failed', code: 'mail-refused', words: '550 no such box' });
    expect(stepWords(made(), refused, now, zone)).toBe('The mail server refused this letter');
    expect(answerWords(refused)).toBe('Server: “550 no such box”');
    expect(answerWords(step({ kind: 'zoom', words: 'No.' }))).toBe('Zoom: “No.”');
    expect(answerWords(step({ code: 'offline', words: 'The server cannot be reached' }))).toBe('');
  });

  it('an entry changed by hand says what either choice does', () => {
    const kind = { kind: 'calendar', target: 'calendar:1', to: 'Praca' };
    const changed = step({ ...kind, state: 'failed', code: 'calendar-changed', words: 'it was changed' });
    expect(stepWords(made(), changed, now, zone)).toBe(
      'The entry was changed or removed in the calendar by hand. The booking stands, and the entry was not overwritten. ' +
        'Decide which counts: “Overwrite the entry” puts what the booking says back into the calendar.',
    );
    expect(answerWords(changed)).toBe('');
  });

  it('says how often it was tried, and that one may have arrived', () => {
    expect(triedWords(step())).toBe('');
    expect(triedWords(step({ attempts: 3 }))).toBe('3 failed attempts');
    expect(triedWords(step({ attempts: 1, maybeSent: true }))).toMatch(/^1 failed attempt\. The last/);
    expect(triedWords(step({ state: 'done', attempts: 3 }))).toBe('');
  });
});

it('a light counts its letters, and gives its reason where there is no more room', () => {
  const b = made({ letters: { ...waits, code: 'offline' }, zoom: waits });
  expect(stateWords(b, 'letters')).toBe('waiting, 1 of 3');
  expect(lightWords(b, 'letters')).toBe('waiting, 1 of 3: The server cannot be reached');
  expect(stateWords(b, 'zoom')).toBe('waiting');
  expect(stepsOf(b, 'letters').map(({ to }) => to)).toEqual(['a@example.com', 'h.cwik@cwik-wspolnicy.pl']);
});

it('the history says what happened to whom, and hides numbers', () => {
  const event = (kind: string, target = '', detail = ''): HistoryEvent => {
    return { at: '2026-11-24T10:00:00+01:00', actor: 'host', kind, target, detail };
  };
  expect(eventWords(event('letter-sent', 'letter:a@example.com', '<1@x>'))).toEqual({
    what: 'letter sent',
    more: 'a@example.com',
  });
  expect(eventWords(event('zoom-created', 'zoom', '857'))).toEqual({ what: 'Zoom meeting made', more: '' });
  expect(eventWords(event('cancelled', '', 'ill')).more).toBe('“ill”');
  expect(eventWords(event('step-failed', 'letter:a@example.com', 'No.')).more).toBe('a@example.com · No.');
  expect(eventWords(event('calendar-written', 'calendar:Praca', 'Praca'))).toEqual({
    what: 'written into the calendar',
    more: 'Praca',
  });
  expect(eventWords(event('teleported')).what).toBe('teleported');
});

describe('days', () => {
  const titles = (...starts: string[]) =>
    byDay(
      starts.map((start) => made({}, start)),
      zone,
      now,
    ).map(({ title, rows }) => `${title} ${rows.length}`);

  it('are those of the reader’s zone', () => {
    expect(titles('2026-11-24T22:30:00Z', '2026-11-24T23:30:00Z', '2026-11-25T08:00:00Z')).toEqual([
      'Today, Tuesday 24 November 1',
      'Tomorrow, Wednesday 25 November 2',
    ]);
  });

  it('begin with a capital in Polish too, and name another year', async () => {
    await setLanguage('pl');
    expect(titles('2026-11-23T09:00:00Z', '2026-11-27T09:00:00Z', '2027-01-07T09:00:00Z')).toEqual([
      'Wczoraj, poniedziałek 23 listopada 1',
      'Piątek 27 listopada 1',
      'Czwartek 7 stycznia 2027 1',
    ]);
  });
});
