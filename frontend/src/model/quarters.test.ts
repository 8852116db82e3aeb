import { describe, expect, it } from 'vitest';
import { millis } from './instant';
import { type Grid, type Stretch, covered, quarterGrid } from './quarters';
import { type Cell, dayOfStarts, dice, stretch } from './testdata/days';

const day = '2026-11-26';

function between(from: number, to: number, cells: Cell[]): Cell[] {
  return cells.filter((cell) => cell.minute >= from * 60 && cell.minute < to * 60);
}

/** A grid as lines of text: a digit for a free start's minute, x shut, # a block, . nothing. */
function drawn(grid: Grid<Cell, Stretch>): string[] {
  return grid.rows.map((row) => {
    const parts = row.parts.map((part) => {
      if (part.kind === 'block') return `${part.begins ? '[' : '='}${'#'.repeat(part.span)}`;
      if (part.kind === 'empty') return '.'.repeat(part.span);
      return part.kind === 'shut' ? 'x' : `:${part.cell.minute % 60}`;
    });
    return `${row.gap ? '-' : ''}${row.line === 0 ? row.hour : ''}${row.again ? 'a' : ''} ${parts.join(' ')}`;
  });
}

describe('quarterGrid', () => {
  it('lays out the day of the design', () => {
    const shut = [555, 570, 585, 750, 765, 945];
    const cells = between(
      8,
      17,
      dayOfStarts(day, 'UTC', 15, (minute) => !shut.includes(minute)),
    );
    const blocks = [stretch('10:00', '12:30'), stretch('13:00', '13:15'), stretch('16:15', '17:00')];
    const taken = cells.map((cell) => {
      const held = blocks.some((b) => b.start <= cell.start && cell.start < b.end);
      return held ? { ...cell, free: false } : cell;
    });
    const grid = quarterGrid(taken, blocks, 15);
    expect(grid.heads).toEqual([0, 15, 30, 45]);
    expect(drawn(grid)).toEqual([
      '8 :0 :15 :30 :45',
      '9 :0 x x x',
      '10 [####',
      '11 =####',
      '12 =## x x',
      '13 [# :15 :30 :45',
      '14 :0 :15 :30 :45',
      '15 :0 :15 :30 x',
      '16 :0 [###',
    ]);
  });

  it.each([
    [5, 6, []],
    [10, 6, [0, 10, 20, 30, 40, 50]],
    [15, 4, [0, 15, 30, 45]],
    [20, 3, [0, 20, 40]],
    [30, 2, [0, 30]],
    [60, 1, [0]],
    [90, 1, []],
  ])('gives a step of %i minutes %i columns', (step, columns, heads) => {
    const grid = quarterGrid(dayOfStarts(day, 'UTC', step), [], step);
    expect([grid.columns, grid.heads]).toEqual([columns, heads]);
  });

  it('breaks the hour of a step of 5 into two lines', () => {
    const grid = quarterGrid(between(9, 10, dayOfStarts(day, 'UTC', 5)), [], 5);
    expect(drawn(grid)).toEqual(['9 :0 :5 :10 :15 :20 :25', ' :30 :35 :40 :45 :50 :55']);
    expect(grid.rows.map((row) => row.at)).toEqual([millis(`${day}T09:00:00Z`), millis(`${day}T09:30:00Z`)]);
  });

  it('has no heads when the columns of the rows differ, and no two starts in one column', () => {
    const odd = dayOfStarts(day, 'UTC', 1).filter(
      ({ minute: m }) => m >= 540 && m < 700 && (m - 540) % 25 === 0,
    );
    const grid = quarterGrid(odd, [], 25);
    expect(grid.heads).toEqual([]);
    expect(drawn(grid)).toEqual(['9 :0 :25 :50', '10 :15 . :40', '11 :5 :30 .']);
    const mixed = dayOfStarts(day, 'UTC', 1).filter(({ minute: m }) => [540, 555, 560, 575, 590].includes(m));
    expect(drawn(quarterGrid(mixed, [], 15))).toEqual(['9 :0 :15 :20 :35 . :50']);
  });

  it('heads a grid that begins at another minute', () => {
    const cells = dayOfStarts(day, 'UTC', 1).filter(({ minute: m }) => m >= 550 && m < 640 && m % 15 === 10);
    const grid = quarterGrid(cells, [], 15);
    expect(grid.heads).toEqual([10, 25, 40, 55]);
    expect(drawn(grid)).toEqual(['9 :10 :25 :40 :55', '10 :10 :25 ..']);
  });

  it('marks a pause between the hours', () => {
    const all = dayOfStarts(day, 'UTC', 30);
    const grid = quarterGrid([...between(9, 11, all), ...between(14, 15, all)], [], 30);
    expect(drawn(grid)).toEqual(['9 :0 :30', '10 :0 :30', '-14 :0 :30']);
    expect(quarterGrid(dayOfStarts(day, 'UTC', 90), [], 90).rows.some((row) => row.gap)).toBe(false);
  });

  it('never hides a free start under a stretch', () => {
    const cells = between(
      9,
      10,
      dayOfStarts(day, 'UTC', 15, (minute) => minute === 555),
    );
    const grid = quarterGrid(cells, [stretch('09:00', '10:00')], 15);
    expect(drawn(grid)).toEqual(['9 [# :15 =##']);
  });

  it('shows the first of two stretches until it ends', () => {
    const cells = between(
      9,
      10,
      dayOfStarts(day, 'UTC', 15, () => false),
    );
    const grid = quarterGrid(cells, [stretch('09:20', '10:00'), stretch('08:00', '09:25')], 15);
    expect(drawn(grid)).toEqual(['9 [## [##']);
  });

  it('keeps the better of two starts at one instant and leaves out what is none', () => {
    const shut = { start: `${day}T09:00:00Z`, minute: 540, free: false, code: 'past' };
    const grid = quarterGrid([shut, { ...shut, free: true }, { ...shut, start: 'soon' }], [], 60);
    expect(drawn(grid)).toEqual(['9 :0']);
    expect(quarterGrid([], [], 15).rows).toEqual([]);
  });
});

describe('days when the clock changes', () => {
  const hours = (date: string, zone: string) =>
    quarterGrid(between(0, 5, dayOfStarts(date, zone, 15)), [], 15).rows.map(
      (r) => `${r.hour}${r.again ? 'a' : ''}`,
    );

  it('have an hour twice in autumn and none in spring', () => {
    expect(hours('2026-10-25', 'Europe/Warsaw')).toEqual(['0', '1', '2', '2a', '3', '4']);
    expect(hours('2026-03-29', 'Europe/Warsaw')).toEqual(['0', '1', '3', '4']);
  });

  it('change by half an hour on Lord Howe', () => {
    const grid = quarterGrid(between(1, 3, dayOfStarts('2026-04-05', 'Australia/Lord_Howe', 15)), [], 15);
    expect(drawn(grid)).toEqual(['1 :0 :15 :30 :45', '1a .. :30 :45', '2 :0 :15 :30 :45']);
  });

  it('draw no pause where the clock only jumps', () => {
    const grid = quarterGrid(dayOfStarts('2026-03-29', 'Europe/Warsaw', 15), [], 15);
    expect(grid.rows.filter((row) => row.gap)).toEqual([]);
    expect(grid.rows).toHaveLength(23);
  });

  it('draw a stretch through both passes', () => {
    const cells = between(
      1,
      4,
      dayOfStarts('2026-10-25', 'Europe/Warsaw', 30, () => false),
    );
    const grid = quarterGrid(cells, [stretch('00:30', '01:30', '2026-10-25')], 30);
    expect(drawn(grid)).toEqual(['1 x x', '2 x [#', '2a =# x', '3 x x']);
  });
});

describe('covered', () => {
  const [row] = quarterGrid(
    between(
      16,
      17,
      dayOfStarts(day, 'UTC', 15, (m) => m === 960),
    ),
    [stretch('16:15', '17:00')],
    15,
  ).rows;
  const share = (start: string, minutes: number) =>
    row?.parts.map((p) => covered(p, `${day}T${start}:00Z`, minutes));

  it('is the share of each part that a meeting takes', () => {
    expect(share('15:30', 60)).toEqual([
      { from: 0, to: 1 },
      { from: 0, to: 1 / 3 },
    ]);
    expect(share('16:30', 15)).toEqual([undefined, { from: 1 / 3, to: 2 / 3 }]);
  });

  it('is nothing for what only touches, and for no time', () => {
    expect(share('15:00', 60)).toEqual([undefined, undefined]);
    expect(share('17:00', 60)).toEqual([undefined, undefined]);
    expect(share('16:00', 0)).toEqual([undefined, undefined]);
    expect(row?.parts.map((p) => covered(p, 'soon', 60))).toEqual([undefined, undefined]);
  });
});

describe('any day', () => {
  it('has each start once, in order, in lines that are full and do not overlap', () => {
    const roll = dice(20261124);
    for (let round = 0; round < 150; round++) {
      const step = [5, 7, 10, 15, 20, 25, 30, 45, 60, 90][roll(10)] ?? 15;
      const [date = '', zone = ''] = [
        [day, 'UTC'],
        ['2026-10-25', 'Europe/Warsaw'],
        ['2026-03-29', 'Europe/Warsaw'],
        ['2026-04-05', 'Australia/Lord_Howe'],
      ][roll(4)] ?? [day, 'UTC'];
      const share = roll(5);
      const cells = dayOfStarts(date, zone, step, () => roll(4) < share).filter(() => roll(8) > 0);
      const blocks = Array.from({ length: roll(4) }, () => {
        const from = millis(`${date}T00:00:00Z`) + roll(1440) * 60_000;
        const end = from + (1 + roll(300)) * 60_000;
        return { start: new Date(from).toISOString(), end: new Date(end).toISOString() };
      });
      holds(quarterGrid(cells, blocks, step), cells, blocks);
    }
  });
});

function holds(grid: Grid<Cell, Stretch>, cells: Cell[], blocks: Stretch[]): void {
  const seen: Cell[] = [];
  const begun: Stretch[] = [];
  for (const row of grid.rows) {
    expect(row.parts.reduce((sum, part) => sum + part.span, 0)).toBe(grid.columns);
    let column = 0;
    for (const part of row.parts) {
      expect(part.column).toBe(column);
      column += part.span;
      if (part.kind === 'block') {
        seen.push(...part.cells);
        expect(part.cells.some((cell) => cell.free)).toBe(false);
        expect(millis(part.block.start)).toBeLessThan(part.to);
        expect(millis(part.block.end)).toBeGreaterThan(part.from);
        if (part.begins) begun.push(part.block);
      } else if (part.kind !== 'empty') {
        seen.push(part.cell);
        expect(part.kind === 'free').toBe(part.cell.free);
        expect(part.from).toBe(millis(part.cell.start));
      }
    }
  }
  expect(seen).toEqual(cells);
  expect(new Set(begun).size).toBe(begun.length);
  expect(begun.every((block) => blocks.includes(block))).toBe(true);
  expect(new Set(grid.rows.map((row) => row.key)).size).toBe(grid.rows.length);
}
