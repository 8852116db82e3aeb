import type { Topic } from '../bridge/backend';
import { faultOf } from '../bridge/fault';
import type { TextKey } from '../i18n/keys';
import { differing, picked, same, type TopicField } from './topicchecks';
import { TopicValues } from './topicvalues.svelte';

/** How a form stands towards the data file. */
export type Standing = 'idle' | 'pending' | 'saving' | 'saved' | 'undone' | 'wrong' | 'failed';

/** The way of a topic to Go. */
export interface Keeper {
  /** The topic as it is kept now; undefined when it was removed. */
  latest(slug: string): Promise<Topic | undefined>;
  keep(topic: Topic): Promise<Topic>;
}

/** How long a pause in typing is, in milliseconds. */
export const pause = 600;

/**
 * The form of a topic that exists. It saves by itself after a pause and when a field is left; a field with
 * a wrong value is held back alone. Of what changes elsewhere meanwhile it takes every field that the user
 * has not touched.
 */
export class TopicForm extends TopicValues {
  readonly slug: string;
  saving = $state(false);
  /** When it was saved last, in milliseconds since 1970. */
  savedAt = $state<number | undefined>(undefined);
  /** The topic was removed by somebody else. */
  gone = $state(false);
  #undone = $state(false);
  #base: Topic;
  #past = $state.raw<readonly Partial<Topic>[]>([]);
  readonly #keeper: Keeper;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #again = false;

  constructor(topic: Topic, keeper: Keeper) {
    super(topic);
    this.#base = $state.raw(topic);
    this.slug = topic.slug;
    this.#keeper = keeper;
  }

  /** The fields that are not kept as they stand in the form. */
  get dirty(): TopicField[] {
    return differing(this.values, this.#base);
  }

  get standing(): Standing {
    if (this.dirty.length > 0 && this.fault) return 'failed';
    if (this.saving) return 'saving';
    if (this.wrong) return 'wrong';
    if (this.dirty.length > 0) return 'pending';
    if (this.savedAt === undefined) return 'idle';
    return this.#undone ? 'undone' : 'saved';
  }

  /** Why something is not saved. */
  get wrong(): TextKey | undefined {
    const field = this.dirty.find((dirty) => this.problem(dirty));
    return field && this.problem(field);
  }

  get canUndo(): boolean {
    return this.dirty.length > 0 || this.#past.length > 0;
  }

  /** The user paused or left a field: what is right is saved, what is wrong is said. */
  async flush(): Promise<void> {
    this.stop();
    this.judge(this.dirty);
    await this.#save(true);
  }

  /** Takes the topic as it is kept now, except for what the user is changing. */
  external(topic: Topic): void {
    this.gone = false;
    this.#settle(topic, this.#base);
  }

  /** Takes back what is not saved, else the last save. */
  async undo(): Promise<void> {
    this.stop();
    await this.#running;
    if (this.dirty.length > 0) {
      this.values = this.#base;
      this.fault = undefined;
      return this.forgive();
    }
    const last = this.#past.at(-1);
    if (!last) return;
    this.#past = this.#past.slice(0, -1);
    this.values = { ...this.values, ...last };
    await this.#save(false);
  }

  /** Lets the save go that waits for a pause. */
  stop(): void {
    clearTimeout(this.#timer);
  }

  protected override changed(): void {
    this.stop();
    this.#timer = setTimeout(() => void this.flush(), pause);
  }

  // One save after the other, so that the last one counts.
  async #save(undoable: boolean): Promise<void> {
    if (this.saving) this.#again = true;
    else this.#running = this.#run(undoable);
    await this.#running;
  }

  async #run(undoable: boolean): Promise<void> {
    do {
      this.#again = false;
      if (differing(this.#right(), this.#base).length === 0) break;
      this.saving = true;
      try {
        await this.#send(undoable);
      } catch (thrown) {
        this.fault = faultOf(thrown);
      }
    } while (this.#again);
    this.saving = false;
  }

  async #send(undoable: boolean): Promise<void> {
    const now = await this.#keeper.latest(this.slug);
    if (now) this.external(now);
    this.gone = now === undefined;
    if (this.gone) return;
    const sent = this.#right();
    const changes = differing(sent, this.#base);
    const before = picked(this.#base, changes);
    if (changes.length === 0) return;
    const kept = await this.#keeper.keep(sent);
    this.fault = undefined;
    this.#settle(kept, sent);
    this.savedAt = Date.now();
    this.#undone = !undoable;
    if (undoable) this.#past = [...this.#past, before];
  }

  // What stands in the form, without the fields that are wrong.
  #right(): Topic {
    const wrong = Object.keys(this.problems) as TopicField[];
    return { ...this.values, ...picked(this.#base, wrong) };
  }

  // A field that stands as it was known follows what is kept; one that the user changed since stays.
  #settle(kept: Topic, known: Topic): void {
    const follow = (Object.keys(kept) as TopicField[]).filter(
      (field) =>
        same(field, this.values[field], known[field]) && !same(field, this.values[field], kept[field]),
    );
    if (follow.length > 0) this.values = { ...this.values, ...picked(kept, follow) };
    this.#base = kept;
  }
}
