import type { Backend } from '../bridge/backend';

/** Something that is not kept. */
export interface Unkept {
  /** What it is, in words: "Schedule: Evenings". */
  readonly name: string;
  /** Keeps it. True when it is kept. */
  save(): Promise<boolean>;
  /** Brings it on the screen, where it says what is wrong. */
  turnTo(): void;
}

/** A part of the window in which something can be not kept. */
export interface Keeping {
  readonly unkept: readonly Unkept[];
  /** Keeps what is kept by itself and only waited for a pause. */
  settle?(): Promise<void>;
}

/** What the user is asked when the window is to be closed while something is not kept. */
export class Leaving {
  asks = $state(false);
  saving = $state(false);
  readonly #backend: Backend;
  #parts = $state.raw<readonly Keeping[]>([]);
  #told = false;

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  /** From now on the part counts. It may join while the screen is worked out. */
  join(part: Keeping): void {
    queueMicrotask(() => (this.#parts = [...this.#parts, part]));
  }

  get unkept(): readonly Unkept[] {
    return this.#parts.flatMap((part) => part.unkept);
  }

  /** Tells Go whether the window may be closed without a question. */
  async tell(unkept = this.unkept.length > 0, anew = false): Promise<void> {
    if (unkept === this.#told && !anew) return;
    this.#told = unkept;
    await this.#backend.shell.Unsaved(unkept);
  }

  /** The window is to be closed. */
  async asked(): Promise<void> {
    await this.tell(this.unkept.length > 0, true);
    if (this.asks) return;
    for (const part of this.#parts) await part.settle?.();
    if (this.unkept.length === 0) await this.close();
    else this.asks = true;
  }

  /** Keeps everything and closes the window; where that fails the user is led there. True when all is kept. */
  async save(): Promise<boolean> {
    if (this.saving) return false;
    this.saving = true;
    let failed: Unkept | undefined;
    for (const one of this.unkept) if (!failed && !(await one.save())) failed = one;
    this.saving = false;
    if (!failed) {
      await this.close();
      return true;
    }
    this.stay();
    failed.turnTo();
    return false;
  }

  /** Closes the window, whatever is not kept. */
  async close(): Promise<void> {
    await this.#backend.shell.Close();
  }

  stay(): void {
    this.asks = false;
  }
}
