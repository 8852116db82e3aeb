import { has, t } from '../i18n/i18n.svelte';
import { keptAway } from './clocks';
import { type Day, dayFrom } from './day';
import { type At, millis } from './instant';

/** An IANA time zone, e.g. "Europe/Warsaw". One that the engine does not know is read as UTC. */
export type Zone = string;

/** What clock and calendar of a zone show at an instant. */
export interface Wall {
  day: Day;
  hour: number;
  minute: number;
  /** Minutes after midnight by the clock. */
  minutes: number;
  /** Minutes before Greenwich, as in GMT+1: positive in the east. */
  offset: number;
}

// Making one costs a thousand times as much as asking it, and asking it a hundred times as much as reckoning.
const formats = new Map<Zone, Intl.DateTimeFormat>();
const offsets = new Map<Zone, Map<number, number>>();

// No zone turns its clocks but on a quarter of an hour.
const quarter = 15 * 60_000;
const remembered = 5_000;

/** Reads clock and calendar in a zone; nothing for what is no instant. */
export function wallOf(at: At, zone: Zone): Wall | undefined {
  const ms = millis(at);
  if (Number.isNaN(ms)) return undefined;
  const away = keptAway(ms, zone) ?? awayFrom(ms, zone);
  const there = new Date(ms + away);
  const [hour, minute] = [there.getUTCHours(), there.getUTCMinutes()];
  const day = dayFrom(there.getUTCFullYear(), there.getUTCMonth() + 1, there.getUTCDate());
  return { day, hour, minute, minutes: hour * 60 + minute, offset: Math.round(away / 60_000) };
}

/** Milliseconds that the clocks of a zone are before Greenwich, as the engine knows it. */
function awayFrom(ms: number, zone: Zone): number {
  const of = offsets.get(zone) ?? new Map<number, number>();
  offsets.set(zone, of);
  const key = Math.floor(ms / quarter);
  const known = of.get(key);
  if (known !== undefined) return known;
  if (of.size >= remembered) of.clear();
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = read(ms, zone);
  const away = Date.UTC(year, month - 1, day, hour, minute, second) - Math.floor(ms / 1000) * 1000;
  of.set(key, away);
  return away;
}

/** The day of an instant in a zone; empty for what is no instant. */
export function dayOf(at: At, zone: Zone): Day {
  return wallOf(at, zone)?.day ?? '';
}

/** Says whether the engine knows a zone by this name. */
export function isZone(zone: Zone): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The distance from Greenwich: "GMT+1", "GMT−5", "GMT+5:30", "GMT". */
export function offset(at: At, zone: Zone): string {
  const minutes = wallOf(at, zone)?.offset ?? 0;
  if (minutes === 0) return 'GMT';
  const away = Math.abs(minutes);
  const rest = away % 60 ? `:${String(away % 60).padStart(2, '0')}` : '';
  return `GMT${minutes < 0 ? '−' : '+'}${Math.floor(away / 60)}${rest}`;
}

/** The place that names a zone: "New York" for America/New_York. */
export function city(zone: Zone): string {
  const key = `zone.${zone}`;
  return has(key) ? t(key) : zone.slice(zone.lastIndexOf('/') + 1).replaceAll('_', ' ');
}

/** A zone with its offset: "Warsaw (GMT+1)". */
export function place(zone: Zone, at: At): string {
  return `${city(zone)} (${offset(at, zone)})`;
}

/** Says whether people in the zone are likely asleep: from 22:00 to 7:00. */
export function isNight(at: At, zone: Zone): boolean {
  const wall = wallOf(at, zone);
  return wall !== undefined && (wall.hour >= 22 || wall.hour < 7);
}

function read(ms: number, zone: Zone): Partial<Record<Intl.DateTimeFormatPartTypes, number>> {
  const parts = formatOf(zone).formatToParts(ms);
  return Object.fromEntries(parts.map(({ type, value }) => [type, Number(value)]));
}

function formatOf(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone: isZone(zone) ? zone : 'UTC',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
