/** What a key means in a row of things of which one is in the Tab order. */
export type Axis = 'row' | 'column' | 'both';

const back: Record<Axis, string[]> = {
  row: ['ArrowLeft'],
  column: ['ArrowUp'],
  both: ['ArrowLeft', 'ArrowUp'],
};
const on: Record<Axis, string[]> = {
  row: ['ArrowRight'],
  column: ['ArrowDown'],
  both: ['ArrowRight', 'ArrowDown'],
};

/**
 * Where a key leads from `from` among `open.length` things, going round the ends and past those that are not open.
 * Gives undefined for a key that is not a movement and when there is nowhere to go.
 */
export function rove(
  key: string,
  from: number,
  open: readonly boolean[],
  axis: Axis = 'both',
): number | undefined {
  const count = open.length;
  const step =
    on[axis].includes(key) || key === 'Home' ? 1 : back[axis].includes(key) || key === 'End' ? -1 : 0;
  if (step === 0) return undefined;
  let at = key === 'Home' ? -1 : key === 'End' ? count : from;
  for (let tries = 0; tries < count; tries++) {
    at = (at + step + count) % count;
    if (open[at]) return at;
  }
  return undefined;
}
