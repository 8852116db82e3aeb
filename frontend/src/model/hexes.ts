// The colours of tokens.css as they are in the light: what other programs are told, since they know no names.
const hexes = {
  green: '#008968',
  teal: '#008394',
  blue: '#3178ba',
  violet: '#7a63b5',
  heather: '#a3548b',
  coral: '#b05834',
  amber: '#966c00',
  slate: '#63797f',
  olive: '#6b7e16',
} as const;

/** The name of a hue, as the controls have it. */
export type HueName = keyof typeof hexes;

/** All of them. */
export const hueNames = Object.keys(hexes) as readonly HueName[];

/** A hue as #rrggbb. */
export const hexOf = (hue: HueName): string => hexes[hue];

/** The hue that looks most like #rrggbb; slate for a grey, and for what is no colour. */
export function hueLike(hex: string): HueName {
  const wanted = angle(hex);
  if (wanted === undefined) return 'slate';
  const away = (hue: HueName) => {
    const turn = Math.abs(wanted - (angle(hexes[hue]) ?? wanted + 3));
    return Math.min(turn, 6 - turn);
  };
  return hueNames.reduce((best, hue) => (away(hue) < away(best) ? hue : best));
}

// Where a colour lies in the circle, 0 to 6 from red over green and blue; greys lie nowhere.
function angle(hex: string): number | undefined {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const most = Math.max(r, g, b);
  const width = most - Math.min(r, g, b);
  if (!(width >= 40)) return undefined;
  if (most === r) return ((g - b) / width + 6) % 6;
  return most === g ? (b - r) / width + 2 : (r - g) / width + 4;
}
