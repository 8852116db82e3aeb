import { fold } from './choice';

const pause = 1_000;

/** The character that a key types, if it types one. */
export function typed(event: KeyboardEvent): string | undefined {
  const command = event.ctrlKey || event.metaKey || event.altKey;
  return event.key.length === 1 && (!command || event.getModifierState('AltGraph')) ? event.key : undefined;
}

/** Finds in a list what begins with the letters typed one after the other; the same letter again goes to the next. */
export class Typeahead {
  #text = '';
  #last = -Infinity;

  /** Whether letters were typed just now, so that a space belongs to them. Times are those of the events. */
  runs(now: number): boolean {
    return this.#text !== '' && now - this.#last < pause;
  }

  /** The index that the letter leads to; an empty label is never found. */
  find(letter: string, now: number, labels: readonly string[], from: number): number | undefined {
    this.#text = (this.runs(now) ? this.#text : '') + fold(letter);
    this.#last = now;
    const [first = ''] = this.#text;
    const again = this.#text === first.repeat(this.#text.length);
    const wanted = again ? first : this.#text;
    const start = again ? from + 1 : Math.max(from, 0);
    const order = labels.map((_, i) => (start + i) % labels.length);
    return order.find((i) => fold(labels[i] ?? '').startsWith(wanted));
  }
}
