import { has, t } from '../../i18n/i18n.svelte';
import { hueLike } from '../../model/hexes';
import { millis, type Instant } from '../../model/instant';
import { move, moveOf } from '../../model/quarterMoves';
import { covered, quarterGrid, type Grid, type Part, type Row } from '../../model/quarters';
import { clock, range, shortDay } from '../../model/time';
import { city, dayOf, isNight, wallOf, type Zone } from '../../model/zone';
import type { Block, Cell, DayOffer, Topic } from '../../state/newbooking.svelte';
import { hues, type Hue } from '../../ui/hue';
import type { Cover, SlotPart, SlotRow, SlotUnder } from '../../ui/slots';
import { capital } from './words';

/** The grid of a day with what the host's sources hold. */
export type Quarters = Grid<Cell, Block>;

/** How a grid is looked at. */
export interface View {
  /** The host's zone, whose hours are the lines. */
  zone: Zone;
  /** The attendee's zone, when its clock shows something else. */
  second: Zone | undefined;
  topics: readonly Topic[];
  /** The chosen start, and how long the meeting lasts, in minutes. */
  chosen: Instant | '';
  minutes: number;
  /** Breaks that the topic keeps around it, in minutes. */
  before: number;
  after: number;
}

/** Lays out the starts of a day, `step` minutes apart. */
export function quartersOf(day: DayOffer, step: number): Quarters {
  return quarterGrid(day.cells, day.blocks, step);
}

/** Says whether the clocks of two zones differ at some start of the day. */
export function differs(day: DayOffer, zone: Zone, other: Zone): boolean {
  return day.cells.some(({ start }) => wallOf(start, zone)?.offset !== wallOf(start, other)?.offset);
}

/** The lines as SlotGrid draws them. */
export function linesOf(grid: Quarters, view: View): SlotRow[] {
  return grid.rows.map((row) => ({
    id: row.key,
    label: row.line > 0 ? '' : row.again ? `${row.hour} (2)` : String(row.hour),
    second: view.second === undefined ? undefined : secondClock(row.at, view.second, view.zone),
    gap: row.gap,
    parts: row.parts.map((part) => partOf(part, row, view)),
  }));
}

/** Where a key leads from a start: to the next one, free or not, since each can be asked why it is not. */
export function lead(grid: Quarters, from: string, key: string): string | undefined {
  const to = moveOf(key);
  return to && move(grid, from, to, () => true)?.start;
}

/** The id of the start at an instant, however that is written; nothing when it is not in the grid. */
export function idAt(grid: Quarters, at: Instant | ''): string | undefined {
  const wanted = at && millis(at);
  const starts = grid.rows.flatMap((row) => row.parts.flatMap(startsIn));
  return wanted === '' ? undefined : starts.find((start) => millis(start) === wanted);
}

function startsIn(part: Part<Cell, Block>): string[] {
  if (part.kind === 'empty') return [];
  return part.kind === 'block' ? part.cells.map((cell) => cell.start) : [part.cell.start];
}

function secondClock(at: number, zone: Zone, host: Zone): NonNullable<SlotRow['second']> {
  const night = isNight(at, zone);
  const day = dayOf(at, zone) === dayOf(at, host) ? '' : `${shortDay(at, zone, at)}, `;
  const args = { when: `${day}${clock(at, zone)}`, city: city(zone) };
  const title = night ? t('win.newbooking.second.night', args) : t('win.newbooking.second', args);
  return { text: clock(at, zone), night, title };
}

function partOf(part: Part<Cell, Block>, row: Row<Cell, Block>, view: View): SlotPart {
  const cover = view.chosen ? covered(part, view.chosen, view.minutes) : undefined;
  const breaks = breaksIn(part, view);
  if (part.kind === 'empty') return { kind: 'empty', span: part.span, breaks };
  if (part.kind === 'block') {
    const bar = { ...blockOf(part.block, view), ...textOf(part, view), span: part.span, cover, breaks };
    return { ...bar, under: part.cells.map((cell) => underOf(cell, part, view)) };
  }
  const { cell } = part;
  const isChosen = view.chosen !== '' && millis(cell.start) === millis(view.chosen);
  return {
    kind: cell.free ? 'free' : 'taken',
    id: cell.start,
    text: clock(cell.start, view.zone),
    why: cell.free ? (row.again ? t('win.newbooking.start.again') : undefined) : whyOf(cell),
    cover: isChosen ? undefined : cover,
    breaks,
  };
}

/** A start beneath a bar, at its column. */
function underOf(cell: Cell, { from, to, span }: Part<Cell, Block>, view: View): SlotUnder {
  const at = Math.round((millis(cell.start) - from) / ((to - from) / span));
  return { kind: 'taken', id: cell.start, text: clock(cell.start, view.zone), at };
}

/** What the breaks around the chosen meeting take of a part. */
function breaksIn(part: Part<Cell, Block>, { chosen, minutes, before, after }: View): Cover[] {
  if (chosen === '') return [];
  const begin = millis(chosen);
  const breaks = [
    covered(part, begin - before * 60_000, before),
    covered(part, begin + minutes * 60_000, after),
  ];
  return breaks.filter((one) => one !== undefined);
}

function textOf(
  { begins, block }: { begins: boolean; block: Block },
  view: View,
): { begins: boolean; text: string } {
  return { begins, text: begins ? `${titleOf(block)}, ${range(block.start, block.end, view.zone)}` : '' };
}

function blockOf(block: Block, view: View): { kind: 'block'; colour: Hue; title: string } {
  const source = sourceOf(block, view.zone);
  const title = `${titleOf(block)}${source && ` (${source})`}, ${range(block.start, block.end, view.zone)}`;
  return { kind: 'block', colour: hueOfBlock(block, view.topics), title };
}

/** "Zoom", or the calendar with the age of what is known from it. */
function sourceOf({ kind, source, checkedAt }: Block, zone: Zone): string {
  const key = `source.${kind}`;
  if (!source) return has(key) ? t(key) : '';
  return checkedAt ? t('win.newbooking.source.asof', { source, at: clock(checkedAt, zone) }) : source;
}

function titleOf(block: Block): string {
  return block.title || t('win.newbooking.untitled');
}

function hueOfBlock(block: Block, topics: readonly Topic[]): Hue {
  if (block.kind === 'zoom') return 'blue';
  if (block.kind === 'calendar') return hueLike(block.colour);
  return hueOf(topics.find((topic) => topic.slug === block.topic)?.colour);
}

/** The hue of a topic's colour; slate for one that is not ours. */
export function hueOf(colour: string | undefined): Hue {
  return hues.find((hue) => hue === colour) ?? 'slate';
}

function whyOf(cell: Cell): string {
  const key = `why.${cell.code}`;
  const why = has(key) ? capital(t(key)) : cell.code;
  // The words of a source that cannot be read come translated only with the whole answer.
  return cell.item && cell.code !== 'source-unknown' ? `${why}: ${cell.item}` : why;
}
