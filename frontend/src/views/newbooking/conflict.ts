import { has, n, t } from '../../i18n/i18n.svelte';
import { millis, minutesBetween, type At, type Instant } from '../../model/instant';
import { clock, range, shortDay, span } from '../../model/time';
import { dayOf } from '../../model/zone';
import type { Conflict, Topic } from '../../state/newbooking.svelte';
import { endOf, sourceName, type Meeting } from './words';

/** A start that is offered instead of one that is not free. */
export interface Fix {
  readonly start: Instant;
  readonly label: string;
}

const busy = ['busy-booking', 'busy-zoom', 'busy-calendar'];

/** "15:30 overlaps by 15 minutes", or what else is wrong with the start of a meeting. */
export function conflictTitle(conflicts: readonly Conflict[], meeting: Meeting): string {
  const time = clock(meeting.start, meeting.zone);
  const minutes = overlap(conflicts, meeting);
  if (minutes > 0) return n('win.newbooking.overlaps', minutes, { time });
  return conflicts[0]?.code === 'source-unknown'
    ? t('win.newbooking.notknown', { time })
    : t('win.newbooking.notfree', { time });
}

/** What stands against a meeting, a sentence for each thing. */
export function reasons(conflicts: readonly Conflict[], meeting: Meeting, topic: Topic): string[] {
  return [...new Set(conflicts.map((conflict) => reason(conflict, meeting, topic)))];
}

/** The nearest free starts, named by how they lie to the one that is not. */
export function fixes(conflicts: readonly Conflict[], { start, zone, now }: Meeting): Fix[] {
  const nearest = conflicts.find((conflict) => conflict.nearest.length > 0)?.nearest ?? [];
  return nearest.map((fix) => {
    const time = clock(fix, zone);
    const minutes = minutesBetween(start, fix);
    if (dayOf(fix, zone) !== dayOf(start, zone))
      return { start: fix, label: `${shortDay(fix, zone, now)}, ${time}` };
    if (minutes === -15) return { start: fix, label: t('win.newbooking.fix.earlier15', { time }) };
    if (minutes === 15) return { start: fix, label: t('win.newbooking.fix.later15', { time }) };
    const label =
      minutes < 0 ? t('win.newbooking.fix.earlier', { time }) : t('win.newbooking.fix.later', { time });
    return { start: fix, label };
  });
}

/** Minutes of the meeting that something else holds; what meets there among itself counts once. */
function overlap(conflicts: readonly Conflict[], meeting: Meeting): number {
  const held = conflicts
    .filter((conflict) => busy.includes(conflict.code))
    .map(({ itemStart, itemEnd }) => [millis(itemStart), Math.min(millis(itemEnd), endOf(meeting))] as const)
    .sort(([a], [b]) => a - b);
  let at = millis(meeting.start);
  let sum = 0;
  for (const [from, to] of held) {
    sum += Math.max(0, to - Math.max(from, at));
    at = Math.max(at, to);
  }
  return Math.ceil(sum / 60_000);
}

function reason(conflict: Conflict, meeting: Meeting, topic: Topic): string {
  if (busy.includes(conflict.code)) return inTheWay(conflict, meeting);
  const why = rule(conflict, meeting, topic);
  const explained = ['off-hours', 'date-closed'].includes(conflict.code) && conflict.item;
  return explained ? t('win.newbooking.why.because', { why, item: conflict.item }) : why;
}

function inTheWay(conflict: Conflict, meeting: Meeting): string {
  const named = { item: itemOf(conflict), source: sourceOf(conflict, meeting) };
  const starts = millis(conflict.itemStart) > millis(meeting.start);
  const at = moment(starts ? conflict.itemStart : conflict.itemEnd, meeting.start, meeting);
  return starts
    ? t('win.newbooking.why.starts', { ...named, at })
    : t('win.newbooking.why.lasts', { ...named, at });
}

function rule(conflict: Conflict, meeting: Meeting, topic: Topic): string {
  switch (conflict.code) {
    case 'buffer':
      return t('win.newbooking.why.buffer', {
        item: itemOf(conflict),
        source: sourceOf(conflict, meeting),
        range: range(conflict.itemStart, conflict.itemEnd, meeting.zone),
      });
    case 'too-soon':
      return t('win.newbooking.why.too-soon', { span: span(topic.notice) });
    case 'too-far':
      return n('win.newbooking.why.too-far', topic.maxDays);
    case 'day-limit':
      return n('win.newbooking.why.day-limit', topic.dailyLimit);
    case 'week-limit':
      return n('win.newbooking.why.week-limit', topic.weeklyLimit);
    case 'source-unknown':
      return unread(conflict, meeting);
    default: {
      const key = `win.newbooking.why.${conflict.code}`;
      return has(key) ? t(key) : conflict.code;
    }
  }
}

function unread(conflict: Conflict, meeting: Meeting): string {
  const said = conflict.item
    ? `${sourceName(conflict.source)} (${conflict.item})`
    : sourceName(conflict.source);
  const at = conflict.checkedAt && moment(conflict.checkedAt, meeting.now, meeting);
  return at
    ? t('win.newbooking.why.source-unknown', { source: said, at })
    : t('win.newbooking.why.source-unknown.never', { source: said });
}

function itemOf(conflict: Conflict): string {
  return conflict.item || t('win.newbooking.untitled');
}

/** The source, with the age of what is known from it unless that is our own data. */
function sourceOf({ source, checkedAt }: Conflict, { zone }: Meeting): string {
  const name = sourceName(source);
  if (source === 'bookings' || !checkedAt) return name;
  return t('win.newbooking.source.asof', { source: name, at: clock(checkedAt, zone) });
}

/** The time of something, with its day when that is another one than that of `near`. */
function moment(at: Instant, near: At, { zone, now }: Meeting): string {
  const day = dayOf(at, zone) === dayOf(near, zone) ? '' : `${shortDay(at, zone, now)}, `;
  return `${day}${clock(at, zone)}`;
}
