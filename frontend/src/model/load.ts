/** How full a day is, in quarters. */
export type Load = 0 | 1 | 2 | 3 | 4;

/**
 * The busy share of a day's opening hours, rounded to quarters. Never none while something is there, never full
 * while something is free; a day without opening hours has none. Go reckons the same for the days it offers.
 */
export function loadOf(busyMinutes: number, openMinutes: number): Load {
  if (!(openMinutes > 0 && busyMinutes > 0)) return 0;
  const quarters = Math.round((4 * busyMinutes) / openMinutes);
  const most = busyMinutes < openMinutes ? 3 : 4;
  return Math.max(1, Math.min(quarters, most)) as Load;
}
