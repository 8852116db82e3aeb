import type { MailAccount, MailPreset, MailReport } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { t } from '../i18n/i18n.svelte';
import type { App } from './app.svelte';
import { isAddress, isEncryption, isHere, isPort, suspects, usual } from './mailvalues';
import type { Encryption, MailField } from './mailvalues';

export type { Encryption, MailField, MailReport };

/** The screen Integrations → Mail: the account that letters are sent from, and the proof that it works. */
export class MailSetup {
  kept = $state.raw<MailAccount | undefined>(undefined);
  /** Why the account could not be read. */
  unread = $state.raw<Fault | undefined>(undefined);
  from = $state('');
  host = $state('');
  port = $state('587');
  tls = $state<Encryption>('starttls');
  user = $state('');
  password = $state('');
  /** Where the test letter goes; empty is the host's own address. */
  to = $state('');
  /** What has to be done at the provider first. */
  note = $state('');
  busy = $state<'' | 'save' | 'test'>('');
  tried = $state(false);
  fault = $state.raw<Fault | undefined>(undefined);
  failed = $state.raw<Fault | undefined>(undefined);
  report = $state.raw<MailReport | undefined>(undefined);
  readonly #app: App;
  #looked = '';
  #looking: Promise<void> | undefined;
  #filled = { host: '', user: '' };

  constructor(app: App) {
    this.#app = app;
  }

  /** The sandbox's letter catcher stands in the place of an account. */
  get readOnly(): boolean {
    return this.#app.start?.sandbox ?? false;
  }

  get ownAddress(): string {
    return this.#app.start?.profile?.email ?? '';
  }

  /** Something differs from what is kept. */
  get dirty(): boolean {
    const k = this.kept;
    if (!k || this.password !== '') return true;
    return !k.set || this.from.trim() !== k.from || this.user.trim() !== k.user || !this.#sameServer(k);
  }

  #sameServer(k: MailAccount): boolean {
    return this.host.trim() === k.host && this.port.trim() === String(k.port) && this.tls === k.tls;
  }

  /** A password is kept and will be used as it is. Go keeps it for the same server and user only. */
  get keepsPassword(): boolean {
    return this.hasPassword && this.host.trim() === this.kept?.host && this.user.trim() === this.kept.user;
  }

  get hasPassword(): boolean {
    return this.kept?.secret ?? false;
  }

  /** Without encryption only a server on this computer may be used. */
  get mayBeOpen(): boolean {
    return isHere(this.host);
  }

  /** What is wrong with a field, before anything is sent; nothing until Save was tried. */
  error(field: MailField): string | undefined {
    if (field === 'to')
      return this.to.trim() !== '' && !isAddress(this.to) ? t('win.mail.to.bad') : undefined;
    return this.tried ? this.#wrong(field) : undefined;
  }

  #wrong(field: MailField): string | undefined {
    if (field === 'from' && !isAddress(this.from)) return t('win.mail.from.bad');
    if (field === 'host' && this.host.trim() === '') return t('win.mail.host.missing');
    if (field === 'port' && !isPort(this.port)) return t('win.mail.port.bad');
    if (field === 'tls' && this.tls === 'none' && !this.mayBeOpen) return t('win.mail.tls.none.why');
    return undefined;
  }

  /** The fields to look at after a test that failed, the likeliest first. */
  get suspects(): readonly MailField[] {
    const list = suspects[this.failed?.code ?? ''] ?? [];
    return this.to.trim() === '' ? list.filter((field) => field !== 'to') : list;
  }

  /** Reads the account. What somebody is typing is left alone. */
  async load(): Promise<void> {
    try {
      const fresh = await this.#app.backend.mail.Account();
      const typing = this.kept !== undefined && this.touched;
      this.kept = fresh;
      this.unread = undefined;
      if (!typing) this.#fill(fresh);
    } catch (thrown) {
      this.unread = faultOf(thrown);
    }
  }

  /** Something was typed that is not kept. */
  get touched(): boolean {
    const k = this.kept;
    if (k?.set) return this.dirty;
    return [this.from, this.host, this.user, this.password].some((text) => text !== '');
  }

  #fill(a: MailAccount): void {
    this.from = a.from;
    this.host = a.host;
    this.user = a.user;
    this.port = a.port > 0 ? String(a.port) : '587';
    this.tls = isEncryption(a.tls) ? a.tls : 'starttls';
    this.#looked = a.from;
  }

  /** Fills in what the provider of the address is known to want. */
  async look(): Promise<void> {
    const email = this.from.trim();
    if (this.readOnly || email === this.#looked || !isAddress(email)) return this.#looking;
    this.#looked = email;
    this.#looking = this.#preset(email);
    await this.#looking;
  }

  async #preset(email: string): Promise<void> {
    try {
      const found = await this.#app.backend.mail.Preset(email);
      if (email === this.from.trim()) this.#take(found, email);
    } catch {
      // Nothing is known of the provider then, and the fields are filled in by hand.
    }
  }

  #take(found: MailPreset, email: string): void {
    this.note = found.note;
    if (!found.known) {
      if (this.host === this.#filled.host) this.host = '';
      if (this.user === this.#filled.user) this.user = email;
      this.#filled = { host: '', user: this.user === email ? email : '' };
      return;
    }
    const { host, port, tls, user } = found.account;
    if (this.host === host && this.user !== '' && this.user !== this.#filled.user) return;
    this.host = host;
    this.port = String(port);
    if (isEncryption(tls)) this.tls = tls;
    this.user = user;
    this.#filled = { host, user };
  }

  /** Chooses the encryption, and the port that goes with it unless another one was typed. */
  encrypt(next: Encryption): void {
    if (this.port === usual[this.tls] || this.port.trim() === '') this.port = usual[next] ?? this.port;
    this.tls = next;
  }

  /** Keeps the account. What was typed stays when that fails. True when it is kept. */
  async save(): Promise<boolean> {
    if (this.busy || this.readOnly) return false;
    await this.look();
    this.tried = true;
    const fields: readonly MailField[] = ['from', 'host', 'port', 'tls'];
    if (fields.some((field) => this.#wrong(field))) return false;
    this.busy = 'save';
    this.fault = undefined;
    this.forget();
    const ok = await this.#keep();
    this.busy = '';
    return ok;
  }

  async #keep(): Promise<boolean> {
    try {
      this.kept = await this.#app.backend.mail.Save(this.#account());
      this.password = '';
      this.#fill(this.kept);
      this.tried = false;
    } catch (thrown) {
      this.fault = faultOf(thrown);
      return false;
    }
    await this.#app.refresh();
    return true;
  }

  #account(): MailAccount {
    const [from, host, user] = [this.from.trim(), this.host.trim(), this.user.trim()];
    const { tls, password } = this;
    return { from, host, port: Number(this.port), tls, user, password, set: false, secret: false };
  }

  /** Sends the test letter through the account that is in the form: it is kept first. */
  async test(): Promise<void> {
    if (this.busy || this.error('to')) return;
    if (this.dirty && !this.readOnly && !(await this.save())) return;
    this.busy = 'test';
    this.forget();
    try {
      this.report = await this.#app.backend.mail.Test(this.to.trim());
    } catch (thrown) {
      this.failed = faultOf(thrown);
    }
    this.busy = '';
  }

  /** Puts what the last test said away. */
  forget(): void {
    this.failed = undefined;
    this.report = undefined;
  }
}
