import type { Hue } from './hue';

/** The share of a part, from 0 to 1, that the chosen meeting would cover. */
export interface Cover {
  from: number;
  to: number;
}

/** A start of a meeting. */
export interface SlotCell {
  kind: 'free' | 'taken';
  /** What picking it gives back. */
  id: string;
  /** The time as it is drawn: "15:15". */
  text: string;
  /** Why it is taken, or anything else worth saying; on hover and read after the time. */
  why?: string | undefined;
  cover?: Cover | undefined;
  /** What the breaks around the chosen meeting take of it. */
  breaks?: readonly Cover[] | undefined;
}

/** A start that lies beneath a bar, at a column of it, from 0. */
export interface SlotUnder extends SlotCell {
  at: number;
}

/** A stretch held by something else, drawn as a bar over one or more columns. */
export interface SlotBlock {
  kind: 'block';
  /** Its words; empty where the bar goes on from the line above. */
  text: string;
  /** All of it, on hover: what, when, from which source. */
  title: string;
  colour: Hue;
  span: number;
  /** The bar begins here and gets its edge. */
  begins: boolean;
  cover?: Cover | undefined;
  breaks?: readonly Cover[] | undefined;
  /** The starts beneath it: they can be asked why they are not free. */
  under?: readonly SlotUnder[] | undefined;
}

/** Columns in which nothing can begin. */
export interface SlotGap {
  kind: 'empty';
  span: number;
  breaks?: readonly Cover[] | undefined;
}

export type SlotPart = SlotCell | SlotBlock | SlotGap;

/** One line of the grid, usually an hour. */
export interface SlotRow {
  id: string;
  /** The hour; empty on the further lines of an hour that has several. */
  label: string;
  /** The same moment by the other clock; `night` draws a moon and mutes the line. */
  second?: { text: string; night: boolean; title?: string | undefined } | undefined;
  /** Time without starts lies above this line. */
  gap?: boolean | undefined;
  parts: readonly SlotPart[];
}
