import { expect, it } from 'vitest';
import type { Booking } from '../bridge/backend';
import { booking, topic } from '../bridge/fake/world';
import { isJoinable, isNear, isSoon, nextToJoin } from './joining';

const who = { name: 'Anna', email: 'a@example.com', zone: '', lang: 'en', answer: 'none' };
const meet = topic('t', 'T', 'green', 60);
const at = (clock: string) => `2026-11-24T${clock}:00+01:00`;
const now = (clock: string) => Date.parse(at(clock));
const made = (from: string, to: string, more: Partial<Booking> = {}) =>
  booking(meet, at(from), at(to), who, more);

it('is near from ten minutes before the start to the end', () => {
  const b = made('10:00', '11:00');
  expect(['09:49', '09:50', '10:59', '11:00'].map((clock) => isNear(b, now(clock)))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(['08:59', '09:00'].map((clock) => isSoon(b, now(clock)))).toEqual([false, true]);
});

it('there is nothing to join without a link, and nothing of what was cancelled', () => {
  expect(isJoinable(made('10:00', '11:00', { joinUrl: '' }), now('10:00'))).toBe(false);
  expect(isJoinable(made('10:00', '11:00', { state: 'cancelled' }), now('10:00'))).toBe(false);
  const own = {
    joinUrl: '',
    place: { ...made('1', '2').place, kind: 'link', detail: 'https://meet.example' },
  };
  expect(isJoinable(made('10:00', '11:00', own), now('10:00'))).toBe(true);
});

it('of two whose time it is the later one is joined, else the next', () => {
  const [first, second, third] = [made('10:00', '11:00'), made('10:30', '11:30'), made('15:00', '16:00')];
  const list = [third, second, first];
  expect(nextToJoin(list, now('10:05'))).toBe(first);
  expect(nextToJoin(list, now('10:20'))).toBe(second);
  expect(nextToJoin(list, now('11:30'))).toBe(third);
  expect(nextToJoin(list, now('16:00'))).toBeUndefined();
  expect(list[0]).toBe(third);
});
