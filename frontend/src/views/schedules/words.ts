import { t } from '../../i18n/i18n.svelte';
import { type Day, WEEKDAYS } from '../../model/day';
import { DAY, type Opening, troubleOf, type Week } from '../../model/openings';
import { clockOf, shortDay } from '../../model/time';
import { hours, scheduleName } from '../topics/words';

/** The days of a week, Monday first, in short and whole, in the language of the moment. */
export function weekdays(): { short: string; name: string }[] {
  return WEEKDAYS.map((day) => {
    const name = t(`weekday.${day}`);
    return { short: t(`win.day.short.${day}`), name: name.slice(0, 1).toLocaleUpperCase() + name.slice(1) };
  });
}

/** "9:00–17:00". */
export function range({ from, to }: Opening): string {
  return `${clockOf(from)}–${to === DAY ? '24:00' : clockOf(to)}`;
}

/** "9:00–17:00", "22:00–2:00 the next day". */
export function openingWords(one: Opening): string {
  return one.to > DAY ? t('win.schedules.overnight', { range: range(one) }) : range(one);
}

/** "Mon–Fri 9:00–17:00, Sat 10:00–12:00". */
export function weekWords(week: Week): string {
  const hyphened = week.map((list) => list.map((one) => range(one).replace('–', '-')));
  return hours({ name: '', zone: '', hours: hyphened });
}

/** What is wrong with the hours of a day. */
export function troubleWords(list: readonly Opening[]): string | undefined {
  const trouble = troubleOf(list);
  if (!trouble) return undefined;
  const { kind, a, b } = trouble;
  if (kind === 'unread') return t('win.schedules.trouble.unread');
  return b
    ? t('win.schedules.trouble.meet', { a: openingWords(a), b: openingWords(b) })
    : t('win.schedules.trouble.none', { a: openingWords(a) });
}

/** "Thu 24 Dec", with the year when it is another than that of `today`. */
export function dayWords(day: Day, today: Day): string {
  return shortDay(`${day}T12:00:00Z`, 'UTC', `${today}T12:00:00Z`);
}

/** The name by which the user knows a schedule; a new one has none yet. */
export function shownName(name: string): string {
  return scheduleName(name).trim() || t('win.schedules.new');
}

/** The name under which what was typed is kept: "Working hours" is ours for `default`. */
export function keptName(typed: string): string {
  return typed.trim() === scheduleName('default') ? 'default' : typed;
}
