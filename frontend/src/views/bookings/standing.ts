import { has, t } from '../../i18n/i18n.svelte';
import { type Booking, secondsHeld } from '../../state/bookings.svelte';

/** Whose light it is. */
export type Side = 'zoom' | 'letters' | 'calendar';

/** The lights of a booking in the order in which they are drawn. */
export const SIDES: readonly Side[] = ['zoom', 'letters', 'calendar'];

/** How a light stands. */
export type LightState = 'done' | 'waiting' | 'failed' | 'not-needed';

/** The one thing that is said of a booking in a list. */
export interface Standing {
  readonly kind: 'held' | 'failed' | 'waiting' | 'cancelled' | 'good';
  readonly text: string;
  /** The light that says it, when it is a light. */
  readonly side?: Side;
}

/** Sums a booking up: what failed comes before what waits, and only what has neither is confirmed. */
export function standing(booking: Booking, now: number): Standing {
  const seconds = secondsHeld(booking, now);
  if (seconds > 0) return { kind: 'held', text: heldWords(booking, seconds) };
  const side = worst(booking);
  const cancelled = booking.state === 'cancelled';
  if (side)
    return {
      kind: stateOf(booking[side]) === 'failed' ? 'failed' : 'waiting',
      text: chip(booking, side),
      side,
    };
  if (cancelled) return { kind: 'cancelled', text: t('win.bookings.chip.cancelled') };
  if (booking.state === 'confirmed') return { kind: 'good', text: t('win.bookings.chip.confirmed') };
  const key = `win.bookings.chip.${booking.state}`;
  return { kind: 'waiting', text: has(key) ? t(key) : booking.state };
}

/** The light that needs attention most; nothing when all is well. */
export function worst(booking: Booking): Side | undefined {
  const first = (state: LightState) => SIDES.find((side) => stateOf(booking[side]) === state);
  return first('failed') ?? first('waiting');
}

/** The state of a light. One that is not known is not shown as done. */
export function stateOf(light: { state: string }): LightState {
  return (['done', 'failed', 'not-needed'] as const).find((state) => state === light.state) ?? 'waiting';
}

/** The code of why a light or a step waits or failed; empty when there is nothing to explain. */
export function codeOf({ code }: { code: string }): string {
  return code === 'waiting' ? '' : code;
}

function heldWords(booking: Booking, seconds: number): string {
  const cancelled = booking.state === 'cancelled';
  return t(cancelled ? 'win.bookings.held.cancelled' : 'win.bookings.held.booked', { seconds });
}

function chip(booking: Booking, side: Side): string {
  const light = booking[side];
  const key = `win.bookings.chip.${codeOf(light)}`;
  if (codeOf(light) && has(key)) return t(key);
  return t(`win.bookings.chip.${stateOf(light) === 'failed' ? 'failed' : 'waiting'}.${side}`);
}
