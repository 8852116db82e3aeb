import type { BookResult, Conflict } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import type { Instant } from '../model/instant';

/** What a chosen start still needs before it can be booked. */
export type StartLack = 'start' | 'checking' | 'never' | 'conflict' | 'reason' | 'zoom';

// What has passed cannot be booked by anybody, nor can a host who may not lead.
const never = ['past', 'host-not-active'];

/** The start that the host chose, and what stands against it. */
export class ChosenStart {
  /** Empty while none is chosen. */
  at = $state<Instant | ''>('');
  conflicts = $state.raw<readonly Conflict[]>([]);
  checking = $state(false);
  /** Why it is not known what stands against it. */
  unchecked = $state.raw<Fault | undefined>(undefined);
  /** The host wants it all the same, and says why. */
  anyway = $state(false);
  reason = $state('');
  /** The stronger yes: the host knows that two meetings of one Zoom user meet. */
  knows = $state(false);
  readonly #ask: (at: Instant) => Promise<readonly Conflict[]>;
  readonly #inZoom: () => boolean;
  #said = $state(false);
  #round = 0;

  /** `inZoom` says whether the meeting would be held in Zoom. */
  constructor(ask: (at: Instant) => Promise<readonly Conflict[]>, inZoom: () => boolean) {
    this.#ask = ask;
    this.#inZoom = inZoom;
  }

  /** A Zoom meeting of the same host is in the way of this one. */
  get overZoom(): boolean {
    return this.#inZoom() && (this.#said || this.conflicts.some((conflict) => conflict.code === 'busy-zoom'));
  }

  /** It cannot be had, whatever the reason. */
  get forbidden(): boolean {
    return this.conflicts.some((conflict) => never.includes(conflict.code));
  }

  /** Nothing stands against it, as far as is known. */
  get free(): boolean {
    return this.at !== '' && !this.checking && !this.unchecked && this.conflicts.length === 0;
  }

  get lack(): StartLack | undefined {
    if (!this.at) return 'start';
    if (this.checking || this.unchecked) return 'checking';
    if (this.conflicts.length === 0) return undefined;
    if (this.forbidden) return 'never';
    if (!this.anyway) return 'conflict';
    if (!this.reason.trim()) return 'reason';
    return this.overZoom && !this.knows ? 'zoom' : undefined;
  }

  /** What Go is told to book over conflicts. */
  get over(): { reason: string; overZoom: boolean } {
    const over = this.conflicts.length > 0;
    return { reason: over ? this.reason.trim() : '', overZoom: over && this.overZoom && this.knows };
  }

  /** Takes another start, or the same for another meeting; a yes to the conflicts of before does not hold. */
  take(at: Instant | ''): void {
    if (at !== this.at) this.conflicts = [];
    this.at = at;
    this.anyway = false;
    this.knows = false;
    this.#said = false;
  }

  /** Looks at it anew. The page knows which of its starts are free; what stands against the others Go says. */
  async look(free: boolean): Promise<void> {
    const round = ++this.#round;
    this.unchecked = undefined;
    this.checking = this.at !== '' && !free;
    if (!this.checking) {
      this.conflicts = [];
      return;
    }
    const [found, fault] = await this.#ask(this.at).then(
      (list) => [list, undefined] as const,
      (thrown: unknown) => [[], faultOf(thrown)] as const,
    );
    if (round !== this.#round) return;
    this.conflicts = found;
    this.unchecked = fault;
    this.checking = false;
  }

  /** Takes in why Go did not book it. */
  refused({ conflicts, overZoom }: BookResult): void {
    this.#round++;
    this.checking = false;
    this.conflicts = conflicts;
    this.#said = overZoom;
  }
}
