import { faultOf, type Fault } from '../bridge/fault';

/**
 * Something that is asked of Go and shown: the last value stays while it is asked again, and of two answers
 * the one asked for later counts.
 */
export class Resource<T> {
  value = $state.raw<T | undefined>(undefined);
  fault = $state.raw<Fault | undefined>(undefined);
  busy = $state(false);
  readonly #ask: () => Promise<T>;
  #round = 0;

  constructor(ask: () => Promise<T>) {
    this.#ask = ask;
  }

  /** Asks (again). It never rejects: a failure is kept in `fault`, beside the last value. */
  async load(): Promise<void> {
    const round = ++this.#round;
    this.busy = true;
    try {
      const value = await this.#ask();
      if (round !== this.#round) return;
      this.#take(value);
      this.fault = undefined;
    } catch (thrown) {
      if (round !== this.#round) return;
      this.fault = faultOf(thrown);
    }
    this.busy = false;
  }

  // Most answers are what was there already: nothing is drawn anew for those.
  #take(value: T): void {
    if (this.value !== undefined && JSON.stringify(value) === JSON.stringify(this.value)) return;
    this.value = value;
  }

  /** Puts a value in the place of the one that was asked for; an answer under way does not count any more. */
  set(value: T): void {
    this.#round++;
    this.#take(value);
    this.fault = undefined;
    this.busy = false;
  }
}
