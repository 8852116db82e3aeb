/** A day of the calendar without a zone, as Go writes it: YYYY-MM-DD. */
export type Day = string;

/** The days of the week as the catalogue names them, Monday first. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** A day of the week. */
export type Weekday = (typeof WEEKDAYS)[number];

/** The months as the catalogue names them. */
export const MONTHS = [
  'jan',
  'feb',
  'mar',
  'apr',
  'may',
  'jun',
  'jul',
  'aug',
  'sep',
  'oct',
  'nov',
  'dec',
] as const;

/** A month of the year. */
export type Month = (typeof MONTHS)[number];

const MS = 86_400_000;

/** Writes a day; a month or a day past its end runs on into the next. */
export function dayFrom(year: number, month: number, day: number): Day {
  return written(Date.UTC(year, month - 1, day));
}

/** The parts of a day, months from 1. */
export function partsOf(day: Day): { year: number; month: number; day: number } {
  const at = new Date(reckoned(day));
  return { year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate() };
}

/** The day that many days later, or earlier when `days` is negative. */
export function addDays(day: Day, days: number): Day {
  return written(reckoned(day) + days * MS);
}

/** How many days lie from one day to another. */
export function daysBetween(from: Day, to: Day): number {
  return (reckoned(to) - reckoned(from)) / MS;
}

/** The day of the week. */
export function weekdayOf(day: Day): Weekday {
  return WEEKDAYS[sinceMonday(day)] ?? 'mon';
}

/** The month of a day. */
export function monthOf(day: Day): Month {
  return MONTHS[partsOf(day).month - 1] ?? 'jan';
}

/** The Monday that a day's week begins with. */
export function mondayOf(day: Day): Day {
  return addDays(day, -sinceMonday(day));
}

/** The number of the week (ISO 8601: the first one is that of 4 January). */
export function weekOf(day: Day): number {
  const thursday = addDays(mondayOf(day), 3);
  const january = dayFrom(partsOf(thursday).year, 1, 4);
  return 1 + daysBetween(mondayOf(january), mondayOf(day)) / 7;
}

function sinceMonday(day: Day): number {
  return (new Date(reckoned(day)).getUTCDay() + 6) % 7;
}

function reckoned(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`);
}

function written(ms: number): Day {
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString().slice(0, 10);
}
