/** An instant as it comes from Go: RFC 3339, e.g. "2026-11-27T14:15:00Z". */
export type Instant = string;

/** An instant as text, or as milliseconds since 1970 UTC for one that was reckoned. */
export type At = Instant | number;

const shape = /^(\d{4}-\d\d-\d\d)[Tt](\d\d:\d\d:\d\d)(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970 UTC; NaN for what is no instant. Fractions of a second are dropped. */
export function millis(at: At): number {
  if (typeof at === 'number') return at;
  const parts = shape.exec(at);
  // Put together anew, since engines differ in what else Date.parse lets through.
  return parts ? Date.parse(`${parts[1]}T${parts[2]}${parts[4]?.toUpperCase()}`) : NaN;
}

/** Minutes from one instant to another, as a fraction; negative when `to` is the earlier one. */
export function minutesBetween(from: At, to: At): number {
  return (millis(to) - millis(from)) / 60_000;
}
