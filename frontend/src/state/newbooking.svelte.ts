import type { BookForm, BookResult, Topic } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import type { Instant } from '../model/instant';
import type { App } from './app.svelte';
import { tellBooked } from './booked';
import { ChosenStart, type StartLack } from './chosenstart.svelte';
import { Invitation } from './invitation.svelte';
import { keep, kept } from './kept';
import { OpenDays } from './opendays.svelte';
import { Resource } from './resource.svelte';
import type { Draft } from './screen';

export type { Block, Cell, Conflict, DayOffer, Topic } from '../bridge/backend';

/** What a booking still needs before it can be made. */
export type Lack = 'topic' | 'connect' | StartLack | 'people' | 'note';

/** The dialog in which a host books: who is invited, and which start of which topic is chosen. */
export class NewBooking {
  readonly topics: Resource<Topic[]>;
  readonly invitation: Invitation;
  readonly days: OpenDays;
  readonly chosen: ChosenStart;
  slug = $state('');
  sending = $state(false);
  /** Why Go did not take the form. */
  fault = $state.raw<Fault | undefined>(undefined);
  /** Somebody took the start while the form was filled in. */
  lost = $state(false);
  /** What was typed before the dialog was closed is in it again. */
  resumed = $state(false);
  readonly #app: App;
  readonly #file: string;
  // Not a state: while the dialog goes, states still read as they were before the last change.
  #sent = false;
  #changed = false;
  #refreshing = false;

  constructor(app: App, draft: Draft) {
    this.#app = app;
    this.#file = app.start?.dataFile ?? '';
    this.topics = new Resource(() => app.backend.topics.List());
    this.invitation = new Invitation(app);
    this.days = new OpenDays((topic, from, back) => app.backend.newBooking.Days(topic, from, back));
    this.chosen = new ChosenStart(
      (at) => app.backend.newBooking.Check(this.slug, at),
      () => this.inZoom,
    );
    this.#resume();
    if (draft.topic) this.slug = draft.topic;
    if (draft.start) this.chosen.take(draft.start);
  }

  get topic(): Topic | undefined {
    return this.topics.value?.find((topic) => topic.slug === this.slug);
  }

  /** The topic meets in Zoom. */
  get inZoom(): boolean {
    return this.topic?.places[0]?.kind === 'zoom';
  }

  /** The state of the Zoom connection. */
  get zoomState(): string {
    return this.#app.connection.value?.state ?? this.#app.start?.zoom ?? '';
  }

  /** What is missing, the first thing first; undefined when the booking can be made. */
  get lack(): Lack | undefined {
    if (!this.topic) return 'topic';
    if (this.inZoom && this.zoomState === 'not connected') return 'connect';
    return this.chosen.lack ?? this.invitation.lack;
  }

  /** Asks for what the dialog begins with. */
  async begin(): Promise<void> {
    void this.invitation.learnZones();
    await this.topics.load();
    const on = this.topics.value?.filter((topic) => topic.on) ?? [];
    if (!on.some((topic) => topic.slug === this.slug)) this.slug = on[0]?.slug ?? '';
    await this.#open();
  }

  /**
   * Asks again, after something changed in the data file; the choice stays. Many changes at once are one more
   * question, since each reads the calendar at Zoom.
   */
  async refresh(): Promise<void> {
    this.#changed = true;
    if (this.#refreshing) return;
    this.#refreshing = true;
    while (this.#changed) {
      this.#changed = false;
      await this.#reload();
    }
    this.#refreshing = false;
  }

  async #reload(): Promise<void> {
    if (this.sending) return;
    const none = !this.topics.value?.length;
    await this.topics.load();
    if (none) return this.begin();
    if (!this.topic) this.slug = '';
    else if (await this.days.again()) await this.#look();
  }

  /** Takes another topic; the chosen start stays and is looked at anew. */
  async take(slug: string): Promise<void> {
    this.slug = slug;
    this.#turnTo(this.chosen.at);
    await this.#open();
  }

  /** Chooses a start, free or not, on this page or another; one that is not free is explained. */
  async choose(start: Instant): Promise<void> {
    this.#turnTo(start);
    await this.days.reveal(start);
    await this.#look();
  }

  /** Asks the sources again. */
  async retry(): Promise<void> {
    if (!this.topics.value) return this.begin();
    await this.days.again();
    await this.#look();
  }

  /** Makes the booking. Says what is missing, or 'no' when Go did not make it; nothing when it is made. */
  async book(): Promise<Lack | 'no' | undefined> {
    if (this.sending) return 'no';
    this.invitation.wrong = this.invitation.lack === 'people' ? '' : undefined;
    if (this.lack) return this.lack;
    this.sending = true;
    this.fault = undefined;
    try {
      return await this.#answer(await this.#app.backend.newBooking.Book(this.#form()));
    } catch (thrown) {
      return this.#failed(faultOf(thrown));
    } finally {
      this.sending = false;
    }
  }

  /** Keeps what was typed, for when the dialog is opened again. */
  keep(): void {
    if (this.#sent) return;
    const { typed } = this.invitation;
    keep(this.#app, this.#file, typed && { ...typed, slug: this.slug, start: this.chosen.at });
  }

  /** Empties the form. */
  clear(): void {
    this.invitation.clear();
    this.chosen.reason = '';
    this.resumed = false;
    this.#turnTo('');
    keep(this.#app, this.#file, undefined);
  }

  #resume(): void {
    const old = kept(this.#app, this.#file);
    if (!old) return;
    this.slug = old.slug;
    this.invitation.fill(old);
    this.chosen.take(old.start);
    this.resumed = true;
  }

  #turnTo(start: Instant | ''): void {
    this.fault = undefined;
    this.lost = false;
    this.chosen.take(start);
  }

  async #open(): Promise<void> {
    const { at } = this.chosen;
    if (this.slug && (await this.days.open(this.slug, at, this.#app.start?.zone))) await this.#look();
  }

  async #look(): Promise<void> {
    const cell = this.chosen.at ? this.days.cell(this.chosen.at) : undefined;
    await this.chosen.look(cell?.free ?? false);
  }

  #form(): BookForm {
    const { attendees, note } = this.invitation;
    return { topic: this.slug, start: this.chosen.at, attendees, note: note.trim(), ...this.chosen.over };
  }

  async #answer(result: BookResult): Promise<'no' | undefined> {
    const { booking, undoUntil } = result;
    if (booking) {
      this.clear();
      this.#sent = true;
      tellBooked(this.#app, booking, undoUntil);
      return undefined;
    }
    this.lost = this.chosen.free;
    this.chosen.refused(result);
    await this.days.again();
    return 'no';
  }

  // What Go says of one of the attendees belongs to their field.
  #failed(fault: Fault): Lack | 'no' {
    if (this.invitation.blame(fault)) return 'people';
    this.fault = fault;
    if (fault.code === 'not-connected') void this.#app.connection.load();
    return 'no';
  }
}
