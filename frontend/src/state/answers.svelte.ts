import type { Said } from '../bridge/backend';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import { Resource } from './resource.svelte';

export type { Said };

/** What attendees answered in a file. Nothing is kept before the user says so. */
export class Answers {
  readonly list: Resource<Said[]>;
  /** Whose answer is on its way into the data file. */
  keeping = $state('');
  readonly #app: App;
  readonly #path: string;

  constructor(app: App, path: string) {
    this.#app = app;
    this.#path = path;
    this.list = new Resource(() => app.backend.answers.Weigh(path));
  }

  /** Keeps an answer, and shows the booking. */
  async keep(said: Said): Promise<void> {
    if (this.keeping) return;
    this.keeping = said.email;
    const who = said.name || said.email;
    await this.#app.try(async () => {
      const booking = await this.#app.backend.answers.Keep(this.#path, said.email);
      this.#app.answers = '';
      this.#app.go({ name: 'bookings', booking: booking.id });
      this.#app.toasts.show(t('win.answers.kept', { who }));
    });
    this.keeping = '';
  }

  /** Begins to move the booking to the time that is proposed. */
  accept({ booking, proposed }: Said): void {
    if (!booking) return;
    this.#app.answers = '';
    this.#app.go({ name: 'bookings', booking: booking.id });
    this.#app.wish = { act: 'move', booking, start: proposed };
  }
}
