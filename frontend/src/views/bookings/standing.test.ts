import { beforeEach, describe, expect, it } from 'vitest';
import { booking, topic } from '../../bridge/fake/world';
import { setLanguage } from '../../i18n/i18n.svelte';
import type { Booking, Light } from '../../state/bookings.svelte';
import { mendOf, mendOfBooking } from './mending';
import { standing, stateOf } from './standing';

const now = Date.parse('2026-11-24T09:24:00Z');
const who = { name: 'Anna', email: 'a@example.com', zone: 'Europe/Warsaw', lang: 'en', answer: 'none' };
const light = (state: string, code = ''): Light => ({ state, code, done: 0, total: 1 });
const made = (more: Partial<Booking> = {}): Booking =>
  booking(topic('t', 'T', 'green', 30), '2026-11-25T10:00:00+01:00', '2026-11-25T10:30:00+01:00', who, more);

beforeEach(() => setLanguage('en'));

describe('what is said of a booking', () => {
  it.each<[string, Partial<Booking>, string, string]>([
    ['all is done', {}, 'good', 'Confirmed'],
    ['a letter failed', { letters: light('failed', 'mail-refused') }, 'failed', 'Letter refused'],
    ['Zoom waits', { zoom: light('waiting', 'offline') }, 'waiting', 'Waiting for network'],
    ['nobody knows why it waits', { zoom: light('waiting') }, 'waiting', 'Waiting for Zoom'],
    ['a code that has no words', { calendar: light('failed', 'full-moon') }, 'failed', 'Calendar failed'],
    ['it was cancelled', { state: 'cancelled' }, 'cancelled', 'Cancelled'],
    ['it is new', { state: 'provisioning' }, 'waiting', 'Being prepared'],
    ['a state that is not known', { state: 'dreamt' }, 'waiting', 'dreamt'],
  ])('%s', (_, more, kind, text) => {
    expect(standing(made(more), now)).toMatchObject({ kind, text });
  });

  it('is never green while a light is not, whatever the state says', () => {
    for (const side of ['zoom', 'letters', 'calendar'] as const)
      for (const state of ['waiting', 'failed', 'something new'])
        expect(standing(made({ state: 'confirmed', [side]: light(state) }), now).kind).not.toBe('good');
  });

  it('names what failed before what waits, also for a cancelled one', () => {
    const both = { zoom: light('waiting', 'offline'), letters: light('failed', 'mail-auth') };
    expect(standing(made(both), now)).toMatchObject({ kind: 'failed', side: 'letters' });
    expect(standing(made({ ...both, state: 'cancelled' }), now).kind).toBe('failed');
  });

  it('counts down while the change can be undone', () => {
    const undoUntil = '2026-11-24T09:24:07Z';
    expect(standing(made({ undoUntil }), now).text).toBe('Goes out in 7 s');
    expect(standing(made({ undoUntil, state: 'cancelled' }), now).text).toBe('Cancels in 7 s');
    expect(standing(made({ undoUntil }), now + 7_000).kind).toBe('good');
  });

  it('takes a light that it does not know for one that waits', () => {
    expect(stateOf(light('glowing'))).toBe('waiting');
  });
});

describe('what mends it', () => {
  it.each([
    ['not-connected', 'waiting', 'Connect Zoom', 'video'],
    ['reconnect', 'waiting', 'Reconnect Zoom', 'video'],
    ['removed-at-zoom', 'waiting', 'Reconnect Zoom', 'video'],
    ['missing-permissions', 'failed', 'Reconnect Zoom', 'video'],
    ['mail-not-set', 'waiting', 'Set up mail', 'mail'],
    ['mail-auth', 'waiting', 'Fix mail', 'mail'],
    ['mail-tls', 'failed', 'Fix mail', 'mail'],
    ['calendar-auth', 'waiting', 'Fix the calendar', 'calendars'],
  ])('%s is mended where it is set', (code, state, label, tab) => {
    expect(mendOf(light(state, code))).toEqual({ label, screen: { name: 'integrations', tab } });
  });

  it('the rest is tried again, unless the program is at it or a limit would meet it', () => {
    expect(mendOf(light('failed'))?.label).toBe('Retry now');
    expect(mendOf(light('failed', 'mail-refused'))).toEqual({ label: 'Retry now' });
    expect(mendOf(light('failed', 'calendar-changed'))).toEqual({ label: 'Overwrite the entry' });
    expect(mendOf(light('waiting', 'offline'))?.label).toBe('Retry now');
    expect(mendOf(light('waiting'))).toBeUndefined();
    expect(mendOf(light('waiting', 'waiting'))).toBeUndefined();
    expect(mendOf(light('waiting', 'zoom-limit'))).toBeUndefined();
    expect(mendOf(light('done', 'offline'))).toBeUndefined();
  });

  it('a booking is mended at its worst light', () => {
    const worse = made({ zoom: light('waiting', 'not-connected'), letters: light('failed', 'mail-auth') });
    expect(mendOfBooking(worse)?.label).toBe('Fix mail');
    expect(mendOfBooking(made())).toBeUndefined();
  });
});
