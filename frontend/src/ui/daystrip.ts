/** A day in a DayStrip. */
export interface StripDay {
  /** What picking it gives back. */
  id: string;
  /** The weekday, short: "cz". */
  weekday: string;
  /** The day of the month. */
  day: string;
  /** The whole of it for a screen reader and on hover: "Thursday 26 November, busy: 2 of 4". */
  label: string;
  /** How full it is, 0 to 4. */
  level: number;
  /** Nothing can be booked on it; `label` should say so. */
  shut?: boolean | undefined;
}
