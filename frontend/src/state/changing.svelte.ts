import type { Booking, BookResult, ChangeForm, PlanPart, SendPlan, Topic } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { minutesBetween, type Instant } from '../model/instant';
import type { Zone } from '../model/zone';
import type { App } from './app.svelte';
import { ChosenStart, type StartLack } from './chosenstart.svelte';
import { OpenDays } from './opendays.svelte';
import type { Picking } from './picking';
import { Resource } from './resource.svelte';

export type { PlanLetter, PlanPart, SendPlan } from '../bridge/backend';

/** What is done to a booking. */
export type Change = 'move' | 'cancel' | 'restore';

/** A change that the user wishes, with what is known of it already. */
export interface Wish {
  readonly act: Change;
  readonly booking: Booking;
  /** Of a cancellation. */
  readonly reason?: string;
  /** Of a move. */
  readonly start?: Instant;
}

/** The dialog in which a booking is moved, cancelled or restored: first when, then what goes out. */
export class Changing implements Picking {
  readonly act: Change;
  readonly booking: Booking;
  readonly topics: Resource<Topic[]>;
  readonly days: OpenDays;
  readonly chosen: ChosenStart;
  readonly plan: Resource<SendPlan>;
  /** The start is chosen, and what goes out is shown. */
  planned = $state(false);
  /** The attendees get no letter. */
  silent = $state(false);
  sending = $state(false);
  /** The part of the plan whose letter is shown. */
  open = $state(0);
  lost = $state(false);
  fault = $state.raw<Fault | undefined>(undefined);
  readonly #app: App;
  readonly #reason: string;

  constructor(app: App, wish: Wish) {
    this.#app = app;
    this.act = wish.act;
    this.booking = wish.booking;
    this.#reason = wish.reason ?? '';
    const { changing, topics } = app.backend;
    this.topics = new Resource(() => topics.List());
    this.days = new OpenDays((_, from, back) => changing.Days(this.booking.id, from, back));
    this.chosen = new ChosenStart(
      (at) => changing.Check(this.booking.id, at),
      () => this.booking.place.kind === 'zoom',
    );
    this.plan = new Resource(() => changing.Plan(this.form));
    if (wish.start) this.chosen.take(wish.start);
  }

  get slug(): string {
    return this.booking.topic;
  }

  get topic(): Topic | undefined {
    const topic = this.topics.value?.find(({ slug }) => slug === this.slug);
    const duration = minutesBetween(this.booking.start, this.booking.end);
    return topic && { ...topic, duration, places: [this.booking.place] };
  }

  get invitation(): { readonly zone: Zone | '' } {
    return { zone: this.booking.attendees[0]?.zone ?? '' };
  }

  get form(): ChangeForm {
    const { reason, overZoom } = this.chosen.over;
    return {
      id: this.booking.id,
      act: this.act,
      start: this.act === 'move' ? this.chosen.at : '',
      reason: this.act === 'cancel' ? this.#reason : reason,
      overZoom,
      silent: this.silent,
    };
  }

  /** What a move still needs. The present start is no other one. */
  get lack(): StartLack | undefined {
    if (this.act !== 'move') return undefined;
    return this.chosen.at === this.booking.start ? 'start' : this.chosen.lack;
  }

  get parts(): readonly PlanPart[] {
    return this.plan.value?.parts ?? [];
  }

  /** Asks for what the dialog begins with. */
  async begin(): Promise<void> {
    if (this.act !== 'move') return void (await this.show());
    await this.topics.load();
    const { start, zone } = this.booking;
    if (await this.days.open(this.slug, this.chosen.at || start, zone)) await this.#look();
  }

  /** Asks again, after something changed in the data file. */
  async refresh(): Promise<void> {
    if (this.sending) return;
    if (this.planned) await this.plan.load();
    else await this.retry();
  }

  async choose(start: Instant): Promise<void> {
    this.lost = false;
    this.fault = undefined;
    this.chosen.take(start);
    await this.days.reveal(start);
    await this.#look();
  }

  async retry(): Promise<void> {
    if (!this.topics.value) return this.begin();
    await this.days.again();
    await this.#look();
  }

  async #look(): Promise<void> {
    const cell = this.chosen.at ? this.days.cell(this.chosen.at) : undefined;
    await this.chosen.look(cell?.free ?? false);
  }

  /** Shows what goes out. Says what is missing for that. */
  async show(): Promise<StartLack | undefined> {
    if (this.lack) return this.lack;
    this.planned = true;
    this.open = 0;
    await this.plan.load();
    const first = this.parts.findIndex(({ kind }) => kind === 'letter');
    this.open = Math.max(first, 0);
    const { value } = this.plan;
    if (value && value.conflicts.length > 0 && !this.chosen.over.reason) this.#refused(value);
    return undefined;
  }

  /** Goes back to the choice of the start. */
  back(): void {
    this.planned = false;
    this.fault = undefined;
  }

  /** Tells the attendees, or does not. */
  async notify(yes: boolean): Promise<void> {
    this.silent = !yes;
    this.open = 0;
    await this.plan.load();
    this.open = Math.max(
      this.parts.findIndex(({ kind }) => kind === 'letter'),
      0,
    );
  }

  /** Makes the change; undefined when it was not made. */
  async make(): Promise<BookResult | undefined> {
    if (this.sending || !this.planned || !this.plan.value) return undefined;
    this.sending = true;
    this.fault = undefined;
    try {
      const result = await this.#app.backend.changing.Do(this.form);
      if (result.booking) return result;
      this.#refused(result);
    } catch (thrown) {
      this.fault = faultOf(thrown);
    } finally {
      this.sending = false;
    }
    return undefined;
  }

  // Somebody took the time, between the look and now.
  #refused(why: Pick<BookResult, 'conflicts' | 'overZoom'>): void {
    this.chosen.refused({ ...why, undoUntil: '' });
    this.lost = true;
    if (this.act === 'move') this.back();
  }
}
