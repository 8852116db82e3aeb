import type { Schedule, Topic } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import type { Unkept } from './leaving.svelte';
import { Resource } from './resource.svelte';
import { asked } from './topicchecks';
import { TopicDraft } from './topicdraft.svelte';
import { TopicForm } from './topicform.svelte';

export type { Place, Schedule, Topic } from '../bridge/backend';

const undoable = 10_000;

/** The meeting topics with their forms, and what the host does with them. */
export class Topics {
  readonly list: Resource<Topic[]>;
  readonly schedules: Resource<Schedule[]>;
  /** The topic that is being made; it waits here while the user is elsewhere. */
  draft = $state.raw<TopicDraft | undefined>(undefined);
  /** Why no new topic could be begun. */
  fault = $state.raw<Fault | undefined>(undefined);
  readonly #app: App;
  readonly #inSandbox: boolean;
  readonly #forms = new Map<string, TopicForm>();
  #opened = $state(0);
  #beginning = false;
  #zoom = '';

  constructor(app: App) {
    this.#app = app;
    this.#inSandbox = sandboxed(app);
    this.list = new Resource(() => app.backend.topics.List());
    this.schedules = new Resource(() => app.backend.topics.Schedules());
    // The sandbox is thrown away when the window closes.
    if (!this.#inSandbox) app.leaving.join(this);
  }

  /** What is not kept yet. */
  get unkept(): readonly Unkept[] {
    void this.#opened;
    const open = [...this.#forms.values()].filter((form) => form.dirty.length > 0);
    const list = open.map((form) => ({
      name: t('win.leaving.topic', { name: shown(form.values) }),
      save: () => form.flush().then(() => form.dirty.length === 0),
      turnTo: () => this.#show(form.slug),
    }));
    if (!this.draft?.typed) return list;
    return [
      ...list,
      {
        name: t('win.leaving.topic', { name: shown(this.draft.values) }),
        save: () => this.create(),
        turnTo: () => this.#app.go({ name: 'topics', fresh: true }),
      },
    ];
  }

  /** Keeps what only waits for a pause in typing. */
  settle(): Promise<void> {
    return this.flush();
  }

  /** Asks for the topics; forms that are open take what changed elsewhere. */
  async load(): Promise<void> {
    await Promise.all([this.list.load(), this.schedules.load()]);
    if (this.list.fault) return;
    for (const form of this.#forms.values()) {
      const topic = this.#find(form.slug);
      if (topic) form.external(topic);
      else form.gone = true;
    }
  }

  /** The form of a topic, with what was typed into it before; undefined for a topic that never was. */
  form(slug: string): TopicForm | undefined {
    const open = this.#forms.get(slug);
    const topic = this.#find(slug);
    if (open || !topic) return open;
    const form = new TopicForm(topic, {
      latest: async (of) => (await this.#app.backend.topics.List()).find((one) => one.slug === of),
      keep: async (values) =>
        this.#kept(await this.#app.backend.topics.Change({ ...values, page: asked(values.page) })),
    });
    this.#forms.set(slug, form);
    queueMicrotask(() => this.#opened++); // the screen asks while it is worked out
    return form;
  }

  /** Begins a new topic, unless one is begun. */
  async begin(): Promise<void> {
    if (this.draft || this.#beginning) return;
    this.#beginning = true;
    this.fault = undefined;
    try {
      const fresh = await this.#app.backend.topics.Fresh();
      this.draft ??= this.#drafted(fresh);
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
    this.#beginning = false;
  }

  /** Begins a new topic that is like another one. */
  duplicate(slug: string): void {
    const like = this.form(slug)?.values;
    if (!like) return;
    const name = t('win.topics.copy', { name: like.name.trim() });
    this.#turnTo(this.#drafted({ ...like, slug: '', name }));
  }

  /** Makes the topic that was begun. True when it is made. */
  async create(): Promise<boolean> {
    const made = await this.draft?.create();
    if (!made) return false;
    this.#added(made);
    this.draft = undefined;
    this.#app.toasts.show(t('win.topics.created', { name: made.name }));
    return true;
  }

  /** Throws away the topic that was begun; what was typed can be had back for a while. */
  discard(): void {
    const draft = this.draft;
    this.draft = undefined;
    this.#app.go({ name: 'topics' });
    if (draft?.typed) this.#offer(t('win.topics.discarded'), () => this.#turnTo(draft));
  }

  /** Removes a topic; it can be had back for a while. */
  async remove(slug: string): Promise<void> {
    await this.form(slug)?.flush();
    let gone: Topic | undefined;
    await this.#app.try(async () => (gone = await this.#app.backend.topics.Remove(slug)));
    if (!gone) return;
    const removed = gone;
    const at = this.list.value?.findIndex((topic) => topic.slug === slug) ?? 0;
    const rest = this.list.value?.filter((topic) => topic.slug !== slug) ?? [];
    this.#forms.delete(slug);
    this.list.set(rest);
    this.#show((rest[at] ?? rest.at(-1))?.slug);
    this.#offer(t('win.topics.removed', { name: removed.name }), () => void this.#restore(removed));
  }

  /** Turns a topic on or off. */
  async switch(slug: string, on: boolean): Promise<void> {
    await this.#app.try(async () => {
      const topic = this.#kept(await this.#app.backend.topics.Switch(slug, on));
      this.#forms.get(slug)?.external(topic);
    });
  }

  /** Makes a topic anew that was removed elsewhere while it was in the form. */
  async keep(form: TopicForm): Promise<void> {
    form.stop();
    await this.#restore(form.values);
  }

  /** Begins the sign-in at Zoom; a draft without a place means to have it in Zoom. */
  async connect(): Promise<void> {
    if (this.draft) this.draft.wantsZoom = this.draft.place === undefined;
    await this.#app.connect();
  }

  /** How the connection stands: once it is there, what waited for it goes on. */
  zoomIs(state: string): void {
    if (state === this.#zoom) return;
    this.#zoom = state;
    if (state !== 'connected' && state !== 'missing permissions') return;
    if (this.draft?.wantsZoom && !this.draft.place) this.draft.takePlace('zoom');
    for (const form of this.#forms.values()) if (form.fault?.code === 'not-connected') void form.flush();
  }

  /** Goes to the sandbox, once what is typed is saved. */
  async sandbox(): Promise<void> {
    await this.flush();
    await this.#app.sandbox(true);
  }

  /** Saves what is typed and right. What belongs to other data than those behind the window waits. */
  async flush(): Promise<void> {
    const open = [...this.#forms.values()].filter((form) => form.dirty.length > 0);
    for (const form of open) form.stop();
    if (this.#inSandbox === sandboxed(this.#app)) await Promise.all(open.map((form) => form.flush()));
  }

  #find(slug: string): Topic | undefined {
    return this.list.value?.find((topic) => topic.slug === slug);
  }

  #drafted(topic: Topic): TopicDraft {
    return new TopicDraft(topic, {
      add: (values) => this.#app.backend.topics.Add({ ...values, page: asked(values.page) }),
      slug: (name) => this.#app.backend.topics.Slug(name),
      taken: () => this.list.value?.map((one) => one.slug) ?? [],
    });
  }

  #kept(topic: Topic): Topic {
    this.list.set(this.list.value?.map((old) => (old.slug === topic.slug ? topic : old)) ?? [topic]);
    return topic;
  }

  #added(topic: Topic): void {
    this.#forms.delete(topic.slug);
    // The list may have heard of it before the answer came.
    if (this.#find(topic.slug)) this.#kept(topic);
    else this.list.set([...(this.list.value ?? []), topic]);
    this.#show(topic.slug);
  }

  // A topic that Go does not take back as it was goes on as a draft, so that nothing is lost.
  async #restore(topic: Topic): Promise<void> {
    try {
      this.#added(await this.#app.backend.topics.Add(topic));
      this.#app.toasts.show(t('win.topics.restored', { name: topic.name }));
    } catch (thrown) {
      const draft = this.#drafted(topic);
      draft.fault = faultOf(thrown);
      this.#turnTo(draft);
    }
  }

  #turnTo(draft: TopicDraft): void {
    const old = this.draft;
    this.draft = draft;
    this.#app.go({ name: 'topics', fresh: true });
    if (old?.typed && old !== draft) this.#offer(t('win.topics.discarded'), () => this.#turnTo(old));
  }

  #show(slug: string | undefined): void {
    this.#app.go(slug === undefined ? { name: 'topics' } : { name: 'topics', topic: slug });
  }

  #offer(text: string, undo: () => void): void {
    const action = { label: t('win.undo'), keys: ['Ctrl', 'Z'], run: undo };
    this.#app.toasts.show(text, { until: Date.now() + undoable, action });
  }
}

function sandboxed(app: App): boolean {
  return app.start?.sandbox ?? false;
}

function shown({ name }: Topic): string {
  return name.trim() || t('win.leaving.unnamed');
}
