import type { Calendar, CalendarForm, Collection, Found } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { faultWords } from '../i18n/fault';
import { n, t } from '../i18n/i18n.svelte';
import { hexOf, hueLike, hueNames, type HueName } from '../model/hexes';
import type { App } from './app.svelte';

/** How a calendar is read. */
export type Way = 'file' | 'feed' | 'caldav';

/** A place in the form where something can be wrong. */
export type CalendarField = 'address' | 'login' | 'password' | 'near' | 'picks' | 'form';

/** The form of a calendar: a new one, or one that is there. */
export class CalendarDraft {
  /** The calendar that is changed; nothing for a new one. */
  readonly old: Calendar | undefined;
  way = $state<Way>('feed');
  path = $state('');
  address = $state('');
  login = $state('');
  password = $state('');
  near = $state(false);
  name = $state('');
  colour = $state<HueName>('slate');
  allDay = $state(true);
  /** The feed's server wants to know who reads. */
  asksLogin = $state(false);
  /** The field that the user came for. */
  first: 'password' | 'address' | undefined;
  /** The collections that are to be read, by their addresses. */
  picked = $state.raw<ReadonlySet<string>>(new Set());
  /** The address of the one that bookings are to be written into; empty for none. */
  into = $state('');
  busy = $state<'' | 'find' | 'save'>('');
  /** The calendar that is being read just now. */
  reading = $state('');
  fault = $state.raw<Fault | undefined>(undefined);
  tried = $state(false);
  readonly #app: App;
  readonly #there: Calendar[];
  #found = $state.raw<{ readonly by: string; readonly answer: Found } | undefined>(undefined);
  #round = 0;

  constructor(app: App, old: Calendar | undefined, others: readonly Calendar[]) {
    this.#app = app;
    this.old = old;
    this.#there = [...others];
    this.colour = freeHue(others);
    if (old) this.#fill(old);
  }

  #fill(old: Calendar): void {
    this.way = (['file', 'caldav'] as const).find((way) => way === old.kind) ?? 'feed';
    this.path = this.way === 'file' ? old.address : '';
    this.address = this.way === 'file' ? '' : old.address;
    this.login = old.login;
    this.near = old.near;
    this.name = old.name;
    this.colour = hueLike(old.colour);
    this.allDay = old.allDay;
    this.asksLogin = old.login !== '' || old.reading.code === 'calendar-auth';
  }

  /** What the server answered to what stands in the form now. */
  get found(): Found | undefined {
    return this.#found?.by === this.#key ? this.#found.answer : undefined;
  }

  get #key(): string {
    return JSON.stringify([this.address, this.login, this.password, this.near]);
  }

  /** The collections that are ticked. */
  get picks(): Collection[] {
    return this.found?.collections.filter((one) => this.picked.has(one.address)) ?? [];
  }

  /** The next press looks for calendars rather than adding them. */
  get finds(): boolean {
    return this.way === 'caldav' && !this.old && !this.found?.collections.length;
  }

  /** Turns to another kind of calendar. */
  turn(way: Way): void {
    this.way = way;
    this.fault = undefined;
    this.tried = false;
  }

  pick(address: string, yes: boolean): void {
    this.picked = new Set([...this.picked].filter((one) => one !== address).concat(yes ? address : []));
    if (!yes && this.into === address) this.into = '';
  }

  /** Asks for a file. */
  async choose(): Promise<void> {
    await this.#app.try(async () => {
      const path = await this.#app.backend.calendars.Choose();
      if (!path) return;
      this.path = path;
      this.fault = undefined;
    });
  }

  /** What is wrong with a field; of what is missing only once it was tried. */
  error(field: CalendarField): string | undefined {
    if (this.tried && this.#missing(field)) return this.#missing(field);
    return this.fault && placeOf(this.fault.code) === field ? sentences(this.fault) : undefined;
  }

  #missing(field: CalendarField): string | undefined {
    const file = this.way === 'file';
    if (field === 'address' && file && !this.path) return t('win.calendars.file.missing');
    if (field === 'address' && !file && !this.address.trim()) return t('win.calendars.address.missing');
    if (field === 'password' && this.finds && this.login.trim() && !this.password)
      return t('win.calendars.password.missing');
    if (field === 'picks' && this.found?.collections.length && this.picks.length === 0)
      return t('win.calendars.found.pick');
    return undefined;
  }

  get #incomplete(): boolean {
    const fields: readonly CalendarField[] = ['address', 'password', 'picks'];
    return fields.some((field) => this.#missing(field) !== undefined);
  }

  /** Looks for the calendars of the account. */
  async find(): Promise<void> {
    await this.#run('find', async (goesOn) => {
      const by = this.#key;
      const answer = await this.#app.backend.calendars.Find(this.#form());
      if (!goesOn()) return false;
      this.#found = { by, answer };
      this.picked = new Set(answer.collections.filter((one) => !one.known).map((one) => one.address));
      this.into = '';
      this.tried = false;
      return true;
    });
  }

  /** Goes where the server says that the calendars lie. */
  async follow(address: string): Promise<void> {
    this.address = address;
    await this.find();
  }

  /** Reads the calendar and keeps it, or what was changed. True when it is kept. */
  async save(): Promise<boolean> {
    return this.#run('save', async (goesOn) => {
      if (this.old) await this.#app.backend.calendars.Change(this.#form());
      else if (this.way === 'caldav') return this.#addPicks(goesOn);
      else this.#added(await this.#app.backend.calendars.Add(this.#form()));
      return goesOn();
    });
  }

  async #addPicks(goesOn: () => boolean): Promise<boolean> {
    const all = this.picks;
    for (const { address, name, colour } of all) {
      this.reading = name;
      const form = { ...this.#form(), address, name, colour: told(name, colour, this.#there) };
      const added = await this.#app.backend.calendars.Add(form);
      this.#there.push(added);
      if (address === this.into) await this.#app.backend.calendars.Publish(added.id);
      if (all.length === 1) this.#added(added);
      this.#known(address);
      if (!goesOn()) return false;
    }
    if (all.length > 1) this.#app.toasts.show(n('win.calendars.added.some', all.length));
    return true;
  }

  #added({ name }: Calendar): void {
    this.#app.toasts.show(t('win.calendars.added', { name }));
  }

  // What is kept already is not added once more, should the next one fail.
  #known(address: string): void {
    this.pick(address, false);
    if (!this.#found) return;
    const { by, answer } = this.#found;
    const collections = answer.collections.map((one) => ({
      ...one,
      known: one.known || one.address === address,
    }));
    this.#found = { by, answer: { ...answer, collections } };
  }

  async #run(what: 'find' | 'save', act: (goesOn: () => boolean) => Promise<boolean>): Promise<boolean> {
    if (this.busy) return false;
    this.tried = true;
    this.fault = undefined;
    if (this.#incomplete) return false;
    const round = ++this.#round;
    const goesOn = () => round === this.#round;
    this.busy = what;
    this.reading = '';
    try {
      return await act(goesOn);
    } catch (thrown) {
      if (goesOn()) this.#refused(faultOf(thrown));
      return false;
    } finally {
      if (goesOn()) this.busy = '';
    }
  }

  #refused(fault: Fault): void {
    this.fault = fault;
    if (fault.code === 'calendar-auth') this.asksLogin = true;
  }

  /** Gives up what is under way. */
  async stop(): Promise<void> {
    if (!this.busy) return;
    this.#round++;
    this.busy = '';
    await this.#app.try(() => this.#app.backend.calendars.Stop());
  }

  #form(): CalendarForm {
    const { old, way, near, allDay, password } = this;
    const sameColour = old && hueLike(old.colour) === this.colour;
    return {
      id: old?.id ?? '',
      kind: way,
      name: this.name.trim(),
      address: way === 'file' ? this.path : this.address.trim(),
      login: way === 'file' ? '' : this.login.trim(),
      password: way === 'file' ? '' : password,
      colour: sameColour ? old.colour : hexOf(this.colour),
      allDay,
      near: way !== 'file' && near,
    };
  }
}

const ofProgram = [
  'internal',
  'key-locked',
  'key-absent',
  'key-changed',
  'read-only',
  'disk-full',
  'busy-file',
];

function placeOf(code: string): CalendarField {
  if (code === 'calendar-auth') return 'password';
  if (code === 'calendar-near') return 'near';
  return ofProgram.includes(code) ? 'form' : 'address';
}

// A hue that no calendar has; slate once all are taken.
function freeHue(others: readonly Calendar[]): HueName {
  const used = others.map((one) => hueLike(one.colour));
  return hueNames.find((hue) => hue !== 'slate' && !used.includes(hue)) ?? 'slate';
}

// The colour that the server gives a calendar, unless one of the same name looks like that already.
function told(name: string, colour: string, there: readonly Calendar[]): string {
  const twins = there.some((one) => one.name === name && hueLike(one.colour) === hueLike(colour));
  return colour && !twins ? colour : hexOf(freeHue(there));
}

/** What Go said of a failure, as sentences. */
export function sentences(fault: Fault): string {
  const words = faultWords(fault.code);
  return [fault.message || words.what, fault.hint || words.do].map(sentence).join(' ');
}

/** A text with a capital at its start. */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase() + text.slice(1);
}

/** A text as a sentence: with a capital at its start and a stop at its end. */
export function sentence(text: string): string {
  const whole = capital(text);
  return /[.!?…”]$/.test(whole) ? whole : `${whole}.`;
}
