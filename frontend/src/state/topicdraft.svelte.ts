import type { Topic } from '../bridge/backend';
import { faultOf } from '../bridge/fault';
import { differing, freeSlug, problemOfSlug, type Problems, type TopicField } from './topicchecks';
import { TopicValues } from './topicvalues.svelte';

/** The way of a new topic to Go. */
export interface Maker {
  add(topic: Topic): Promise<Topic>;
  slug(name: string): Promise<string>;
  /** The short names that are taken. */
  taken(): readonly string[];
}

/** The form of a topic that is not made yet. Nothing is saved before the user says so. */
export class TopicDraft extends TopicValues {
  creating = $state(false);
  /** Connect was pressed while no place was chosen: Zoom is meant. */
  wantsZoom = false;
  readonly #first: Topic;
  readonly #maker: Maker;
  #ownSlug = false;
  #slugging: Promise<void> | undefined;
  #round = 0;

  constructor(topic: Topic, maker: Maker) {
    super(topic);
    this.#first = topic;
    this.#maker = maker;
    if (topic.slug !== '') this.#ownSlug = true;
    else if (topic.name !== '') this.#suggest();
  }

  /** There is something in it that was not there by itself. */
  get typed(): boolean {
    const first = { ...this.#first, slug: this.values.slug };
    return first.name !== '' || differing(this.values, first).length > 0;
  }

  override get problems(): Problems {
    const slug =
      this.values.name.trim() === '' ? undefined : problemOfSlug(this.values.slug, this.#maker.taken());
    return { ...super.problems, ...(slug && { slug }) };
  }

  /** The user went on from a field. One that was only passed is not judged. */
  left(field: TopicField): void {
    if (this.typed) this.judge([field]);
  }

  /** The user is done with the short name: it is brought into shape, or made of the name again. */
  async tidySlug(): Promise<void> {
    this.#ownSlug = this.values.slug.trim() !== '';
    this.#suggest(this.#ownSlug ? this.values.slug : this.values.name, this.#ownSlug);
    await this.#slugging;
    this.judge(['slug']);
  }

  /** Makes the topic, if nothing is wrong with it. */
  async create(): Promise<Topic | undefined> {
    if (this.creating) return undefined;
    this.creating = true;
    await this.tidySlug();
    this.judge(Object.keys(this.values) as TopicField[]);
    try {
      if (Object.keys(this.problems).length > 0) return undefined;
      this.fault = undefined;
      return await this.#maker.add(this.values);
    } catch (thrown) {
      this.fault = faultOf(thrown);
      return undefined;
    } finally {
      this.creating = false;
    }
  }

  protected override changed(field: TopicField): void {
    if (field === 'slug') {
      this.#ownSlug = true;
      this.#round++;
    }
    if (field === 'name' && !this.#ownSlug) this.#suggest();
  }

  #suggest(of = this.values.name, own = false): void {
    this.#slugging = this.#suggested(of, own, ++this.#round);
  }

  // Without an answer the short name stays as it is; the user can write one.
  async #suggested(of: string, own: boolean, round: number): Promise<void> {
    try {
      const slug = await this.#maker.slug(of);
      if (round !== this.#round || own !== this.#ownSlug) return;
      this.values = { ...this.values, slug: own ? slug : freeSlug(slug, this.#maker.taken()) };
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
  }
}
