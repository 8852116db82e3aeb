import type { DayHours, Hours, Outlook } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import type { TextKey } from '../i18n/keys';
import type { Day } from '../model/day';
import { type Opening, troubleOf, type Week } from '../model/openings';
import { Resource } from './resource.svelte';

/** Other hours of one day; none is closed. */
export type Exception = Omit<DayHours, 'hours'> & { readonly hours: readonly Opening[] };

/** What the editor of a schedule holds. */
export interface Values {
  readonly name: string;
  readonly zone: string;
  readonly week: Week;
  /** By date. */
  readonly days: readonly Exception[];
}

/** The way of a schedule to Go. `name` is the one under which it is kept; undefined for a new one. */
export interface Keeper {
  keep(name: string | undefined, values: Hours): Promise<Hours>;
  look(values: Hours): Promise<Outlook>;
  taken(name: string): boolean;
}

const fields = ['name', 'zone', 'week', 'days'] as const;
const longest = 64; // bytes
const remembered = 200;

/** The editor of a schedule. Nothing is kept before the user says so; until then every change can be undone. */
export class ScheduleEditor {
  values: Values;
  /** The name under which it is kept; undefined for a new one. */
  name = $state<string | undefined>(undefined);
  saving = $state(false);
  /** When it was saved last, in milliseconds since 1970. */
  savedAt = $state<number | undefined>(undefined);
  /** Why Go did not take it. */
  fault = $state.raw<Fault | undefined>(undefined);
  /** What is wrong is said of the name too: the user was done with it. */
  judged = $state(false);
  /** The schedule was removed by somebody else. */
  gone = $state(false);
  /** It was to be removed, and topics use it. */
  refused = $state(false);
  readonly outlook: Resource<Outlook>;
  readonly #keeper: Keeper;
  #base: Values;
  #past = $state.raw<readonly Values[]>([]);
  #future = $state.raw<readonly Values[]>([]);
  #typing = '';

  constructor(hours: Hours, name: string | undefined, keeper: Keeper) {
    this.values = $state.raw(valuesOf(hours));
    this.#base = $state.raw(valuesOf(hours));
    this.name = name;
    this.#keeper = keeper;
    this.outlook = new Resource(() => keeper.look(this.#hours()));
  }

  get dirty(): boolean {
    return this.gone || fields.some((field) => !same(this.values[field], this.#base[field]));
  }

  get canUndo(): boolean {
    return this.#past.length > 0;
  }

  get canRedo(): boolean {
    return this.#future.length > 0;
  }

  /** What is wrong with the name. */
  get nameProblem(): TextKey | undefined {
    const name = this.values.name.trim();
    if (name === '') return 'win.schedules.name.missing';
    if (new TextEncoder().encode(name).length > longest) return 'win.schedules.name.long';
    return name !== this.name && this.#keeper.taken(name) ? 'win.schedules.name.taken' : undefined;
  }

  /** Some hours cannot be kept as they stand. */
  get wrong(): boolean {
    const { week, days } = this.values;
    return [...week, ...days.map((day) => day.hours)].some(troubleOf);
  }

  /** The user changed something. What is typed into one field (`typing`) is undone at once, not letter by letter. */
  change(part: Partial<Values>, typing = ''): void {
    if (fields.every((field) => part[field] === undefined || same(part[field], this.values[field]))) return;
    if (typing === '' || typing !== this.#typing)
      this.#past = [...this.#past.slice(-remembered), this.values];
    this.#typing = typing;
    this.#future = [];
    this.values = { ...this.values, ...part };
    this.fault = undefined;
  }

  undo(): void {
    const last = this.#past.at(-1);
    if (!last) return;
    this.#past = this.#past.slice(0, -1);
    this.#future = [...this.#future, this.values];
    this.#show(last);
  }

  redo(): void {
    const next = this.#future.at(-1);
    if (!next) return;
    this.#future = this.#future.slice(0, -1);
    this.#past = [...this.#past, this.values];
    this.#show(next);
  }

  /** Takes back all that is not kept; that can be undone too. */
  revert(): void {
    this.change(this.#base);
    this.judged = false;
  }

  /** Changes the hours of a date, or makes them; nothing for `part` takes them away. */
  setDay(date: Day, part: Partial<Exception> | undefined, typing = ''): void {
    const old = this.values.days.find((day) => day.date === date) ?? { date, hours: [], reason: '' };
    const rest = this.values.days.filter((day) => day.date !== date);
    const days = part ? [...rest, { ...old, ...part }] : rest;
    this.change({ days: days.sort((a, b) => (a.date < b.date ? -1 : 1)) }, typing && date + typing);
  }

  /** Asks what the hours come to, if they can be. */
  async look(): Promise<void> {
    if (!this.wrong) await this.outlook.load();
  }

  /** Keeps it, and says as what; nothing when something is wrong with it. */
  async save(): Promise<Hours | undefined> {
    this.judged = true;
    if (this.saving || this.nameProblem || this.wrong) return undefined;
    this.saving = true;
    this.fault = undefined;
    const sent = this.values;
    try {
      const kept = await this.#keeper.keep(this.gone ? undefined : this.name, this.#hours());
      this.#settle(kept, sent);
      this.name = kept.name;
      this.savedAt = Date.now();
      return kept;
    } catch (thrown) {
      this.fault = faultOf(thrown);
      return undefined;
    } finally {
      this.saving = false;
    }
  }

  /** Takes the schedule as it is kept now, except for what the user is changing. */
  external(kept: Hours): void {
    this.#settle(kept, this.#base);
  }

  #show(values: Values): void {
    this.#typing = '';
    this.values = values;
    this.fault = undefined;
  }

  // A field that stands as it was known follows what is kept; one that the user changed since stays.
  #settle(hours: Hours, known: Values): void {
    const kept = valuesOf(hours);
    const follow = fields.filter((field) => same(this.values[field], known[field]));
    const parts = Object.fromEntries(follow.map((field) => [field, kept[field]]));
    this.#base = kept;
    this.values = { ...this.values, ...parts };
    this.gone = false;
  }

  #hours(): Hours {
    const { name, zone, week, days } = this.values;
    const each = days.map((day) => ({ ...day, hours: [...day.hours] }));
    return { name: name.trim(), zone, week: week.map((list) => [...list]), days: each, topics: [] };
  }
}

function valuesOf({ name, zone, week, days }: Hours): Values {
  return { name, zone, week, days };
}

function same(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
