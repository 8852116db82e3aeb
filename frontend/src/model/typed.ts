import { t } from '../i18n/i18n.svelte';
import { type Day, dayFrom, MONTHS, monthOf, partsOf } from './day';

/** Reads a time as people type it ("9:05", "9.05", "905", "9") as minutes after midnight. */
export function readClock(text: string): number | undefined {
  const parts = /^(\d{1,2})(?:\s*[:. h]?\s*(\d\d))?$/.exec(text.trim());
  const [hour, minute] = [Number(parts?.[1]), Number(parts?.[2] ?? 0)];
  return parts && hour < 24 && minute < 60 ? hour * 60 + minute : undefined;
}

/** Writes a day as it is typed: "24 Dec 2026". */
export function writeDay(day: Day): string {
  const { day: number, year } = partsOf(day);
  return `${number} ${t(`win.month.short.${monthOf(day)}`)} ${year}`;
}

/**
 * Reads a day as people type it: "24 Dec 2026", "24.12.2026", "24/12", "2026-12-24". Without a year it is the next
 * such day from `today` on.
 */
export function readDay(text: string, today: Day): Day | undefined {
  const words = text.trim().toLowerCase();
  const iso = /^(\d{4})-(\d\d?)-(\d\d?)$/.exec(words);
  if (iso) return real(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d\d?)[\s./-]+(\d\d?|\p{L}+)\.?(?:[\s./-]+(\d{4}))?$/u.exec(words);
  if (!parts) return undefined;
  const [number, month, year] = [Number(parts[1]), monthNamed(parts[2] ?? ''), Number(parts[3])];
  if (parts[3]) return real(year, month, number);
  const { year: now } = partsOf(today);
  const soon = real(now, month, number);
  return soon && soon >= today ? soon : real(now + 1, month, number);
}

function monthNamed(word: string): number {
  if (/\d/.test(word)) return Number(word);
  return 1 + MONTHS.findIndex((month) => word.startsWith(t(`win.month.short.${month}`).toLowerCase()));
}

// 30 February is no day, though it would be written as one of March.
function real(year: number, month: number, number: number): Day | undefined {
  const day = dayFrom(year, month, number);
  const parts = day ? partsOf(day) : undefined;
  return parts?.month === month && parts.day === number ? day : undefined;
}
