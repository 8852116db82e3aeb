/**
 * A stretch of opening hours, in minutes after midnight of its day. `to` may lie past 1440: it then ends on the next
 * day. A time that could not be read is NaN.
 */
export interface Opening {
  readonly from: number;
  readonly to: number;
}

/** The openings of Monday to Sunday. */
export type Week = readonly (readonly Opening[])[];

/** A place in a week: the day, from 0 for Monday, and the number of the opening in it. */
export interface Place {
  readonly day: number;
  readonly at: number;
}

/** Which end of an opening is moved. */
export type End = 'from' | 'to';

/** Where an opening, or one end of it, is to go: days and quarters of an hour on. */
export interface Go {
  readonly days: number;
  readonly quarters: number;
  readonly end?: End;
}

/** What is wrong with the openings of a day, of which the first is `a`, and where they meet the other is `b`. */
export interface Trouble {
  readonly kind: 'unread' | 'none' | 'meet';
  readonly a: Opening;
  readonly b?: Opening;
}

/** A quarter of an hour, and a day, in minutes. */
export const QUARTER = 15;
export const DAY = 1440;

/** The openings of a day in their order; those that could not be read stand last. */
export function ordered(list: readonly Opening[]): Opening[] {
  return [...list].sort((a, b) => (a.from || 0) - (b.from || 0));
}

/** What is wrong with the openings of a day; nothing when they can be kept. */
export function troubleOf(list: readonly Opening[]): Trouble | undefined {
  const unread = list.find(({ from, to }) => Number.isNaN(from + to));
  if (unread) return { kind: 'unread', a: unread };
  const none = list.find(({ from, to }) => to <= from || to > from + DAY);
  if (none) return { kind: 'none', a: none };
  const all = ordered(list);
  const at = all.findIndex((one, i) => i > 0 && one.from < (all[i - 1]?.to ?? 0));
  const [a, b] = [all[at - 1], all[at]];
  return a && b && { kind: 'meet', a, b };
}

/** An end of an opening as it is typed: one before the beginning is of the next day. */
export function endAfter(from: number, clock: number): number {
  return clock < from ? clock + DAY : clock;
}

/** The opening drawn from one minute of a day to another, in whole quarters, as far as others leave room. */
export function drawn(list: readonly Opening[], anchor: number, to: number): Opening | undefined {
  const room = roomAround(list, anchor);
  if (!room) return undefined;
  const from = Math.max(room.from, floor(Math.min(anchor, to)));
  const end = Math.min(room.to, floor(Math.max(anchor, to)) + QUARTER, from + DAY);
  return end > from ? { from, to: end } : undefined;
}

/** The week with an opening put elsewhere; nothing where it does not fit. */
export function moved(week: Week, place: Place, day: number, from: number): Week | undefined {
  const one = opening(week, place);
  if (!one || !week[day] || from < 0 || from >= DAY) return undefined;
  const rest = removed(week, place);
  const put = { from, to: from + one.to - one.from };
  return fits(rest[day] ?? [], put) ? added(rest, day, put) : undefined;
}

/** The week with one end of an opening at another minute, or as near to it as others and a quarter's length leave. */
export function stretched(week: Week, place: Place, end: End, minute: number): Week {
  const one = opening(week, place);
  const rest = removed(week, place);
  const room = one && roomAround(rest[place.day] ?? [], one.from);
  if (!one || !room) return week;
  const [from, to] =
    end === 'from'
      ? [within(minute, Math.max(room.from, one.to - DAY), one.to - QUARTER), one.to]
      : [one.from, within(minute, one.from + QUARTER, Math.min(room.to, one.from + DAY))];
  return added(rest, place.day, { from, to });
}

/** The week with an opening gone on, and where it stands then; nothing where it cannot go. */
export function gone(week: Week, place: Place, go: Go): { week: Week; place: Place } | undefined {
  const one = opening(week, place);
  const day = place.day + go.days;
  if (!one) return undefined;
  const from = go.quarters ? step(one.from, go.quarters) : one.from;
  const next = go.end
    ? stretched(week, place, go.end, step(one[go.end], go.quarters))
    : moved(week, place, day, from);
  const is = (o: Opening) => (go.end === 'from' ? o.to === one.to : o.from === (go.end ? one.from : from));
  const at = next?.[day]?.findIndex(is) ?? -1;
  const same = go.days === 0 && next?.[day]?.[at]?.from === one.from && next[day][at].to === one.to;
  return next && !same ? { week: next, place: { day, at } } : undefined;
}

/** The week with one more opening. */
export function added(week: Week, day: number, one: Opening): Week {
  return week.map((list, i) => (i === day ? ordered([...list, one]) : list));
}

/** The week without an opening. */
export function removed(week: Week, place: Place): Week {
  return week.map((list, day) => (day === place.day ? list.filter((_, at) => at !== place.at) : list));
}

/** The week in which other days have the hours of one. */
export function copied(week: Week, from: number, to: readonly number[]): Week {
  return week.map((list, day) => (to.includes(day) ? (week[from] ?? []) : list));
}

/**
 * One more opening of a day: an hour after the last one and an hour long, or as far before the first; nothing where
 * there is no room.
 */
export function another(list: readonly Opening[]): Opening | undefined {
  const all = ordered(list);
  const [first, last] = [all[0], all.at(-1)];
  if (!first || !last) return { from: 9 * 60, to: 17 * 60 };
  const after = { from: last.to + 60, to: Math.min(last.to + 120, DAY) };
  const before = { from: Math.max(0, first.from - 120), to: first.from - 60 };
  return [after, before].find(({ from, to }) => to - from >= QUARTER);
}

/** A quarter further, in whole quarters: 9:10 leads to 9:15 and back to 9:00. */
export function step(minute: number, quarters: number): number {
  const on = quarters > 0 ? floor(minute) : Math.ceil(minute / QUARTER) * QUARTER;
  return on + quarters * QUARTER;
}

/** The opening in a place. */
export function opening(week: Week, { day, at }: Place): Opening | undefined {
  return week[day]?.[at];
}

function fits(list: readonly Opening[], one: Opening): boolean {
  return list.every(({ from, to }) => one.to <= from || one.from >= to);
}

/** The stretch around a minute that no opening holds; nothing when one does. */
function roomAround(list: readonly Opening[], minute: number): Opening | undefined {
  if (list.some(({ from, to }) => from <= minute && minute < to)) return undefined;
  const from = Math.max(0, ...list.filter(({ to }) => to <= minute).map(({ to }) => to));
  const to = Math.min(2 * DAY, ...list.filter((one) => one.from > minute).map((one) => one.from));
  return { from, to };
}

function floor(minute: number): number {
  return Math.floor(minute / QUARTER) * QUARTER;
}

function within(minute: number, least: number, most: number): number {
  return Math.max(least, Math.min(minute, most));
}
