import { describe, expect, it } from 'vitest';
import { office } from '../../bridge/fake/world';
import type { Block, Cell, DayOffer } from '../../state/newbooking.svelte';
import { differs, idAt, lead, linesOf, quartersOf, type View } from './grid';

const warsaw = 'Europe/Warsaw';

/** A day whose starts lie `step` minutes apart, from an instant on. */
function day(from: string, count: number, step: number, more: Partial<DayOffer> = {}): DayOffer {
  const cells: Cell[] = Array.from({ length: count }, (_, i) => {
    const at = Date.parse(from) + i * step * 60_000;
    const [hour = 0, minute = 0] = new Intl.DateTimeFormat('en-GB', {
      timeZone: warsaw,
      hour: '2-digit',
      minute: '2-digit',
    })
      .format(at)
      .split(':')
      .map(Number);
    return {
      start: new Date(at).toISOString().replace('.000', ''),
      minute: hour * 60 + minute,
      free: true,
      code: '',
      item: '',
    };
  });
  return { date: from.slice(0, 10), load: 0, free: count, cells, blocks: [], ...more };
}

const view = (more: Partial<View> = {}): View => ({
  zone: warsaw,
  second: undefined,
  topics: office().topics,
  chosen: '',
  minutes: 60,
  before: 0,
  after: 0,
  ...more,
});

const block = (more: Partial<Block>): Block => ({
  start: '2026-11-26T08:00:00Z',
  end: '2026-11-26T08:30:00Z',
  title: 'Stand-up',
  kind: 'zoom',
  topic: '',
  source: '',
  checkedAt: '',
  colour: '',
  ...more,
});

describe('the lines', () => {
  it('say the hour of the other clock, with a moon at night', () => {
    const open = day('2026-11-26T11:00:00Z', 8, 15);
    const lines = linesOf(quartersOf(open, 15), view({ second: 'America/New_York' }));
    expect(lines.map((line) => [line.label, line.second])).toEqual([
      ['12', { text: '6:00', night: true, title: '6:00, New York, night' }],
      ['13', { text: '7:00', night: false, title: '7:00, New York' }],
    ]);
    const [first] = linesOf(quartersOf(open, 15), view({ second: 'Pacific/Auckland' }));
    expect(first?.second?.title).toBe('Fri 27 Nov, 0:00, Auckland, night');
  });

  it('tint what the chosen meeting covers, but not its start', () => {
    const grid = quartersOf(day('2026-11-26T08:00:00Z', 8, 15), 15);
    const chosen = '2026-11-26T09:30:00+01:00';
    const covered = linesOf(grid, view({ chosen })).flatMap((line) =>
      line.parts.flatMap((part) => ('id' in part && part.cover ? [part.text] : [])),
    );
    expect(covered).toEqual(['9:45', '10:00', '10:15']);
    expect(idAt(grid, chosen)).toBe('2026-11-26T08:30:00Z');
    expect(idAt(grid, '')).toBeUndefined();
  });

  it('draw what is taken in the colour of its topic or source, with the words once', () => {
    const open = day('2026-11-26T08:00:00Z', 8, 15);
    open.cells = open.cells.map((cell, i) =>
      i < 7 ? { ...cell, free: false, code: 'busy-zoom', item: 'Stand-up' } : cell,
    );
    open.blocks = [
      block({ end: '2026-11-26T09:15:00Z' }),
      block({
        start: '2026-11-26T09:15:00Z',
        end: '2026-11-26T09:30:00Z',
        title: '',
        kind: 'booking',
        topic: 'porada-prawna',
      }),
      block({
        start: '2026-11-26T09:30:00Z',
        end: '2026-11-26T09:45:00Z',
        kind: 'calendar',
        source: 'Kancelaria',
        checkedAt: '2026-11-26T07:12:00Z',
        colour: '#7a63b5',
      }),
    ];
    const blocks = linesOf(quartersOf(open, 15), view()).flatMap((line) =>
      line.parts.flatMap((part) =>
        part.kind === 'block' ? [[part.text, part.title, part.colour, part.span]] : [],
      ),
    );
    expect(blocks).toEqual([
      ['Stand-up, 9:00–10:15', 'Stand-up (Zoom), 9:00–10:15', 'blue', 4],
      ['', 'Stand-up (Zoom), 9:00–10:15', 'blue', 1],
      ['no title, 10:15–10:30', 'no title, 10:15–10:30', 'blue', 1],
      ['Stand-up, 10:30–10:45', 'Stand-up (Kancelaria, as of 8:12), 10:30–10:45', 'violet', 1],
    ]);
  });

  it('have the starts beneath a bar at their columns', () => {
    const open = day('2026-11-26T08:00:00Z', 8, 15);
    open.cells = open.cells.map((cell, i) => (i > 4 ? { ...cell, free: false, code: 'busy-zoom' } : cell));
    open.blocks = [block({ start: '2026-11-26T09:15:00Z', end: '2026-11-26T10:00:00Z' })];
    const grid = quartersOf(open, 15);
    const [bar] = linesOf(grid, view()).flatMap((line) => line.parts.filter((part) => part.kind === 'block'));
    expect(bar?.under).toEqual([
      { kind: 'taken', id: '2026-11-26T09:15:00Z', text: '10:15', at: 0 },
      { kind: 'taken', id: '2026-11-26T09:30:00Z', text: '10:30', at: 1 },
      { kind: 'taken', id: '2026-11-26T09:45:00Z', text: '10:45', at: 2 },
    ]);
    expect(idAt(grid, '2026-11-26T10:30:00+01:00')).toBe('2026-11-26T09:30:00Z');
  });

  it('hatch the breaks around the chosen meeting, in the parts that they take', () => {
    const grid = quartersOf(day('2026-11-26T08:00:00Z', 12, 15), 15);
    const chosen = '2026-11-26T10:00:00+01:00';
    const parts = linesOf(grid, view({ chosen, before: 15, after: 20 })).flatMap((line) => line.parts);
    const hatched = parts.flatMap((part) =>
      'id' in part && part.breaks?.length ? [[part.text, part.breaks]] : [],
    );
    expect(hatched).toEqual([
      ['9:45', [{ from: 0, to: 1 }]],
      ['11:00', [{ from: 0, to: 1 }]],
      ['11:15', [{ from: 0, to: expect.closeTo(1 / 3) as number }]],
    ]);
  });

  it('say why a start is not free', () => {
    const open = day('2026-11-26T08:00:00Z', 3, 15);
    open.cells = [
      { code: 'buffer', item: 'Stand-up' },
      { code: 'source-unknown', item: 'no network' },
      { code: 'off-hours', item: '' },
    ].map((why, i) => ({ ...(open.cells[i] as Cell), ...why, free: false }));
    const parts = linesOf(quartersOf(open, 15), view()).flatMap((line) => line.parts);
    expect(parts.flatMap((part) => ('id' in part ? [part.why] : []))).toEqual([
      'Too close to another meeting (buffer): Stand-up',
      'A source cannot be read',
      'Outside the schedule’s hours',
    ]);
  });

  it('draw an hour that the clock shows twice as two lines', () => {
    const lines = linesOf(quartersOf(day('2026-10-24T23:00:00Z', 16, 15), 15), view());
    expect(lines.map((line) => line.label)).toEqual(['1', '2', '2 (2)', '3']);
    const again = lines[2]?.parts[0];
    expect(again).toMatchObject({ text: '2:00', why: 'The same hour again: the clocks went back' });
  });

  it('leave out an hour that the clock skips', () => {
    const lines = linesOf(quartersOf(day('2026-03-29T00:00:00Z', 8, 15), 15), view());
    expect(lines.map((line) => line.label)).toEqual(['1', '3']);
  });

  it.each([
    [20, 3, 1],
    [30, 2, 1],
    [60, 1, 1],
    [5, 6, 2],
  ])('have %i minutes as %i columns in %i lines', (step, columns, lines) => {
    const grid = quartersOf(day('2026-11-26T08:00:00Z', 60 / step, step), step);
    expect([grid.columns, linesOf(grid, view()).length]).toEqual([columns, lines]);
    expect(linesOf(grid, view()).map((line) => line.label)).toEqual(['9', ''].slice(0, lines));
  });
});

describe('keys', () => {
  it('lead to every start, since each can be asked why it is not free', () => {
    const open = day('2026-11-26T08:00:00Z', 8, 15);
    open.cells = open.cells.map((cell, i) =>
      i === 1
        ? { ...cell, free: false, code: 'busy-zoom' }
        : i === 2
          ? { ...cell, free: false, code: 'past' }
          : cell,
    );
    open.blocks = [block({ start: '2026-11-26T08:15:00Z' })];
    const grid = quartersOf(open, 15);
    expect(lead(grid, '2026-11-26T08:00:00Z', 'ArrowRight')).toBe('2026-11-26T08:15:00Z');
    expect(lead(grid, '2026-11-26T08:15:00Z', 'ArrowRight')).toBe('2026-11-26T08:30:00Z');
    expect(lead(grid, '2026-11-26T08:00:00Z', 'ArrowDown')).toBe('2026-11-26T09:00:00Z');
    expect(lead(grid, '2026-11-26T08:00:00Z', 'ArrowLeft')).toBeUndefined();
    expect(lead(grid, '2026-11-26T08:00:00Z', 'a')).toBeUndefined();
  });
});

describe('a second clock', () => {
  it('is there only when it shows something else', () => {
    const open = day('2026-11-26T08:00:00Z', 4, 15);
    expect(differs(open, warsaw, 'Europe/Berlin')).toBe(false);
    expect(differs(open, warsaw, 'Europe/London')).toBe(true);
  });
});
