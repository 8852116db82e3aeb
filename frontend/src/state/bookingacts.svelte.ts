import type { Booking, BookResult } from '../bridge/backend';
import { t } from '../i18n/i18n.svelte';
import { millis } from '../model/instant';
import { clock, relative, shortDay } from '../model/time';
import type { App } from './app.svelte';
import type { Change } from './changing.svelte';
import { isSoon, linkOf, nextToJoin } from './joining';

/** The longest reason for cancelling that Go takes. */
export const longestReason = 1000;

/** What can be under way for a booking. */
export type Act = 'retry' | 'undo' | 'join' | 'export';

/** What the host can do to a booking. A failure is told at the bottom of the window. */
export class BookingActs {
  /** What was cancelled from this window and may still be taken back. */
  cancelled = $state.raw<readonly Booking[]>([]);
  readonly #app: App;
  #running = $state.raw<ReadonlySet<string>>(new Set());

  constructor(app: App) {
    this.#app = app;
  }

  /** Says whether an act is under way. */
  runs(act: Act, id: string): boolean {
    return this.#running.has(act + id);
  }

  /** Tries every open step of a booking again, now. */
  async retry(booking: Booking): Promise<void> {
    const done = await this.#run('retry', booking, () => this.#ask.Retry(booking.id));
    if (done) this.#app.toasts.show(t('win.bookings.retried', { topic: booking.topicName }));
  }

  /** Takes the last change back while nothing of it went out. */
  async undo(booking: Booking, change?: Change): Promise<void> {
    this.#closeToast(booking);
    const topic = booking.topicName;
    const done = await this.#run('undo', booking, () => this.#ask.Undo(booking.id));
    if (!done) return;
    this.cancelled = this.cancelled.filter((old) => old.id !== booking.id);
    const words =
      booking.state === 'cancelled'
        ? 'win.bookings.restored'
        : change
          ? 'win.changing.undone'
          : 'win.bookings.withdrawn';
    this.#app.toasts.show(t(words, { topic }));
  }

  /** Shows a change that was made, and how long it can be taken back before anything goes out. */
  told(act: Change, was: Booking, { booking, undoUntil }: BookResult): void {
    const topic = was.topicName;
    const held = { ...(booking ?? was), undoUntil };
    if (act === 'cancel') this.cancelled = [...this.cancelled.filter((old) => old.id !== was.id), held];
    const when = `${shortDay(held.start, held.zone, Date.now())}, ${clock(held.start, held.zone)}`;
    const key = act === 'cancel' ? 'win.bookings.cancel.held' : (`win.changing.held.${act}` as const);
    this.#app.held(
      (seconds) => t(key, { topic, seconds, when }),
      undoUntil,
      () => void this.undo(held, act),
    );
  }

  /** Opens the meeting. */
  async join(booking: Booking): Promise<void> {
    await this.#run('join', booking, () => this.#ask.Join(booking.id));
  }

  /** Opens the meeting of this hour; shows the next one, when there is time until then. */
  async joinNext(): Promise<void> {
    await this.#app.try(async () => {
      const page = await this.#ask.List({ when: 'upcoming', search: '', offset: 0, limit: 50 });
      const next = nextToJoin(page.rows, Date.now());
      if (!next) this.#app.toasts.show(t('win.bookings.join.none'));
      else if (isSoon(next, Date.now())) await this.join(next);
      else this.#later(next);
    });
  }

  /** Puts the link of a booking on the clipboard. */
  async copyLink(booking: Booking): Promise<void> {
    await this.#copy(linkOf(booking), t('win.bookings.copied.link'));
  }

  /** Puts the passcode of a booking on the clipboard. */
  async copyPasscode(booking: Booking): Promise<void> {
    await this.#copy(booking.passcode, t('win.bookings.copied.passcode'));
  }

  /** Writes a calendar file where the host says. */
  async export(booking: Booking): Promise<void> {
    await this.#run('export', booking, async () => {
      const file = await this.#ask.Export(booking.id);
      if (file) this.#app.toasts.show(t('win.bookings.exported', { file }));
    });
  }

  // Its Undo would be a second one.
  #closeToast(booking: Booking): void {
    const second = (ms: number) => Math.floor(ms / 1000);
    const until = second(millis(booking.undoUntil));
    const toast = this.#app.toasts.list.find((shown) => shown.counts && second(shown.until) === until);
    if (toast) this.#app.toasts.close(toast.id);
  }

  get #ask() {
    return this.#app.backend.bookings;
  }

  #later(next: Booking): void {
    this.#app.go({ name: 'bookings', booking: next.id });
    const when = relative(next.start, Date.now());
    this.#app.toasts.show(t('win.bookings.join.later', { topic: next.topicName, when }));
  }

  async #copy(text: string, told: string): Promise<void> {
    if (await this.#app.try(() => this.#app.backend.shell.Copy(text))) this.#app.toasts.show(told);
  }

  async #run(act: Act, booking: Booking, run: () => Promise<unknown>): Promise<boolean> {
    const name = act + booking.id;
    if (this.#running.has(name)) return false;
    this.#running = new Set([...this.#running, name]);
    const done = await this.#app.try(run);
    this.#running = new Set([...this.#running].filter((other) => other !== name));
    return done;
  }
}
