import { type At, type Instant, millis } from './instant';

// The slot picker's grid: hours are rows, the starts of an hour are columns.
//
// A column is as wide as the largest divisor of an hour that is no longer than the step and keeps every two
// starts of an hour apart. So a step of 15 minutes has four columns, 20 three, 10 six, 60 one; 25 has three
// of 20 minutes. More than six columns would be too narrow to press, so such an hour is broken into lines of
// equal length: a step of 5 gives two lines of six.
//
// Rows follow the instants, not the clock: an hour that the clock shows twice is two rows, the second with
// `again`, and an hour that it skips is none.

/** A start of a topic's day, as Go offers it. */
export interface Start {
  readonly start: Instant;
  /** Minutes after midnight by the host's clock. */
  readonly minute: number;
  readonly free: boolean;
}

/** A stretch that something else holds. */
export interface Stretch {
  readonly start: Instant;
  readonly end: Instant;
}

/** What is drawn in one or more columns of a line, from an instant to another (milliseconds). */
export type Part<C extends Start, B extends Stretch> = {
  column: number;
  span: number;
  from: number;
  to: number;
} & (
  | { kind: 'free' | 'shut'; cell: C }
  /** A stretch that is taken; `begins` on its first part in the grid. Starts beneath it are `cells`. */
  | { kind: 'block'; block: B; begins: boolean; cells: readonly C[] }
  /** No start and nothing known. */
  | { kind: 'empty' }
);

/** A line of the grid. */
export interface Row<C extends Start, B extends Stretch> {
  key: string;
  /** The hour of the host's clock; lines after the first of an hour show none. */
  hour: number;
  line: number;
  /** The clock shows this hour for the second time. */
  again: boolean;
  /** Between this row and the one above lies time without starts. */
  gap: boolean;
  /** When the line begins, milliseconds: for the clock of another zone. */
  at: number;
  parts: readonly Part<C, B>[];
}

/** The grid of one day. */
export interface Grid<C extends Start, B extends Stretch> {
  /** Columns of a line. */
  columns: number;
  /** The minute of each column (0, 15, 30, 45); empty when the columns of the rows differ. */
  heads: readonly number[];
  rows: readonly Row<C, B>[];
}

/** The hour of one pass of the clock, with the starts in it. */
interface Hour<C> {
  hour: number;
  again: boolean;
  gap: boolean;
  at: number;
  cells: readonly C[];
}

const MINUTE = 60_000;
const WIDTHS = [60, 30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1];
const WIDEST = 6;

/**
 * Lays out the starts of one day and what is taken in it. `step` is the topic's, in minutes. Starts that are
 * no instants are left out; of two at the same instant the free one stays.
 */
export function quarterGrid<C extends Start, B extends Stretch>(
  starts: readonly C[],
  blocks: readonly B[],
  step: number,
): Grid<C, B> {
  const cells = inOrder(starts);
  const width = widthOf(cells, step);
  const inHour = 60 / width;
  const columns = largest(inHour, WIDEST);
  const phases = new Set(cells.map((cell) => cell.minute % width));
  const phase = phases.size === 1 ? Math.min(...phases) : 0;
  const heads =
    phases.size === 1 && columns === inHour
      ? Array.from({ length: columns }, (_, i) => i * width + phase)
      : [];
  const draw = new Drawing<C, B>(blocks, width, phase);
  const rows = hoursOf(cells, step).flatMap((hour) =>
    Array.from({ length: inHour / columns }, (_, line) => draw.row(hour, line, columns)),
  );
  return { columns, heads, rows };
}

/** The share of a part, from 0 to 1, that a meeting would cover; nothing when they do not meet. */
export function covered<C extends Start, B extends Stretch>(
  part: Part<C, B>,
  start: At,
  minutes: number,
): { from: number; to: number } | undefined {
  const begin = millis(start);
  const from = Math.max(0, (begin - part.from) / (part.to - part.from));
  const to = Math.min(1, (begin + minutes * MINUTE - part.from) / (part.to - part.from));
  return from < to ? { from, to } : undefined;
}

function inOrder<C extends Start>(starts: readonly C[]): C[] {
  const byInstant = new Map<number, C>();
  for (const cell of starts) {
    const at = millis(cell.start);
    if (!Number.isNaN(at) && !byInstant.get(at)?.free) byInstant.set(at, cell);
  }
  return [...byInstant].sort(([a], [b]) => a - b).map(([, cell]) => cell);
}

/** Puts the starts into hours of one pass of the clock. */
function hoursOf<C extends Start>(cells: readonly C[], step: number): Hour<C>[] {
  const hours: Hour<C>[] = [];
  for (const group of passes(cells)) {
    const [first] = group;
    if (!first) continue;
    const hour = Math.floor(first.minute / 60);
    const before = hours.at(-1);
    const last = before?.cells.at(-1);
    hours.push({
      hour,
      again: hours.some((other) => other.hour === hour),
      gap: last !== undefined && millis(first.start) - millis(last.start) > Math.max(60, step) * MINUTE,
      at: millis(first.start) - (first.minute % 60) * MINUTE,
      cells: group,
    });
  }
  return hours;
}

function passes<C extends Start>(cells: readonly C[]): C[][] {
  const groups: C[][] = [];
  let last: C | undefined;
  for (const cell of cells) {
    const goesOn =
      last && Math.floor(last.minute / 60) === Math.floor(cell.minute / 60) && last.minute < cell.minute;
    if (goesOn) groups.at(-1)?.push(cell);
    else groups.push([cell]);
    last = cell;
  }
  return groups;
}

function widthOf(cells: readonly Start[], step: number): number {
  const groups = passes(cells).map((group) => group.map((cell) => cell.minute % 60));
  const apart = (width: number) =>
    groups.every((minutes) => new Set(minutes.map((m) => Math.floor(m / width))).size === minutes.length);
  return WIDTHS.find((width) => width <= Math.max(1, step) && apart(width)) ?? 1;
}

function largest(of: number, most: number): number {
  return WIDTHS.find((divisor) => divisor <= most && of % divisor === 0) ?? 1;
}

/** Draws rows one after the other; it remembers which stretches it has begun. */
class Drawing<C extends Start, B extends Stretch> {
  readonly #blocks: readonly { block: B; from: number; to: number }[];
  readonly #width: number;
  readonly #phase: number;
  readonly #begun = new Set<B>();

  constructor(blocks: readonly B[], width: number, phase: number) {
    this.#blocks = blocks
      .map((block) => ({ block, from: millis(block.start), to: millis(block.end) }))
      .sort((a, b) => a.from - b.from);
    this.#width = width;
    this.#phase = phase;
  }

  row(hour: Hour<C>, line: number, columns: number): Row<C, B> {
    const first = line * columns;
    const parts: Part<C, B>[] = [];
    for (let column = 0; column < columns; column++) {
      const cell = hour.cells.find((c) => Math.floor((c.minute % 60) / this.#width) === first + column);
      const begin = hour.at + ((first + column) * this.#width + this.#phase) * MINUTE;
      this.#add(parts, column, cell ? millis(cell.start) : begin, cell);
    }
    return {
      key: `${hour.at}/${line}`,
      hour: hour.hour,
      line,
      again: hour.again,
      gap: hour.gap && line === 0,
      at: hour.at + first * this.#width * MINUTE,
      parts,
    };
  }

  #add(parts: Part<C, B>[], column: number, from: number, cell: C | undefined): void {
    const to = from + this.#width * MINUTE;
    const before = parts.at(-1);
    const held = cell?.free ? undefined : this.#blocks.find((b) => b.from < to && b.to > from)?.block;
    if (held && before?.kind === 'block' && before.block === held) {
      parts[parts.length - 1] = {
        ...before,
        span: before.span + 1,
        to,
        cells: cell ? [...before.cells, cell] : before.cells,
      };
    } else if (held && cell) {
      parts.push({
        kind: 'block',
        column,
        span: 1,
        from,
        to,
        block: held,
        begins: !this.#begun.has(held),
        cells: [cell],
      });
      this.#begun.add(held);
    } else if (cell) {
      parts.push({ kind: cell.free ? 'free' : 'shut', column, span: 1, from, to, cell });
    } else if (before?.kind === 'empty') {
      parts[parts.length - 1] = { ...before, span: before.span + 1, to };
    } else {
      parts.push({ kind: 'empty', column, span: 1, from, to });
    }
  }
}
