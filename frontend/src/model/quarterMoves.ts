import { millis } from './instant';
import type { Grid, Row, Start, Stretch } from './quarters';

/** Where a key leads to in the grid of starts. */
export type Move = 'left' | 'right' | 'up' | 'down' | 'first' | 'last';

const KEYS: Readonly<Record<string, Move>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
};

/** The move that a key (KeyboardEvent.key) asks for. */
export function moveOf(key: string): Move | undefined {
  return Object.hasOwn(KEYS, key) ? KEYS[key] : undefined;
}

/** A start and where it stands. */
interface Spot<C> {
  cell: C;
  line: number;
  column: number;
}

/**
 * The start that a move leads to, among those that are `open` (the free ones, unless said otherwise): left and
 * right go through time, up and down to the nearest column of the next line that has one. From a start that is
 * not in the grid every move leads to the first. Nothing at the edge.
 */
export function move<C extends Start, B extends Stretch>(
  grid: Grid<C, B>,
  from: string | undefined,
  to: Move,
  open: (cell: C) => boolean = (cell) => cell.free,
): C | undefined {
  const all = spots(grid.rows);
  const here = all.findIndex((spot) => spot.cell.start === from);
  const spot = all[here];
  if (!spot || to === 'first') return all.find(isOpen)?.cell;
  if (to === 'last' || to === 'left')
    return all.slice(0, to === 'left' ? here : undefined).findLast(isOpen)?.cell;
  if (to === 'right') return all.slice(here + 1).find(isOpen)?.cell;
  return nearest(all.filter(isOpen), spot, to === 'up' ? -1 : 1)?.cell;

  function isOpen({ cell }: Spot<C>): boolean {
    return open(cell);
  }
}

function nearest<C>(open: readonly Spot<C>[], from: Spot<C>, way: 1 | -1): Spot<C> | undefined {
  let best: Spot<C> | undefined;
  for (const spot of open) {
    if ((spot.line - from.line) * way <= 0) continue;
    const lines = best ? (best.line - spot.line) * way : 1;
    const columns = best ? Math.abs(best.column - from.column) - Math.abs(spot.column - from.column) : 1;
    if (lines > 0 || (lines === 0 && columns > 0)) best = spot;
  }
  return best;
}

function spots<C extends Start, B extends Stretch>(rows: readonly Row<C, B>[]): Spot<C>[] {
  return rows.flatMap((row, line) =>
    row.parts.flatMap((part) => {
      if (part.kind === 'empty') return [];
      if (part.kind !== 'block') return [{ cell: part.cell, line, column: part.column }];
      const width = (part.to - part.from) / part.span;
      return part.cells.map((cell) => ({
        cell,
        line,
        column: part.column + Math.round((millis(cell.start) - part.from) / width),
      }));
    }),
  );
}
