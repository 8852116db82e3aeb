import type { Profile } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import { systemZone } from './zones';

/** The form about the host: typed, checked lightly here and truly in Go. */
export class ProfileDraft {
  name = $state('');
  email = $state('');
  org = $state('');
  zone = $state(systemZone());
  busy = $state(false);
  saved = $state(false);
  fault = $state.raw<Fault | undefined>(undefined);
  tried = $state(false);
  readonly #app: App;

  constructor(app: App) {
    this.#app = app;
    const p = app.start?.profile;
    if (!p) return;
    this.name = p.name;
    this.email = p.email;
    this.org = p.org;
    this.zone = p.zone;
  }

  /** What is wrong with the name; empty when nothing is. */
  get nameError(): string | undefined {
    return this.tried && this.name.trim() === '' ? t('win.profile.name.missing') : undefined;
  }

  get emailError(): string | undefined {
    return this.tried && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(this.email.trim())
      ? t('win.profile.email.bad')
      : undefined;
  }

  /** Whether something differs from what is kept. */
  get dirty(): boolean {
    const p = this.#app.start?.profile;
    return !p || p.name !== this.name || p.email !== this.email || p.org !== this.org || p.zone !== this.zone;
  }

  /** Keeps the profile. What was typed stays when that fails. */
  async save(): Promise<void> {
    this.tried = true;
    if (this.busy || this.nameError || this.emailError) return;
    this.busy = true;
    this.fault = undefined;
    try {
      const lang = this.#app.start?.lang ?? '';
      const profile: Profile = {
        name: this.name,
        email: this.email.trim(),
        org: this.org,
        zone: this.zone,
        lang,
      };
      await this.#app.backend.settings.SaveProfile(profile);
      this.saved = true;
      await this.#app.refresh();
    } catch (thrown) {
      this.fault = faultOf(thrown);
    }
    this.busy = false;
  }
}
