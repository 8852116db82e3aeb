import { beforeEach, describe, expect, it } from 'vitest';
import { faultWords } from './fault';
import { has, language, n, setLanguage, t } from './i18n.svelte';
import type { PluralKey, TextKey } from './keys';

beforeEach(() => setLanguage('en'));

describe('t', () => {
  it('speaks the language of the window', async () => {
    expect(t('weekday.fri')).toBe('Friday');
    await setLanguage('pl');
    expect(t('weekday.fri')).toBe('piątek');
    expect(language()).toBe('pl');
  });

  it('fills gaps once, so a value that looks like a gap stays', () => {
    expect(t('win.time.both', { hours: '{minutes}', minutes: 6 })).toBe('{minutes} h 6 min');
  });

  it('leaves a gap that nobody fills, and takes no value from Object', () => {
    expect(t('win.time.now')).toBe('now {clock}');
    expect(t('constructor' as TextKey)).toBe('constructor');
  });

  it('shows a key that nobody wrote', () => {
    expect(t('win.nothing' as TextKey)).toBe('win.nothing');
    expect(n('win.nothing' as PluralKey, 2)).toBe('win.nothing');
  });

  // The types are the test: svelte-check fails when an expected error does not come.
  it('does not compile with a wrong key', () => {
    // @ts-expect-error no such key
    t('win.nothing');
    // @ts-expect-error a key of the command line is not in the window
    t('cli.maybe');
    // @ts-expect-error plural forms need a count
    t('win.time.days');
    // @ts-expect-error one text has no plural forms
    n('win.time.today', 2);
    expect.assertions(0);
  });
});

describe('n', () => {
  it('chooses the plural form', async () => {
    expect([1, 2].map((count) => n('win.time.days', count))).toEqual(['1 day', '2 days']);
    await setLanguage('pl');
    expect([1, 3, 5].map((count) => n('win.time.days', count))).toEqual(['1 dzień', '3 dni', '5 dni']);
    expect(n('win.time.days', 1.5)).toBe('1.5 dnia');
  });
});

describe('setLanguage', () => {
  it('lets the later of two changes win', async () => {
    await Promise.all([setLanguage('pl'), setLanguage('en')]);
    expect(language()).toBe('en');
    expect(t('weekday.mon')).toBe('Monday');
  });
});

describe('has', () => {
  it('knows texts, not plural forms and not what every object has', () => {
    expect(has('why.past')).toBe(true);
    for (const key of ['why.never', 'win.time.days', 'constructor', '', 'cli.maybe']) {
      expect(has(key), key).toBe(false);
    }
  });
});

describe('faultWords', () => {
  it('says what happened, what it means and what can be done', () => {
    expect(faultWords('disk-full')).toEqual({
      what: 'The disk is full',
      means: 'Nothing was lost; the change was not saved.',
      do: 'Make room and try again.',
    });
  });

  it('has own words where the shared ones name a command', () => {
    expect(faultWords('reconnect').do).toBe('Sign in again in Integrations → Video.');
    expect(faultWords('reconnect').what).toBe('Zoom asks for a new sign-in');
  });

  it('shows a code that nobody wrote words for', () => {
    expect(faultWords('toString').what).toBe('Something went wrong (code: toString)');
    expect(faultWords('novel').means).toContain('not known');
  });
});
