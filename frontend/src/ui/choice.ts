import type { Hue } from './hue';
import type { Icon } from './icon';

/** Something to choose in a Select or a Combobox. */
export interface Choice<T extends string = string> {
  value: T;
  label: string;
  /** Quieter words after the label: "60 min, Zoom". */
  detail?: string | undefined;
  icon?: Icon | undefined;
  /** A small square of this hue before the label. */
  colour?: Hue | undefined;
  /** The head it stands under; choices of one group follow one another. */
  group?: string | undefined;
  disabled?: boolean | undefined;
  /** Why it is disabled, drawn under the label. */
  reason?: string | undefined;
  /** More words it is found by. */
  words?: string | undefined;
}

/** Choices parted by their group, in their order. */
export function grouped<T extends string>(
  choices: readonly Choice<T>[],
): { name: string | undefined; choices: Choice<T>[] }[] {
  const groups: { name: string | undefined; choices: Choice<T>[] }[] = [];
  for (const choice of choices) {
    const last = groups[groups.length - 1];
    if (last && last.name === choice.group) last.choices.push(choice);
    else groups.push({ name: choice.group, choices: [choice] });
  }
  return groups;
}

/** A text as it is searched: small letters without accents, so that "lodz" finds "Łódź". */
export function fold(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replace(/ł/g, 'l').replace(/[_/]/g, ' ');
}

/** The choices in which every word of the query begins a word. */
export function search<T extends string>(choices: readonly Choice<T>[], query: string): Choice<T>[] {
  const wanted = fold(query).split(/\s+/).filter(Boolean);
  return choices.filter((choice) => {
    const text = ` ${fold(`${choice.label} ${choice.detail ?? ''} ${choice.words ?? ''}`)}`;
    return wanted.every((word) => text.includes(` ${word}`) || text.includes(`(${word}`));
  });
}
