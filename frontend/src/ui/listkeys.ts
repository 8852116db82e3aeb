const strides: Readonly<Record<string, number>> = {
  ArrowDown: 1,
  ArrowUp: -1,
  PageDown: 10,
  PageUp: -10,
  Home: -Infinity,
  End: Infinity,
};

/**
 * Where a key leads from `from` in a list that is open, past what cannot be chosen and no further than its ends; from
 * nowhere (-1) into it. Gives undefined for a key that is not a movement and when there is nowhere to go.
 */
export function step(key: string, from: number, open: readonly boolean[]): number | undefined {
  const stride = strides[key];
  const ways = open.flatMap((is, i) => (is ? [i] : []));
  if (stride === undefined || ways.length === 0) return undefined;
  const here = ways.indexOf(from);
  const at = here >= 0 ? here : stride < 0 ? ways.length : -1;
  return ways[Math.max(0, Math.min(at + stride, ways.length - 1))];
}
