import type { Go } from '../model/openings';

/** What a key means to a stretch of a week; nothing when it is no movement. */
export function moveIn({ key, shiftKey, altKey }: KeyboardEvent): Go | undefined {
  const quarters = { ArrowUp: -1, ArrowDown: 1 }[key];
  const days = { ArrowLeft: -1, ArrowRight: 1 }[key];
  if (quarters && shiftKey) return { days: 0, quarters, end: altKey ? 'from' : 'to' };
  if ((!quarters && !days) || shiftKey || altKey) return undefined;
  return { days: days ?? 0, quarters: quarters ?? 0 };
}
