export type Side = 'top' | 'right' | 'bottom' | 'left';
export type Align = 'start' | 'center' | 'end';

/** How a sheet is to lie beside what opens it. */
export interface Wish {
  side: Side;
  align: Align;
  /** Pixels between the two. */
  gap: number;
}

/** Edges in the window, as a DOMRect has them. */
export interface Box {
  top: number;
  right: number;
  bottom: number;
  left: number;
}

export interface Size {
  width: number;
  height: number;
}

/** Where a sheet lies, in pixels of the window, and how high it may be there. */
export interface Place {
  side: Side;
  left: number;
  top: number;
  room: number;
}

const margin = 8;
/** A sheet is not squeezed below this; it rather covers what opens it. */
const least = 120;

const opposite: Record<Side, Side> = { top: 'bottom', right: 'left', bottom: 'top', left: 'right' };

/**
 * Where a sheet lies beside a box: on the side wished for, unless it does not fit there and the opposite side has more
 * room; never nearer than 8 pixels to the edge of the window, as far as the window is large enough.
 */
export function place(box: Box, sheet: Size, view: Size, { side: wished, align, gap }: Wish): Place {
  const free: Record<Side, number> = {
    top: box.top - gap - margin,
    right: view.width - box.right - gap - margin,
    bottom: view.height - box.bottom - gap - margin,
    left: box.left - gap - margin,
  };
  const upright = wished === 'top' || wished === 'bottom';
  const need = upright ? sheet.height : sheet.width;
  const side = need > free[wished] && free[opposite[wished]] > free[wished] ? opposite[wished] : wished;

  const whole = view.height - 2 * margin;
  const room = Math.max(0, upright ? Math.min(whole, Math.max(least, free[side])) : whole);
  const { width } = sheet;
  const height = Math.min(sheet.height, room);
  const spots: Record<Side, [left: number, top: number]> = {
    top: [along(box.left, box.right, width, align), box.top - gap - height],
    right: [box.right + gap, along(box.top, box.bottom, height, align)],
    bottom: [along(box.left, box.right, width, align), box.bottom + gap],
    left: [box.left - gap - width, along(box.top, box.bottom, height, align)],
  };
  const [left, top] = spots[side];
  return { side, room, left: within(left, width, view.width), top: within(top, height, view.height) };
}

function along(from: number, to: number, length: number, align: Align): number {
  if (align === 'start') return from;
  return align === 'end' ? to - length : (from + to - length) / 2;
}

function within(at: number, length: number, whole: number): number {
  return Math.round(Math.max(margin, Math.min(at, whole - margin - length)));
}
