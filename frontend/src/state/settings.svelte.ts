import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';

/** What can be done in the settings beside the profile. */
export class SettingsVerbs {
  /** The name of the act that is under way. */
  busy = $state('');
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
  }

  async theme(name: string): Promise<void> {
    await this.#run('theme', () => this.#app.backend.settings.SetTheme(name));
    await this.#app.refresh();
  }

  async language(name: string): Promise<void> {
    await this.#run('language', () => this.#app.backend.settings.SetLanguage(name));
    await this.#app.refresh();
  }

  async backup(): Promise<void> {
    await this.#run('backup', async () => {
      const file = await this.#app.backend.settings.Backup();
      if (file) this.#app.toasts.show(t('win.settings.backup.done', { file }));
    });
  }

  async restore(): Promise<void> {
    await this.#run('restore', async () => {
      const back = await this.#app.backend.settings.Restore();
      if (!back.file) return;
      this.#app.toasts.show(
        t(back.signInAgain ? 'win.settings.restore.signin' : 'win.settings.restore.done'),
      );
      await this.#app.refresh();
    });
  }

  async reveal(): Promise<void> {
    await this.#run('reveal', () => this.#app.backend.settings.Reveal());
  }

  async renewKey(): Promise<void> {
    await this.#run('key', async () => {
      await this.#app.backend.settings.RenewKey();
      this.#app.toasts.show(t('win.settings.key.renewed'));
      await this.#app.refresh();
    });
  }

  async copy(text: string): Promise<void> {
    await this.#run('copy', async () => {
      await this.#app.backend.shell.Copy(text);
      this.#app.toasts.show(t('win.copied'));
    });
  }

  async #run(name: string, act: () => Promise<unknown>): Promise<void> {
    if (this.busy) return;
    this.busy = name;
    await this.#app.try(act);
    this.busy = '';
  }
}
