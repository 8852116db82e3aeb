/** An element of an icon, as lucide writes it down. */
export type Shape = readonly [tag: string, attributes: Readonly<Record<string, string>>];

/**
 * The line of a shape as the data of a path, which can stand behind that of another one; nothing for a shape that has
 * more to it than its line, or is a slanting stroke: where two of those cross within one path, small icons get a notch.
 */
export function outline([tag, attributes]: Shape): string | undefined {
  const known = shapes[tag];
  if (!known || Object.keys(attributes).some((name) => !known.takes.includes(name))) return undefined;
  const line = known.line(attributes);
  return line && slants(line) ? undefined : line;
}

interface Kind {
  readonly takes: readonly string[];
  readonly line: (attributes: Readonly<Record<string, string>>) => string | undefined;
}

const shapes: Readonly<Record<string, Kind>> = {
  path: { takes: ['d'], line: ({ d = '' }) => absolute(d) },
  circle: { takes: ['cx', 'cy', 'r'], line: ({ cx, cy, r }) => round(Number(cx), Number(cy), Number(r)) },
  rect: {
    takes: ['x', 'y', 'width', 'height', 'rx', 'ry'],
    line: ({ x, y, width, height, rx = '0', ry = rx }) =>
      rx === ry ? box(Number(x), Number(y), Number(width), Number(height), Number(rx)) : undefined,
  },
  line: { takes: ['x1', 'y1', 'x2', 'y2'], line: ({ x1, y1, x2, y2 }) => `M${x1} ${y1}L${x2} ${y2}` },
};

const number = String.raw`(-?(?:\d*\.\d+|\d+))`;
const between = String.raw`[\s,]*`;

// A path may begin with "m", which is counted from where another one ended; the pairs after it are ends of lines.
const begin = new RegExp(`^m${between}${number}${between}${number}${between}(.*)$`, 's');

const stroke = new RegExp(`^M${number}${between}${number}${between}([lL]?)${number}${between}${number}$`);

function slants(line: string): boolean {
  const [, x, y, way, x2, y2] = stroke.exec(line) ?? [];
  const from = way === 'l' ? ['0', '0'] : [x, y];
  return way !== undefined && Number(x2) !== Number(from[0]) && Number(y2) !== Number(from[1]);
}

function absolute(d: string): string | undefined {
  if (d.startsWith('M')) return d;
  const [, x, y, rest = ''] = begin.exec(d) ?? [];
  if (x === undefined || y === undefined) return undefined;
  return `M${x} ${y}${/^[-\d.]/.test(rest) ? 'l' : ''}${rest}`;
}

function round(cx: number, cy: number, r: number): string {
  return `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
}

function box(x: number, y: number, width: number, height: number, r: number): string {
  const turn = (dx: number, dy: number) => (r ? `a${r} ${r} 0 0 1 ${dx} ${dy}` : '');
  const [across, down] = [width - 2 * r, height - 2 * r];
  return `M${x + r} ${y}h${across}${turn(r, r)}v${down}${turn(-r, r)}h${-across}${turn(-r, -r)}v${-down}${turn(r, -r)}z`;
}
