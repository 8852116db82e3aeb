import type { Hours } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import type { Unkept } from './leaving.svelte';
import { Resource } from './resource.svelte';
import { ScheduleEditor } from './scheduleeditor.svelte';
import { perWorld } from './worlds';

export type { Hours, Outlook } from '../bridge/backend';

const undoable = 10_000;

/** The schedules of the data file behind the window. */
export const schedulesOf = perWorld((app) => new Schedules(app));

/** The schedules with their editors, and what the host does with them. */
export class Schedules {
  readonly list: Resource<Hours[]>;
  /** The schedule that is being made; it waits here while the user is elsewhere. */
  draft = $state.raw<ScheduleEditor | undefined>(undefined);
  /** Why no new schedule could be begun. */
  fault = $state.raw<Fault | undefined>(undefined);
  readonly #app: App;
  readonly #inSandbox: boolean;
  readonly #editors = new Map<string, ScheduleEditor>();
  #opened = $state(0);

  constructor(app: App) {
    this.#app = app;
    this.#inSandbox = app.start?.sandbox ?? false;
    this.list = new Resource(() => app.backend.schedules.List());
    // The sandbox is thrown away when the window closes.
    if (!this.#inSandbox) app.leaving.join(this);
  }

  /** What is not kept yet. */
  get unkept(): readonly Unkept[] {
    void this.#opened;
    const open = [...this.#editors.values()].filter((editor) => editor.dirty);
    if (this.draft?.canUndo) open.push(this.draft);
    return open.map((editor) => ({
      name: t('win.leaving.schedule', { name: shown(editor) }),
      save: () => this.save(editor),
      turnTo: () => this.#app.go({ name: 'schedules', ...place(editor) }),
    }));
  }

  /** Asks for the schedules; editors that are open take what changed elsewhere. */
  async load(): Promise<void> {
    await this.list.load();
    if (this.list.fault) return;
    for (const [name, editor] of this.#editors) {
      const kept = this.find(name);
      if (kept) editor.external(kept);
      else if (editor.dirty) editor.gone = true;
      else this.#editors.delete(name);
    }
  }

  find(name: string | undefined): Hours | undefined {
    return this.list.value?.find((one) => one.name === name);
  }

  /** The editor of a schedule, with what was changed in it before; undefined for one that there is not. */
  editor(name: string): ScheduleEditor | undefined {
    const open = this.#editors.get(name);
    const kept = this.find(name);
    if (open || !kept) return open;
    const editor = this.#edited(kept, name);
    this.#editors.set(name, editor);
    queueMicrotask(() => this.#opened++); // the screen asks while it is worked out
    return editor;
  }

  /** Something in a schedule is not kept yet. */
  unsaved(name: string): boolean {
    return this.#editors.get(name)?.dirty ?? false;
  }

  /** Begins a new schedule, unless one is begun. */
  async begin(name = ''): Promise<void> {
    if (this.draft) return;
    this.fault = undefined;
    try {
      const fresh = await this.#app.backend.schedules.Fresh();
      this.draft ??= this.#edited({ ...fresh, name }, undefined);
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
  }

  /** Begins a new schedule that is like another one; `shown` is the name that the user knows that one by. */
  copy(name: string, shown: string): void {
    const like = this.find(name);
    if (!like) return;
    this.#turnTo(this.#edited({ ...like, name: t('win.schedules.copy', { name: shown }) }, undefined));
  }

  /** Keeps what stands in an editor. True when it is kept. */
  async save(editor: ScheduleEditor): Promise<boolean> {
    const before = editor.name;
    const kept = await editor.save();
    if (!kept) return false;
    if (before !== undefined) this.#editors.delete(before);
    this.#editors.set(kept.name, editor);
    if (this.draft === editor) this.draft = undefined;
    this.#put(before, kept);
    if (this.#app.screen.name === 'schedules') this.#show(kept.name);
    return true;
  }

  /** Throws away the schedule that was begun; it can be had back for a while. */
  discard(): void {
    const draft = this.draft;
    this.draft = undefined;
    this.#show(undefined);
    if (draft?.canUndo) this.#offer(t('win.schedules.discarded'), () => this.#turnTo(draft));
  }

  /** Removes a schedule that no topic uses; it can be had back for a while. */
  async remove(name: string, shown: string): Promise<void> {
    const editor = this.editor(name);
    const used = (this.find(name)?.topics.length ?? 0) > 0;
    if (editor && used) editor.refused = true;
    if (used) return;
    let gone: Hours | undefined;
    await this.#app.try(async () => (gone = await this.#app.backend.schedules.Remove(name)));
    if (!gone) return;
    const removed = gone;
    const at = this.list.value?.findIndex((one) => one.name === name) ?? 0;
    const rest = this.list.value?.filter((one) => one.name !== name) ?? [];
    this.#editors.delete(name);
    this.list.set(rest);
    this.#show((rest[at] ?? rest.at(-1))?.name);
    this.#offer(t('win.schedules.removed', { name: shown }), () => void this.#restore(removed));
  }

  /** The user leaves an editor: what is not kept is still there to come back to. */
  left(editor: ScheduleEditor, shown: string): void {
    const { name } = editor;
    const mine = this.#inSandbox === (this.#app.start?.sandbox ?? false);
    const open = name === undefined ? editor === this.draft && editor.canUndo : editor.dirty;
    if (!mine || !open) return;
    const run = () => (name === undefined ? this.#turnTo(editor) : this.#show(name));
    const action = { label: t('win.schedules.left.back'), run };
    this.#app.toasts.show(t('win.schedules.left', { name: shown }), {
      until: Date.now() + undoable,
      action,
    });
  }

  #edited(hours: Hours, name: string | undefined): ScheduleEditor {
    return new ScheduleEditor(hours, name, {
      keep: (old, values) =>
        old === undefined
          ? this.#app.backend.schedules.Add(values)
          : this.#app.backend.schedules.Change(old, values),
      look: (values) => this.#app.backend.schedules.Look(values),
      taken: (other) => this.find(other) !== undefined,
    });
  }

  #put(before: string | undefined, kept: Hours): void {
    const rest = this.list.value?.filter((one) => one.name !== before && one.name !== kept.name) ?? [];
    this.list.set([...rest, kept].sort((a, b) => (a.name < b.name ? -1 : 1)));
  }

  async #restore(gone: Hours): Promise<void> {
    await this.#app.try(async () => {
      const kept = await this.#app.backend.schedules.Add(gone);
      this.#put(undefined, kept);
      this.#show(kept.name);
    });
  }

  #turnTo(draft: ScheduleEditor): void {
    const old = this.draft;
    this.draft = draft;
    this.#app.go({ name: 'schedules', fresh: true });
    if (old?.canUndo && old !== draft) this.#offer(t('win.schedules.discarded'), () => this.#turnTo(old));
  }

  #show(name: string | undefined): void {
    this.#app.go(name === undefined ? { name: 'schedules' } : { name: 'schedules', schedule: name });
  }

  #offer(text: string, run: () => void): void {
    const action = { label: t('win.undo'), keys: ['Ctrl', 'Z'], run };
    this.#app.toasts.show(text, { until: Date.now() + undoable, action });
  }
}

function shown({ values: { name } }: ScheduleEditor): string {
  if (name === 'default') return t('win.topics.schedule.default');
  return name.trim() || t('win.leaving.unnamed');
}

function place({ name }: ScheduleEditor): { schedule: string } | { fresh: true } {
  return name === undefined ? { fresh: true } : { schedule: name };
}
