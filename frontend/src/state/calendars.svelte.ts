import type { Calendar, Collection, Reading, Sources } from '../bridge/backend';
import { t } from '../i18n/i18n.svelte';
import { millis } from '../model/instant';
import type { Zone } from '../model/zone';
import type { App } from './app.svelte';
import { CalendarDraft, type Way } from './calendardraft.svelte';
import { Resource } from './resource.svelte';
import { systemZone } from './zones';

export type { Calendar, Collection, Reading, Sources };

/** What mends a calendar that cannot be read: to look once more, or something that only the user has. */
export type Mend = 'look' | 'password' | 'address' | 'near' | 'file' | 'key';

const undoable = 10_000;

/** The screen Integrations → Calendars: the sources, how each stands, and what the user can do to them. */
export class Calendars {
  readonly list: Resource<Sources>;
  now = $state(Date.now());
  /** The calendar that is being added or changed. */
  draft = $state.raw<CalendarDraft | undefined>(undefined);
  /** It is on its way where bookings are to be written. */
  choosing = $state(false);
  readonly #app: App;
  #looking = $state.raw<ReadonlySet<string>>(new Set());

  constructor(app: App) {
    this.#app = app;
    this.list = new Resource(() => app.backend.calendars.List());
  }

  get sandbox(): boolean {
    return this.#app.start?.sandbox ?? false;
  }

  get zone(): Zone {
    return this.list.value?.zone || systemZone();
  }

  get calendars(): readonly Calendar[] {
    return this.list.value?.calendars ?? [];
  }

  /** Where bookings are written; nothing for nowhere. */
  get shelf(): Calendar | undefined {
    return this.calendars.find((one) => one.publish);
  }

  async load(): Promise<void> {
    this.now = Date.now();
    await this.list.load();
  }

  /** A look at a source is under way; "" stands for all of them. */
  looks(source: string): boolean {
    return this.#looking.has(source) || this.#looking.has('');
  }

  /** Reads a source now, "zoom" for the meetings there, or all of them. */
  async look(source = '', name = ''): Promise<void> {
    if (this.looks(source)) return;
    this.#looking = new Set([...this.#looking, source]);
    await this.#app.try(async () => {
      this.list.set(await this.#app.backend.calendars.Look(source));
      this.now = Date.now();
      if (name) this.#tell(source, name);
    });
    this.#looking = new Set([...this.#looking].filter((one) => one !== source));
  }

  #tell(source: string, name: string): void {
    const found = this.calendars.find((one) => one.id === source)?.reading;
    const reading = source === 'zoom' ? this.list.value?.zoom : found;
    const good = reading?.state === 'fresh';
    this.#app.toasts.show(t(good ? 'win.calendars.looked.good' : 'win.calendars.looked.bad', { name }), {
      tone: good ? 'plain' : 'bad',
    });
  }

  /** Forgets a calendar; it can be had back for a while. */
  async remove({ id, name }: Calendar): Promise<void> {
    await this.#app.try(async () => {
      const gone = await this.#app.backend.calendars.Remove(id);
      this.#put(this.calendars.filter((one) => one.id !== id));
      if (!gone.undoUntil) {
        this.#app.toasts.show(t('win.calendars.removed.good', { name }));
        return;
      }
      const action = { label: t('win.undo'), keys: ['Ctrl', 'Z'], run: () => void this.#restore(id, name) };
      const until = Math.min(millis(gone.undoUntil), Date.now() + undoable);
      this.#app.toasts.show(t('win.calendars.removed', { name }), { until, action });
    });
  }

  async #restore(id: string, name: string): Promise<void> {
    await this.#app.try(async () => {
      await this.#app.backend.calendars.Undo(id);
      this.#app.toasts.show(t('win.calendars.restored', { name }));
    });
    await this.load();
  }

  /** Lets bookings be written into a calendar, and into no other; none for "". */
  async publish(id: string): Promise<void> {
    if (this.choosing) return;
    this.choosing = true;
    const name = this.calendars.find((one) => one.id === id)?.name;
    await this.#app.try(async () => {
      await this.#app.backend.calendars.Publish(id);
      this.#put(this.calendars.map((one) => ({ ...one, publish: one.id === id })));
      this.#app.toasts.show(
        name === undefined ? t('win.calendars.publish.off') : t('win.calendars.publish.on', { name }),
      );
    });
    this.choosing = false;
  }

  #put(calendars: Calendar[]): void {
    if (this.list.value) this.list.set({ ...this.list.value, calendars });
  }

  /** Opens the form for a new calendar. */
  add(way: Way = this.sandbox ? 'file' : 'feed'): void {
    const draft = new CalendarDraft(this.#app, undefined, this.calendars);
    draft.way = way;
    this.draft = draft;
  }

  /** Opens the form of a calendar. */
  change(calendar: Calendar, first?: 'password' | 'address'): void {
    this.draft = new CalendarDraft(this.#app, calendar, this.calendars);
    this.draft.first = first;
  }

  /** Asks where the file of a calendar is now, and reads it there. */
  async chooseFile(calendar: Calendar): Promise<void> {
    const draft = new CalendarDraft(this.#app, calendar, this.calendars);
    await draft.choose();
    if (draft.path === calendar.address) return;
    if (await draft.save()) await this.load();
    else this.draft = draft;
  }

  /** Does what mends a calendar. */
  async mend(calendar: Calendar): Promise<void> {
    const how = mendOf(calendar);
    if (how === 'key') this.#app.go({ name: 'settings' });
    else if (how === 'file') await this.chooseFile(calendar);
    else if (how === 'look') await this.look(calendar.id, calendar.name);
    else this.change(calendar, how === 'near' ? undefined : how);
  }

  /** Closes the form; what it is at is given up. */
  async close(): Promise<void> {
    const { draft } = this;
    this.draft = undefined;
    await draft?.stop();
  }
}

/** What mends a calendar that cannot be read. */
export function mendOf({ kind, reading }: Calendar): Mend {
  switch (reading.code) {
    case 'calendar-auth':
      return 'password';
    case 'key-changed': // what it is read with was forgotten with its key
      return kind === 'feed' ? 'address' : 'password';
    case 'key-absent':
      return 'key';
    case 'calendar-near':
      return 'near';
    case 'not-found':
    case 'invalid-input':
    case 'calendar-unreadable':
      return kind === 'file' ? 'file' : 'address';
    default:
      return 'look';
  }
}
