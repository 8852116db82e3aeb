import type { Attendee } from '../bridge/backend';
import type { Fault } from '../bridge/fault';
import { preferred, type Lang } from '../i18n/forms';
import type { Person } from '../model/people';
import type { App } from './app.svelte';
import { zonesSoFar } from './zonessofar';

/** The longest message to the attendees that Go takes. */
export const longestNote = 1000;

/** What was typed of an invitation. */
export interface Typed {
  readonly people: readonly Person[];
  readonly zone: string;
  readonly lang: Lang;
  readonly note: string;
}

/** Who is invited, in which zone and language, and with which words. */
export class Invitation {
  people = $state.raw<readonly Person[]>([]);
  zone = $state('');
  lang = $state<Lang>('en');
  note = $state('');
  /** What is wrong with the people, in words of Go; empty for nobody named; undefined for nothing. */
  wrong = $state<string | undefined>(undefined);
  /** Zones that attendees were invited in so far. */
  zones = $state.raw<readonly string[]>([]);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    this.clear();
  }

  /** The length of the message as Go counts it. */
  get noteLength(): number {
    return [...this.note.trim()].length;
  }

  get lack(): 'people' | 'note' | undefined {
    if (this.people.length === 0) return 'people';
    return this.noteLength > longestNote ? 'note' : undefined;
  }

  /** What was typed; nothing when that is nothing worth keeping. */
  get typed(): Typed | undefined {
    const { people, zone, lang, note } = this;
    return people.length > 0 || note.trim() ? { people, zone, lang, note } : undefined;
  }

  /** The attendees as Go wants them. */
  get attendees(): Attendee[] {
    const { zone, lang } = this;
    return this.people.map(({ name, email }) => ({ name, email, zone, lang, answer: '' }));
  }

  /** Takes in what was typed before. */
  fill({ people, zone, lang, note }: Typed): void {
    Object.assign(this, { people, zone, lang, note });
  }

  clear(): void {
    const profile = this.#app.start?.profile;
    this.fill({ people: [], zone: profile?.zone ?? '', lang: preferred([profile?.lang ?? '']), note: '' });
    this.wrong = undefined;
  }

  /** Takes what Go says of one of the people; false when the failure is about something else. */
  blame({ code, message, hint }: Fault): boolean {
    const texts = this.people.flatMap(({ name, email }) => [name, email]).filter(Boolean);
    if (code !== 'invalid-input' || !texts.some((text) => message.includes(text))) return false;
    this.wrong = [message, hint].filter(Boolean).join('. ');
    return true;
  }

  async learnZones(): Promise<void> {
    this.zones = await zonesSoFar(this.#app);
  }
}
