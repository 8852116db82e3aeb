import type { Choice } from './choice';
import { step } from './listkeys';

/** The list of a Select or a Combobox: whether it is open, and which choice the keys are at. */
export class Picking<T extends string> {
  open = $state(false);
  /** Index of the choice that Enter takes, -1 for none. */
  at = $state(-1);

  /** Id of the list. */
  readonly id: string;
  readonly #choices: () => readonly Choice<T>[];
  readonly #take: (value: T) => void;

  /** `take` gets what is chosen, also when it was chosen before. */
  constructor(id: string, choices: () => readonly Choice<T>[], take: (value: T) => void) {
    this.id = id;
    this.#choices = choices;
    this.#take = take;
  }

  /** Id of the choice that the keys are at, for a screen reader; the focus stays where it is. */
  get active(): string | undefined {
    return this.open && this.at >= 0 ? this.optionId(this.at) : undefined;
  }

  optionId(index: number): string {
    return `${this.id}-${index}`;
  }

  /** Opens the list at what is chosen, else where the key leads from nowhere. */
  show(value: T | undefined, key = 'Home'): void {
    const chosen = this.#choices().findIndex((choice) => choice.value === value && !choice.disabled);
    this.at = chosen >= 0 ? chosen : (this.#step(key, -1) ?? -1);
    this.open = true;
  }

  hide(): void {
    this.open = false;
  }

  /** Goes where a key leads; false for a key that is not a movement. */
  move(key: string): boolean {
    const next = this.#step(key, this.at);
    if (next !== undefined) this.go(next);
    return next !== undefined;
  }

  /** Goes to a choice and brings it into sight. */
  go(index: number): void {
    this.at = index;
    document.getElementById(this.optionId(index))?.scrollIntoView({ block: 'nearest' });
  }

  /** Takes a choice and closes the list; what is disabled is not taken. */
  pick(index = this.at): void {
    const choice = this.#choices()[index];
    if (!choice || choice.disabled) return;
    this.hide();
    this.#take(choice.value);
  }

  #step(key: string, from: number): number | undefined {
    const open = this.#choices().map((choice) => !choice.disabled);
    return step(key, from, open);
  }
}
