import type { Backend, Booking, BookingDetail, BookingPage } from '../bridge/backend';
import type { Fault } from '../bridge/fault';
import { millis } from '../model/instant';
import type { App } from './app.svelte';
import type { Wish } from './changing.svelte';
import { BookingActs } from './bookingacts.svelte';
import { Resource } from './resource.svelte';

export type { Attendee, Booking, BookingDetail, HistoryEvent, Light, Step } from '../bridge/backend';

/** Which bookings the list shows. */
export type When = 'upcoming' | 'past' | 'cancelled';

/** How full a week is. */
export type Load = Awaited<ReturnType<Backend['bookings']['Load']>>;

/** How many rows "Show more" adds. */
export const pageSize = 50;

// Go gives no more at a time.
const most = 200;

/** The screen of the bookings: what it lists, which one is open, and what the time is. */
export class Bookings {
  readonly acts: BookingActs;
  readonly page: Resource<BookingPage>;
  readonly urgent: Resource<Booking[]>;
  readonly load: Resource<Load>;
  readonly detail: Resource<BookingDetail | undefined>;
  now = $state(Date.now());
  when = $state<When>('upcoming');
  search = $state('');
  /** More rows are on their way. */
  adding = $state(false);
  /** What is being done to a booking, in its dialog. */
  changing = $state.raw<Wish | undefined>(undefined);
  /** The booking whose reason for cancelling is being asked for. */
  cancelling = $state('');
  /** The id in the address of the detail, which may be the beginning of one. */
  open = $state('');
  readonly #app: App;
  #rows = pageSize;

  /** The bookings that need a person, those that failed first. They stand above the ones to come. */
  readonly attention: readonly Booking[] = $derived.by(() => {
    if (this.when !== 'upcoming' || this.sought) return [];
    return this.urgent.value ?? [];
  });
  /** The other rows, in their order. */
  readonly rows: readonly Booking[] = $derived.by(() => {
    const listed = this.page.value?.rows ?? [];
    const shown = new Set(this.attention.map((booking) => booking.id));
    return [...listed, ...this.#leaving(listed)]
      .filter((booking) => !shown.has(booking.id))
      .sort(this.#order);
  });
  readonly more: boolean = $derived.by(() => this.page.value?.more ?? false);
  readonly fault: Fault | undefined = $derived.by(() => this.page.fault ?? this.urgent.fault);
  /** The open booking: in full, or until that is here as the list knows it. */
  readonly shown: Booking | undefined = $derived.by(() => {
    if (!this.open) return undefined;
    const known = [this.detail.value?.booking, ...this.attention, ...this.rows];
    return known.find((booking) => booking?.id.startsWith(this.open));
  });

  constructor(app: App) {
    this.#app = app;
    const ask = app.backend.bookings;
    this.acts = new BookingActs(app);
    this.page = new Resource(() => this.#read(0, this.#rows));
    this.urgent = new Resource(() => ask.Attention());
    this.load = new Resource(() => ask.Load(''));
    this.detail = new Resource(async () => (this.open ? ask.Get(this.open) : undefined));
  }

  /** The search without the spaces around it; empty for none. */
  get sought(): string {
    return this.search.trim();
  }

  /** Asks again for everything; the rows that were there stay in sight. */
  async refresh(): Promise<void> {
    this.now = Date.now();
    await this.#app.drawn;
    await Promise.all([this.page.load(), this.urgent.load(), this.load.load(), this.detail.load()]);
  }

  /** Turns to another list. */
  async turn(when: When): Promise<void> {
    this.when = when;
    this.#rows = pageSize;
    this.page.value = undefined;
    await this.page.load();
  }

  /** Looks for words in the list that is shown. */
  async seek(text: string): Promise<void> {
    this.search = text;
    this.#rows = pageSize;
    await this.page.load();
  }

  /** Adds the next rows to those that are shown. */
  async showMore(): Promise<void> {
    this.#rows += pageSize;
    this.adding = true;
    await this.page.load();
    this.adding = false;
  }

  /** Opens a booking, or none. */
  async show(id: string): Promise<void> {
    if (id === this.open) return;
    this.open = id;
    if (this.cancelling !== id) this.cancelling = '';
    this.detail.set(undefined);
    await this.detail.load();
  }

  /** Says what the time is. Who ended meanwhile goes from the list. */
  async tick(now: number): Promise<void> {
    const old = this.now;
    const held = [...this.attention, ...this.rows, this.shown].some(
      (booking) => booking && secondsHeld(booking, old) > 0,
    );
    if (!held && Math.floor(old / 60_000) === Math.floor(now / 60_000)) return;
    this.now = now;
    const ended = (booking: Booking) => millis(booking.end) > old && millis(booking.end) <= now;
    if (this.when === 'upcoming' && this.rows.some(ended)) await this.refresh();
  }

  /** Asks why a booking is cancelled, before it is. */
  askReason(id: string): void {
    this.cancelling = id;
    this.#app.go({ name: 'bookings', booking: id });
  }

  async #read(from: number, rows: number): Promise<BookingPage> {
    const limit = Math.min(rows - from, most);
    const ask = { when: this.when, search: this.sought, offset: from, limit };
    const page = await this.#app.backend.bookings.List(ask);
    if (!page.more || from + limit >= rows) return page;
    const rest = await this.#read(from + limit, rows);
    // Between two questions a booking may have moved on by a place.
    const known = new Set(page.rows.map((booking) => booking.id));
    return { rows: [...page.rows, ...rest.rows.filter((row) => !known.has(row.id))], more: rest.more };
  }

  // A cancelled booking stays in its place for as long as that can be taken back.
  #leaving(listed: readonly Booking[]): Booking[] {
    const there = new Set(listed.map((booking) => booking.id));
    const leave = this.acts.cancelled.filter(
      (booking) => !there.has(booking.id) && secondsHeld(booking, this.now) > 0,
    );
    return this.when === 'upcoming' && !this.sought ? leave : [];
  }

  #order = (a: Booking, b: Booking): number =>
    (millis(a.start) - millis(b.start)) * (this.when === 'upcoming' ? 1 : -1);
}

/** How many seconds the last change of a booking can still be undone; 0 when it cannot. */
export function secondsHeld(booking: Booking, now: number): number {
  const left = (millis(booking.undoUntil) - now) / 1000;
  return left > 0 ? Math.ceil(left) : 0;
}
