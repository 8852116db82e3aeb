import { n, t } from '../i18n/i18n.svelte';
import { type Day, addDays, monthOf, partsOf, weekdayOf } from './day';
import { type At, millis, minutesBetween } from './instant';
import { type Zone, dayOf, wallOf } from './zone';

// The first half prints as Go's lang package does; testdata/times.json holds both to it. What is no instant
// is written as nothing.

/** "9:15", by the clock of the zone. */
export function clock(at: At, zone: Zone): string {
  const wall = wallOf(at, zone);
  return wall ? clockOf(wall.minutes) : '';
}

/** "9:15–10:15", both by the clock of the zone. */
export function range(start: At, end: At, zone: Zone): string {
  return `${clock(start, zone)}–${clock(end, zone)}`;
}

/** "Friday, 27 November 2026". */
export function date(at: At, zone: Zone): string {
  const day = dayOf(at, zone);
  return day && `${weekdayName(day)}, ${dayAndMonth(day)} ${partsOf(day).year}`;
}

/** "Friday 27 November", with the year when it is another than that of now. */
export function longDay(at: At, zone: Zone, now: At): string {
  const day = dayOf(at, zone);
  if (!day) return '';
  const year = partsOf(day).year;
  const rest = year === partsOf(dayOf(now, zone)).year ? '' : ` ${year}`;
  return `${weekdayName(day)} ${dayAndMonth(day)}${rest}`;
}

/** "Friday". */
export function weekday(at: At, zone: Zone): string {
  const day = dayOf(at, zone);
  return day && weekdayName(day);
}

/** "9:15" for 555 minutes after midnight; 24 hours are read as 0. */
export function clockOf(minutes: number): string {
  return `${Math.floor(minutes / 60) % 24}:${String(minutes % 60).padStart(2, '0')}`;
}

/** "09:15", for rails, where the digits stand under each other. */
export function railClock(minutes: number): string {
  return clockOf(minutes).padStart(5, '0');
}

/** "now 4:24", the clock of a zone at this moment. */
export function nowIn(zone: Zone, now: At): string {
  return t('win.time.now', { clock: clock(now, zone) });
}

/** "today", "tomorrow", "yesterday", or the day as longDay writes it. */
export function nearDay(at: At, zone: Zone, now: At): string {
  const day = dayOf(at, zone);
  const today = dayOf(now, zone);
  if (!day || !today) return '';
  if (day === today) return t('win.time.today');
  if (day === addDays(today, 1)) return t('win.time.tomorrow');
  return day === addDays(today, -1) ? t('win.time.yesterday') : longDay(at, zone, now);
}

/** "Fri 27 Nov", with the year when it is another than that of now. */
export function shortDay(at: At, zone: Zone, now: At): string {
  const day = dayOf(at, zone);
  if (!day) return '';
  const parts = partsOf(day);
  const year = parts.year === partsOf(dayOf(now, zone)).year ? '' : ` ${parts.year}`;
  return `${shortWeekday(day)} ${parts.day} ${t(`win.month.short.${monthOf(day)}`)}${year}`;
}

/** "1 h 6 min", "45 min", "2 h"; whole minutes. */
export function span(minutes: number): string {
  const args = { hours: Math.floor(minutes / 60), minutes: Math.floor(minutes % 60) };
  if (args.hours === 0) return t('win.time.minutes', args);
  return args.minutes === 0 ? t('win.time.hours', args) : t('win.time.both', args);
}

/** How long a meeting is: "90 min", from three hours on "3 h". */
export function meetingLength(minutes: number): string {
  return minutes < 180 ? t('win.time.minutes', { minutes }) : span(minutes);
}

/** "in 1 h 6 min", "3 days ago", "now"; rounded to the minute, from 24 hours on to the day. */
export function relative(at: At, now: At): string {
  if (Number.isNaN(millis(at))) return '';
  const minutes = Math.round(minutesBetween(now, at));
  if (minutes === 0) return t('win.time.moment');
  const away = Math.abs(minutes);
  const words = away < 24 * 60 ? span(away) : n('win.time.days', Math.round(away / 24 / 60));
  return minutes > 0 ? t('win.time.in', { span: words }) : t('win.time.ago', { span: words });
}

/** "Friday", of a day. */
export function weekdayName(day: Day): string {
  return t(`weekday.${weekdayOf(day)}`);
}

/** "Fri", for a column. */
export function shortWeekday(day: Day): string {
  return t(`win.day.short.${weekdayOf(day)}`);
}

/** "Fr", for a month in the margin. */
export function miniWeekday(day: Day): string {
  return t(`win.day.mini.${weekdayOf(day)}`);
}

/** "November 2026", the head of a month. */
export function monthTitle(day: Day): string {
  return `${t(`win.month.name.${monthOf(day)}`)} ${partsOf(day).year}`;
}

/** "23–29 November 2026", "30 November – 6 December 2026": the days from the first to the last. */
export function daysTitle(first: Day, last: Day): string {
  const [a, b] = [partsOf(first), partsOf(last)];
  const end = `${dayAndMonth(last)} ${b.year}`;
  if (a.year !== b.year) return `${dayAndMonth(first)} ${a.year} – ${end}`;
  return a.month === b.month ? `${a.day}–${end}` : `${dayAndMonth(first)} – ${end}`;
}

function dayAndMonth(day: Day): string {
  return `${partsOf(day).day} ${t(`month.${monthOf(day)}`)}`;
}
