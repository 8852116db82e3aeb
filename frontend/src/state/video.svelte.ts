import type { Connection, Permission, SignIn } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { faultWords, type FaultWords } from '../i18n/fault';
import { has, t } from '../i18n/i18n.svelte';
import type { At } from '../model/instant';
import { clock, nearDay } from '../model/time';
import type { Zone } from '../model/zone';
import type { App } from './app.svelte';
import { ClientId } from './clientid.svelte';
import { systemZone } from './zones';

export type { Connection, Permission, SignIn };

/** How the connection stands: never made or disabled, good, short of permissions, replaced, removed at Zoom. */
export type Standing = 'off' | 'on' | 'lacking' | 'again' | 'removed';

/** What a test of the connection found out. */
export interface Tested {
  readonly at: number;
  /** Zoom did not answer, so what is shown is the last that was known. */
  readonly offline: boolean;
  readonly fault?: Fault | undefined;
}

const standings: Readonly<Record<string, Standing>> = {
  'not connected': 'off',
  connected: 'on',
  'missing permissions': 'lacking',
  'sign in again': 'again',
  'removed at Zoom': 'removed',
};

/** The screen Integrations → Video: what the user can do about the connection to Zoom. */
export class Video {
  readonly app: App;
  readonly own: ClientId;
  testing = $state(false);
  tested = $state.raw<Tested | undefined>(undefined);
  disabling = $state(false);
  /** What came of Disable, until the user connects again. */
  disabled = $state.raw<{ readonly revoked: boolean } | undefined>(undefined);
  entering = $state(false);

  constructor(app: App) {
    this.app = app;
    this.own = new ClientId(app);
  }

  get connection(): Connection | undefined {
    return this.app.connection.value;
  }

  get standing(): Standing {
    return standings[this.connection?.state ?? ''] ?? 'off';
  }

  /** A sign-in is under way: here, or begun by another program. */
  get connecting(): boolean {
    return this.app.signingIn || this.connection?.state === 'connecting';
  }

  /** There was a connection before the sign-in that is under way or has just failed. */
  get hadOne(): boolean {
    return (this.connection?.connectedAt ?? '') !== '';
  }

  /** The key of the stored sign-ins can be used, or will be made with the first one. */
  get keyHeld(): boolean {
    return ['ok', 'none'].includes(this.connection?.key.state ?? '');
  }

  get sandbox(): boolean {
    return this.app.start?.sandbox ?? false;
  }

  get zone(): Zone {
    return this.app.start?.zone || systemZone();
  }

  /** "today, 9:58". */
  when(at: At): string {
    const day = nearDay(at, this.zone, Date.now());
    return day && t('win.video.when', { day, clock: clock(at, this.zone) });
  }

  /** Begins the sign-in; without a client id it says where to get one. */
  async connect(): Promise<void> {
    if (this.connection?.clientId === '') {
      this.own.ask();
      return;
    }
    this.disabled = undefined;
    this.tested = undefined;
    await this.app.connect();
  }

  /** Gives the sign-in up, and looks again in case it was not begun here. */
  async cancel(): Promise<void> {
    await this.app.cancelSignIn();
    await this.app.refresh();
  }

  async trySandbox(): Promise<void> {
    if (this.entering) return;
    this.entering = true;
    await this.app.sandbox(true);
    this.entering = false;
  }

  /** Asks Zoom whether the connection stands. */
  async test(): Promise<void> {
    if (this.testing) return;
    this.testing = true;
    this.app.signedIn = undefined;
    try {
      const answer = await this.app.backend.video.Check();
      this.app.connection.set(answer);
      this.tested = { at: Date.now(), offline: answer.offline };
    } catch (thrown) {
      this.tested = { at: Date.now(), offline: false, fault: faultOf(thrown) };
    }
    this.testing = false;
  }

  /** Ends the connection. It can be made again, so nobody is asked. */
  async disable(): Promise<void> {
    if (this.disabling) return;
    this.disabling = true;
    this.tested = undefined;
    this.app.signedIn = undefined;
    await this.app.try(async () => {
      const end = await this.app.backend.video.Disable();
      this.app.connection.set(end.connection);
      this.disabled = { revoked: end.revoked };
      this.app.toasts.show(t(end.revoked ? 'win.video.disabled.toast' : 'win.video.disabled.here.toast'));
    });
    this.disabling = false;
    await this.app.refresh();
  }

  /** Puts the notice of the last sign-in away. */
  dismiss(): void {
    this.app.signedIn = undefined;
  }

  async visit(page: 'zoom-added-apps' | 'zoom-build-app'): Promise<void> {
    await this.app.try(() => this.app.backend.shell.Visit(page));
  }

  async copy(text: string): Promise<void> {
    if (await this.app.try(() => this.app.backend.shell.Copy(text))) this.app.toasts.show(t('win.copied'));
  }
}

/** Why a sign-in failed, in words; `detail` is what the other side said beyond them. */
export function endWords(fault: { code: string; message: string; hint: string }): FaultWords & {
  detail: string;
} {
  const words = faultWords(fault.code);
  const own = (part: keyof FaultWords, other: string) => {
    const key = `win.video.end.${fault.code}.${part}`;
    return has(key) ? t(key) : other;
  };
  const what = own('what', words.what);
  const repeats = has(`win.video.end.${fault.code}.what`) || same(fault.message, words.what);
  return {
    what,
    means: own('means', words.means),
    do: own('do', words.do),
    detail: repeats ? '' : fault.message,
  };
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

/** The scopes that lack, each with what does not work without it. */
export function lacks(permissions: readonly Permission[]): { scope: string; words: string }[] {
  return permissions.flatMap(({ missing }) => missing).map((scope) => ({ scope, words: lackWords(scope) }));
}

function lackWords(scope: string): string {
  const key = `win.video.lack.${scope.replaceAll(/[:_]/g, '-')}`;
  return has(key) ? t(key) : t('win.video.lack.other');
}
