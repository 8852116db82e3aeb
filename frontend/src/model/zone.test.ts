import { beforeEach, describe, expect, it } from 'vitest';
import { setLanguage } from '../i18n/i18n.svelte';
import { millis, minutesBetween } from './instant';
import { city, dayOf, isNight, isZone, offset, wallOf } from './zone';

beforeEach(() => setLanguage('en'));

describe('wallOf', () => {
  it('reads clock and calendar of the zone', () => {
    expect(wallOf('2026-11-27T23:30:00Z', 'Asia/Kathmandu')).toEqual({
      day: '2026-11-28',
      hour: 5,
      minute: 15,
      minutes: 315,
      offset: 345,
    });
  });

  it('is the inverse of its offset, hour by hour through a year', () => {
    for (const zone of ['Europe/Warsaw', 'America/St_Johns', 'Australia/Lord_Howe', 'Pacific/Apia']) {
      for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 3_600_000) {
        const wall = wallOf(at, zone);
        const local = Date.parse(`${wall?.day}T00:00:00Z`) + (wall?.minutes ?? 0) * 60_000;
        expect(local - (wall?.offset ?? 0) * 60_000).toBe(at);
      }
    }
  });

  it('reads a zone that nobody knows as UTC', () => {
    expect(wallOf('2026-11-27T09:15:00+01:00', 'Europe/Atlantis')?.minutes).toBe(495);
    expect(offset('2026-11-27T09:15:00+01:00', 'Europe/Atlantis')).toBe('GMT');
    expect(isZone('Europe/Atlantis')).toBe(false);
    expect(isZone('Europe/Warsaw')).toBe(true);
  });

  it('is nothing for what is no instant', () => {
    expect(wallOf('soon', 'UTC')).toBeUndefined();
    expect(dayOf('soon', 'UTC')).toBe('');
  });
});

describe('city', () => {
  it('is in the language, or the last part of the name', async () => {
    expect([city('America/New_York'), city('America/Port-au-Prince'), city('America/Santo_Domingo')]).toEqual(
      ['New York', 'Port-au-Prince', 'Santo Domingo'],
    );
    await setLanguage('pl');
    expect(city('America/New_York')).toBe('Nowy Jork');
  });
});

describe('isNight', () => {
  it.each([
    ['21:59', false],
    ['22:00', true],
    ['00:00', true],
    ['06:59', true],
    ['07:00', false],
  ])('at %s is %s', (time, wanted) => {
    expect(isNight(`2026-11-27T${time}:00+01:00`, 'Europe/Warsaw')).toBe(wanted);
  });
});

describe('instants', () => {
  it('are RFC 3339 and nothing else', () => {
    expect(millis('2026-11-27T09:15:00.999999999+01:00')).toBe(Date.UTC(2026, 10, 27, 8, 15));
    expect(millis('2026-11-27t08:15:00z')).toBe(Date.UTC(2026, 10, 27, 8, 15));
    for (const text of [
      '',
      '2026',
      '2026-11-27',
      'Fri Nov 27 2026',
      '2026-11-27T09:15Z',
      ' 2026-11-27T09:15:00Z',
    ]) {
      expect(millis(text), text).toBeNaN();
    }
  });

  it('are minutes apart', () => {
    expect(minutesBetween('2026-11-27T09:15:00Z', '2026-11-27T09:00:30Z')).toBe(-14.5);
  });
});
