import type { Topic } from '../bridge/backend';
import type { Fault } from '../bridge/fault';
import type { Instant } from '../model/instant';
import type { Zone } from '../model/zone';
import type { ChosenStart } from './chosenstart.svelte';
import type { OpenDays } from './opendays.svelte';
import type { Resource } from './resource.svelte';

/** A dialog in which a start is picked: for a new booking, or another one for a booking that there is. */
export interface Picking {
  readonly topics: Resource<Topic[]>;
  /** What is met about, with the length and the place that this meeting has. */
  readonly topic: Topic | undefined;
  readonly slug: string;
  readonly days: OpenDays;
  readonly chosen: ChosenStart;
  /** Whose clock stands beside the host's. */
  readonly invitation: { readonly zone: Zone | '' };
  /** Why Go did not take it. */
  readonly fault: Fault | undefined;
  /** Somebody took the start meanwhile. */
  readonly lost: boolean;
  /** Chooses a start, free or not, on this page or another. */
  choose(start: Instant): Promise<void>;
  /** Asks the sources again. */
  retry(): Promise<void>;
}
