import type { SlotPart, SlotRow } from '../slots';

const busy = new Set(['9:15', '9:30', '9:45', '12:30', '12:45', '15:45', '16:00']);

function cells(hour: number, minutes: readonly number[]): SlotPart[] {
  return minutes.map((minute) => {
    const text = `${hour}:${String(minute).padStart(2, '0')}`;
    const taken = busy.has(text);
    return taken
      ? { kind: 'taken', id: text, text, why: 'Za mało czasu do następnego spotkania' }
      : { kind: 'free', id: text, text };
  });
}

const all = [0, 15, 30, 45];
const hearing = { kind: 'block', title: 'Rozprawa, Sąd Okręgowy, 10:00–12:30', colour: 'slate' } as const;
const parts: Record<number, SlotPart[]> = {
  8: cells(8, all),
  9: cells(9, all),
  10: [{ ...hearing, text: hearing.title, span: 4, begins: true }],
  11: [{ ...hearing, text: '', span: 4, begins: false }],
  12: [{ ...hearing, text: '', span: 2, begins: false }, ...cells(12, [30, 45])],
  13: [
    {
      kind: 'block',
      text: 'Kwadrans pytań',
      title: 'Kwadrans pytań, 13:00',
      colour: 'teal',
      span: 1,
      begins: true,
    },
    ...cells(13, [15, 30, 45]),
  ],
  14: cells(14, all),
  15: cells(15, all),
  16: [
    ...cells(16, [0]),
    {
      kind: 'block',
      text: 'Konsultacja wstępna, 16:15',
      title: 'Konsultacja wstępna, 16:15–17:00 (Zoom)',
      colour: 'green',
      span: 3,
      begins: true,
    },
  ],
};

const times = Object.values(parts)
  .flat()
  .flatMap((part) => ('id' in part ? [part.id] : []));

/** The day of the pictures, with an hour's meeting that begins at `start`. */
export function day(start?: string): SlotRow[] {
  const from = start === undefined ? undefined : minute(start);
  return Object.entries(parts).map(([hour, row]) => ({
    id: hour,
    label: hour,
    second: { text: `${Number(hour) - 6}:00`, night: Number(hour) < 14, title: 'Nowy Jork' },
    parts: covered(row, Number(hour) * 60, from),
  }));
}

function covered(row: readonly SlotPart[], begin: number, from: number | undefined): SlotPart[] {
  let at = begin;
  return row.map((part) => {
    const length = ('span' in part ? part.span : 1) * 15;
    const start = at;
    at += length;
    if (from === undefined || part.kind === 'empty' || start + length <= from || start >= from + 60)
      return part;
    return { ...part, cover: { from: 0, to: Math.min(1, (from + 60 - start) / length) } };
  });
}

function minute(time: string): number {
  const [hour = 0, rest = 0] = time.split(':').map(Number);
  return hour * 60 + rest;
}

/** Left and right in time, up and down by four starts: enough of a model for tests and pictures. */
export function lead(from: string, key: string): string | undefined {
  const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -4, ArrowDown: 4 }[key];
  if (key === 'Home') return times[0];
  if (key === 'End') return times[times.length - 1];
  return by === undefined ? undefined : times[times.indexOf(from) + by];
}
