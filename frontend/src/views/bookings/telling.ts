import { faultWords } from '../../i18n/fault';
import { n, t, has } from '../../i18n/i18n.svelte';
import { millis } from '../../model/instant';
import { clock, nearDay, relative } from '../../model/time';
import { dayOf } from '../../model/zone';
import { type Booking, type HistoryEvent, secondsHeld, type Step } from '../../state/bookings.svelte';
import { needsPerson } from './mending';
import { codeOf, stateOf, type Side } from './standing';

/** A light in a word, and how many of its steps are done: "done, 2 of 3". */
export function stateWords(booking: Booking, side: Side): string {
  const light = booking[side];
  const { done, total } = light;
  const state = t(`light.${stateOf(light)}`);
  return total > 1 && side !== 'zoom' ? t('win.bookings.light.count', { state, done, total }) : state;
}

/** A light with its reason: "waiting: The server cannot be reached". */
export function lightWords(booking: Booking, side: Side): string {
  const code = codeOf(booking[side]);
  const state = stateWords(booking, side);
  return code ? t('win.bookings.light.because', { state, why: faultWords(code).what }) : state;
}

/** The steps that a light sums up. */
export function stepsOf(booking: Booking, side: Side): Step[] {
  const kind = side === 'letters' ? 'letter' : side;
  return booking.steps.filter((step) => step.kind === kind);
}

/** For what a step waits and until when, or what went wrong with it; empty when it is well. */
export function stepWords(booking: Booking, step: Step, now: number, zone: string): string {
  if (step.state === 'failed') return failedWords(codeOf(step) || 'internal');
  if (step.state !== 'waiting') return '';
  const seconds = secondsHeld(booking, now);
  if (seconds > 0) return t('win.bookings.wait.held', { seconds });
  if (waitsForLink(booking, step)) return t('win.bookings.wait.link');
  const why = codeOf(step) ? faultWords(codeOf(step)).what : '';
  return [why, when(step, now, zone)].filter(Boolean).join('. ');
}

// A person decides between the two that are there, so what either choice does is said as well.
function failedWords(code: string): string {
  const words = faultWords(code);
  if (code !== 'calendar-changed') return words.what;
  return `${words.what}. ${words.means} ${words.do}`;
}

/** What the other side said, in its own words; empty for nothing. */
export function answerWords(step: Step): string {
  if (!step.words || step.words === faultWords(step.code).what || step.code === 'calendar-changed') return '';
  const who = step.kind === 'zoom' || step.kind === 'letter' ? step.kind : 'other';
  return t(`win.bookings.answered.${who}`, { words: step.words });
}

/** How often a step was tried in vain, and whether one of those may have arrived; empty for never. */
export function triedWords(step: Step): string {
  if (step.state === 'done' || step.state === 'not-needed') return '';
  const tried = step.attempts > 0 ? n('win.bookings.attempts', step.attempts) : '';
  return [tried, step.maybeSent ? t('win.bookings.maybe') : ''].filter(Boolean).join('. ');
}

/** A line of the history: what happened, to whom, and what was said. */
export function eventWords(event: HistoryEvent): { what: string; more: string } {
  const key = `event.${event.kind}`;
  const to = event.target.slice(event.target.indexOf(':') + 1);
  const named = event.target.includes(':') ? to : '';
  return { what: has(key) ? t(key) : event.kind, more: [named, said(event)].filter(Boolean).join(' · ') };
}

// What else a detail holds are numbers of Zoom and of letters, which say nothing to a person.
function said({ kind, detail }: HistoryEvent): string {
  if (!detail) return '';
  if (kind.startsWith('step-')) return detail;
  return kind === 'created' || kind === 'cancelled' ? t('win.bookings.history.quote', { text: detail }) : '';
}

function waitsForLink(booking: Booking, step: Step): boolean {
  const zoom = stateOf(booking.zoom);
  return step.kind === 'letter' && booking.state !== 'cancelled' && zoom !== 'done' && zoom !== 'not-needed';
}

function when(step: Step, now: number, zone: string): string {
  if (millis(step.notBefore) > now) {
    const at = { clock: clock(step.notBefore, zone), relative: relative(step.notBefore, now) };
    if (dayOf(step.notBefore, zone) === dayOf(now, zone)) return t('win.bookings.wait.until', at);
    return t('win.bookings.wait.until.day', { day: nearDay(step.notBefore, zone, now), clock: at.clock });
  }
  if (needsPerson(step.code)) return t('win.bookings.wait.you');
  return t(codeOf(step) ? 'win.bookings.wait.itself' : 'win.bookings.wait.soon');
}
