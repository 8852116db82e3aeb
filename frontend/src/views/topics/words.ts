import Link from '@lucide/svelte/icons/link';
import MapPin from '@lucide/svelte/icons/map-pin';
import Phone from '@lucide/svelte/icons/phone';
import Video from '@lucide/svelte/icons/video';
import { has, n, t } from '../../i18n/i18n.svelte';
import type { TextKey } from '../../i18n/keys';
import { WEEKDAYS } from '../../model/day';
import { meetingLength } from '../../model/time';
import type { Schedule, Topic } from '../../state/topics.svelte';
import type { Choice } from '../../ui/choice';
import { hues, type Hue } from '../../ui/hue';
import type { Icon } from '../../ui/icon';

/** A kind of place that a topic can have. */
export type PlaceKind = 'zoom' | 'phone' | 'address' | 'link';

/** The kinds in the order of the form, with their icons. */
export const places: readonly { kind: PlaceKind; icon: Icon }[] = [
  { kind: 'zoom', icon: Video },
  { kind: 'phone', icon: Phone },
  { kind: 'address', icon: MapPin },
  { kind: 'link', icon: Link },
];

/** The kind by its name; undefined for none of ours. */
export function placeKind(kind: string | undefined): PlaceKind | undefined {
  return places.find((place) => place.kind === kind)?.kind;
}

/** "Zoom", "In person"; a kind that nobody wrote words for by its own name. */
export function placeName(kind: string): string {
  const key = `win.topics.place.${kind}`;
  return has(key) ? t(key) : kind;
}

/** "45 min, Zoom". */
export function topicLine(topic: Topic): string {
  const length = meetingLength(topic.duration);
  const kind = topic.places[0]?.kind;
  return kind ? t('win.topics.line', { length, place: placeName(kind) }) : length;
}

/** The hue of a topic; slate for a colour that is not one of ours. */
export function hueOfTopic(topic: Topic): Hue {
  return hues.find((hue) => hue === topic.colour) ?? 'slate';
}

/** "15 min", "4 hours", "2 days": a length in the biggest unit that says it exactly. */
export function length(minutes: number): string {
  if (minutes === 0 || minutes % 60 !== 0) return t('win.time.minutes', { minutes });
  if (minutes % 1440 !== 0) return n('win.topics.hours', minutes / 60);
  return n('win.time.days', minutes / 1440);
}

/** Lengths to choose from, in minutes; one that is not among the usual is put in its place. */
export function lengths(usual: readonly number[], now: number, zero?: TextKey, frame?: TextKey): Choice[] {
  const all = [...new Set([...usual, now])].sort((a, b) => a - b);
  return all.map((minutes) => {
    if (minutes === 0 && zero) return { value: '0', label: t(zero) };
    const words = length(minutes);
    return { value: String(minutes), label: frame ? t(frame, { length: words }) : words };
  });
}

/** "Working hours" for the schedule that a first topic gets, others by their own name. */
export function scheduleName(name: string): string {
  return name === 'default' ? t('win.topics.schedule.default') : name;
}

/** "Mon–Fri 9:00–17:00, Sat 10:00–12:00": days with the same hours together. */
export function hours(schedule: Schedule): string {
  const runs: { from: number; to: number; open: string }[] = [];
  schedule.hours.forEach((windows, day) => {
    const open = windows.map((window) => window.replace('-', '–')).join(', ');
    const last = runs.at(-1);
    if (last && last.open === open && last.to === day - 1) last.to = day;
    else if (open) runs.push({ from: day, to: day, open });
  });
  const words = runs.map(({ from, to, open }) => `${days(from, to)} ${open}`);
  return words.join(', ') || t('win.topics.schedule.closed');
}

function days(from: number, to: number): string {
  const [first, last] = [WEEKDAYS[from], WEEKDAYS[to]];
  if (!first || !last) return '';
  const name = t(`win.day.short.${first}`);
  return from === to ? name : `${name}–${t(`win.day.short.${last}`)}`;
}

/** What the link of a place begins with. */
export const linkStart = 'https://';
