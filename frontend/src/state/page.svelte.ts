import type { PageForm, PageState, TopicLink } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import { Resource } from './resource.svelte';

export type { PageState, TopicLink };

/** The screen Integrations → Page: whether visitors may book, where they do, and whether they get there. */
export class PageSetup {
  readonly state: Resource<PageState>;
  port = $state('');
  /** The https address that visitors use; empty for this computer only. */
  open = $state('');
  busy = $state<'' | 'switch' | 'save' | 'check'>('');
  tried = $state(false);
  fault = $state.raw<Fault | undefined>(undefined);
  readonly #app: App;
  #filled = $state.raw<PageForm | undefined>(undefined);

  constructor(app: App) {
    this.#app = app;
    this.state = new Resource(() => app.backend.page.Status());
  }

  get on(): boolean {
    return this.state.value?.form.on ?? false;
  }

  /** Something differs from what is kept. */
  get dirty(): boolean {
    const kept = this.#filled;
    return !!kept && (this.port.trim() !== String(kept.port) || this.#address !== kept.public);
  }

  get #address(): string {
    return this.open.trim().replace(/\/+$/, '');
  }

  get portError(): string | undefined {
    const port = Number(this.port.trim());
    const good = /^\d{1,5}$/.test(this.port.trim()) && port >= 1024 && port <= 65535;
    return this.tried && !good ? t('win.page.port.bad') : undefined;
  }

  get openError(): string | undefined {
    const good = this.#address === '' || /^https:\/\/[^\s/?#@]+$/i.test(this.#address);
    return this.tried && !good ? t('win.page.public.bad') : undefined;
  }

  /** Reads how the page stands. What somebody is typing is left alone. */
  async load(): Promise<void> {
    await this.state.load();
    if (this.state.value && !this.dirty) this.#fill(this.state.value.form);
  }

  #fill(form: PageForm): void {
    this.#filled = form;
    this.port = String(form.port);
    this.open = form.public;
  }

  /** Lets visitors in, or no longer; with what is in the form. */
  async turn(on: boolean): Promise<void> {
    await this.#keep('switch', on);
  }

  /** Keeps the addresses; a page that is on begins anew with them. */
  async save(): Promise<void> {
    await this.#keep('save', this.on);
  }

  async #keep(how: 'switch' | 'save', on: boolean): Promise<void> {
    if (this.busy) return;
    this.tried = true;
    this.fault = undefined;
    if (this.portError ?? this.openError) return;
    this.busy = how;
    try {
      this.state.set(
        await this.#app.backend.page.Save({ on, port: Number(this.port), public: this.#address }),
      );
      if (this.state.value) this.#fill(this.state.value.form);
      this.tried = false;
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
    this.busy = '';
  }

  /** Tries whether the public address leads here. */
  async check(): Promise<void> {
    if (this.busy) return;
    this.busy = 'check';
    await this.#app.try(async () => this.state.set(await this.#app.backend.page.Check()));
    this.busy = '';
  }

  /** Copies an address of the page. */
  async copy(url: string): Promise<void> {
    if (await this.#app.try(() => this.#app.backend.shell.Copy(url))) this.#app.toasts.show(t('win.copied'));
  }

  /** Shows a topic of the page in the browser; without one, the page. */
  async show(slug = ''): Promise<void> {
    await this.#app.try(() => this.#app.backend.page.Open(slug));
  }
}
