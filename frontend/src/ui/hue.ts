/** A colour of a topic, by the name the program stores. The class `hue-<name>` sets --bg, --c and --fg. */
export type Hue = 'green' | 'teal' | 'blue' | 'violet' | 'heather' | 'coral' | 'amber' | 'slate' | 'olive';

/** All hues, in the order in which a person picks from them. */
export const hues: readonly Hue[] = [
  'green',
  'teal',
  'blue',
  'violet',
  'heather',
  'coral',
  'amber',
  'slate',
  'olive',
];

// Slate is the grey of things switched off; nobody is that.
const personal = hues.filter((hue) => hue !== 'slate');

/** The hue somebody's avatar has: the same for the same name, always. */
export function hueOf(name: string): Hue {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return personal[sum % personal.length] ?? 'green';
}
