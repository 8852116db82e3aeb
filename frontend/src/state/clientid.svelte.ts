import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';

/** What Zoom has to send the browser back to; the port is left open. */
export const REDIRECT = 'http://127.0.0.1/callback';

/** The client id of the user's own Zoom app: entered, checked, used. */
export class ClientId {
  /** The guided form is unfolded. */
  open = $state(false);
  /** It was unfolded because nobody can connect without an id. */
  needed = $state(false);
  text = $state('');
  busy = $state<'' | 'check' | 'use' | 'back'>('');
  fault = $state.raw<Fault | undefined>(undefined);
  /** The connection under which another id was kept, by when it was made. */
  #changed = $state('');
  #checked = $state.raw<{ readonly id: string; readonly usable: boolean } | undefined>(undefined);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  /** What the check said about the id that is in the field; nothing while it was not asked. */
  get verdict(): 'usable' | 'unusable' | undefined {
    if (!this.#checked || this.#checked.id !== this.text.trim()) return undefined;
    return this.#checked.usable ? 'usable' : 'unusable';
  }

  /** The user's own id is kept. */
  get isOwn(): boolean {
    return (this.#app.connection.value?.ownId ?? '') !== '';
  }

  /** The connection was made with another id than the one that counts from the next sign-in on. */
  get differs(): boolean {
    const c = this.#app.connection.value;
    if (!c || c.connectedAt === '') return false;
    return this.#changed === c.connectedAt || (c.ownId !== '' && c.ownId !== c.clientId);
  }

  /** Unfolds the form, since there is no id to connect with. */
  ask(): void {
    this.needed = true;
    this.open = true;
  }

  /** Asks Zoom whether the id is a public one. */
  async check(): Promise<void> {
    await this.#run('check', () => this.#ask());
  }

  /** Keeps the id, after Zoom has said that it is a public one. */
  async use(): Promise<void> {
    await this.#run('use', async () => {
      if (this.verdict !== 'usable') await this.#ask();
      if (this.verdict !== 'usable') return;
      await this.#keep(this.text.trim());
      this.text = '';
      this.needed = false;
      this.#app.toasts.show(t('win.video.own.kept'));
    });
  }

  /** Goes back to the program's own id. */
  async back(): Promise<void> {
    await this.#run('back', async () => {
      await this.#keep('');
      this.#app.toasts.show(t('win.video.own.gone'));
    });
  }

  async #ask(): Promise<void> {
    const id = this.text.trim();
    this.#checked = undefined;
    const { usable } = await this.#app.backend.video.CheckID(id);
    this.#checked = { id, usable };
  }

  async #keep(id: string): Promise<void> {
    const before = this.#app.connection.value;
    const after = await this.#app.backend.video.UseID(id);
    this.#app.connection.set(after);
    if (before?.ownId !== id) this.#changed = after.connectedAt;
  }

  async #run(name: 'check' | 'use' | 'back', act: () => Promise<void>): Promise<void> {
    if (this.busy || (name !== 'back' && this.text.trim() === '')) return;
    this.busy = name;
    this.fault = undefined;
    try {
      await act();
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
    this.busy = '';
  }
}
