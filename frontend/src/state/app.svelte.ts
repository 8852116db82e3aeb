import { getContext, setContext } from 'svelte';
import type { Backend, Connection, Link, SignIn, Start } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { faultWords } from '../i18n/fault';
import { n, setLanguage, t } from '../i18n/i18n.svelte';
import { keepClocks } from '../model/clocks';
import { Leaving } from './leaving.svelte';
import type { Wish } from './changing.svelte';
import { Resource } from './resource.svelte';
import type { Draft, Screen } from './screen';
import { Toasts } from './toasts.svelte';

/** What the whole window knows: where the user is, who is connected, and what is told at the bottom. */
export class App {
  readonly backend: Backend;
  readonly toasts = new Toasts();
  /** What is not kept, when the window is to be closed. */
  readonly leaving: Leaving;
  start = $state.raw<Start | undefined>(undefined);
  fault = $state.raw<Fault | undefined>(undefined);
  screen = $state.raw<Screen>({ name: 'bookings' });
  draft = $state.raw<Draft | undefined>(undefined);
  /** A sign-in is under way in the browser. */
  signingIn = $state(false);
  /** How the last sign-in ended, until the user goes on. */
  signedIn = $state.raw<SignIn | undefined>(undefined);
  /** The key file's passphrase is asked for; true when a new one is to be chosen. */
  passphrase = $state.raw<boolean | undefined>(undefined);
  readonly connection: Resource<Connection>;
  /** Where Connect was pressed: the window comes back there. */
  #connectedFrom: Screen | undefined;
  /** Ends when the frame around the screens has been drawn: what takes longer to draw comes after it. */
  drawn: Promise<void> = Promise.resolve();
  /** Counts the changes of the data file: screens ask again when it moves. */
  changes = $state(0);

  /** The file whose answers are being looked at; empty for none. */
  answers = $state('');
  /** A change of a booking that was chosen elsewhere than beside the list. */
  wish = $state.raw<Wish | undefined>(undefined);
  #begun: Promise<void> | undefined;

  constructor(backend: Backend) {
    this.backend = backend;
    this.leaving = new Leaving(backend);
    this.connection = new Resource(() => backend.video.Status());
  }

  /** Begins to listen, and learns what the window needs first; once. */
  begin(): Promise<void> {
    return (this.#begun ??= this.#begin());
  }

  async #begin(): Promise<void> {
    this.backend.on('changed', () => void this.refresh());
    this.backend.on('connected', (end) => this.#signInEnded(end));
    this.backend.on('link', (link) => this.follow(link));
    this.backend.on('dropped', (path) => (this.answers = path));
    this.backend.on('closing', () => void this.try(() => this.leaving.asked()));
    this.backend.on('passphrase', (fresh) => (this.passphrase = fresh));
    try {
      await this.#take(await this.backend.shell.Begin());
    } catch (thrown) {
      this.fault = faultOf(thrown);
      await setLanguage('en');
    }
    if (this.start?.link) this.follow(this.start.link);
    await this.connection.load();
  }

  /** Tries once more to open a data file that could not be opened. */
  async reopen(): Promise<void> {
    await this.try(async () => this.#take(await this.backend.shell.Reopen()));
    await this.connection.load();
  }

  /** Asks again for everything that is on the screen. */
  async refresh(): Promise<void> {
    this.changes++;
    await Promise.all([
      this.try(async () => this.#take(await this.backend.shell.Again())),
      this.connection.load(),
    ]);
  }

  async #take(start: Start): Promise<void> {
    await setLanguage(start.lang === 'pl' ? 'pl' : 'en');
    applyTheme(start.theme);
    if (start.zone) keepClocks(start.zone, start.clocks);
    if (!this.start) this.drawn = nextFrame(); // before the screens hear of it
    if (JSON.stringify(start) !== JSON.stringify(this.start)) this.start = start; // the same is not drawn anew
    this.fault = undefined;
  }

  go(screen: Screen): void {
    this.screen = screen;
    this.signedIn = undefined;
  }

  /** Shows what a kwadrans:// address asks for; it never acts by itself. */
  follow(link: Link): void {
    this.draft = undefined;
    if (link.connect) this.go({ name: 'integrations', tab: 'video' });
    else if (link.booking) this.go({ name: 'bookings', booking: link.booking });
  }

  /** Runs something of the user's; a failure is told at the bottom. True when it went well. */
  async try(run: () => Promise<unknown>): Promise<boolean> {
    try {
      await run();
      return true;
    } catch (thrown) {
      this.tell(faultOf(thrown));
      return false;
    }
  }

  /** Tells a failure at the bottom of the window. */
  tell(fault: Fault): void {
    this.toasts.show(fault.message || faultWords(fault.code).what, { tone: 'bad' });
  }

  /** Begins the sign-in at Zoom, in the browser. */
  async connect(): Promise<void> {
    this.signedIn = undefined;
    this.#connectedFrom = this.screen;
    this.signingIn = await this.try(() => this.backend.video.Connect());
  }

  async cancelSignIn(): Promise<void> {
    await this.try(() => this.backend.video.Cancel());
  }

  #signInEnded(end: SignIn): void {
    this.signingIn = false;
    const from = this.#connectedFrom;
    this.#connectedFrom = undefined;
    this.signedIn = end.cancelled ? undefined : end;
    if (!end.cancelled && from && !this.draft) this.screen = from;
    if (!end.fault && !end.cancelled)
      this.toasts.show(t('win.video.connected.toast', { account: end.email || end.name }));
    void this.refresh();
  }

  /** Goes to the sandbox or back; what was on the screen belongs to other data. */
  async sandbox(enter: boolean): Promise<void> {
    await this.try(async () => {
      await this.#take(
        enter ? await this.backend.shell.EnterSandbox() : await this.backend.shell.LeaveSandbox(),
      );
      this.draft = undefined;
      this.signedIn = undefined;
      if (this.screen.name === 'bookings') this.screen = { name: 'bookings' };
      if (this.screen.name === 'topics') this.screen = { name: 'topics' };
      if (this.screen.name === 'schedules') this.screen = { name: 'schedules' };
      this.changes++;
      await this.connection.load();
    });
  }

  /** Opens the dialog for a new booking. */
  book(draft: Draft = {}): void {
    this.draft = draft;
  }

  /** Tells that something is held back until a time, and can be undone until then. */
  held(countdown: (seconds: number) => string, until: string, undo: () => void): void {
    const end = Date.parse(until);
    const seconds = Math.max(0, Math.ceil((end - Date.now()) / 1000));
    this.toasts.show(countdown(seconds), {
      until: end,
      counts: true,
      countdown,
      action: { label: t('win.undo'), keys: ['Ctrl', 'Z'], run: undo },
    });
  }

  /** How many bookings need the user, in words; empty for none. */
  get attention(): string {
    const count = this.start?.attention ?? 0;
    return count > 0 ? n('win.nav.attention', count) : '';
  }
}

// A window that is not in sight draws no frames.
function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(resolve, 100);
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(late);
        resolve();
      }),
    );
  });
}

function applyTheme(theme: string): void {
  const root = globalThis.document?.documentElement;
  if (theme === 'light' || theme === 'dark') root?.setAttribute('data-theme', theme);
  else root?.removeAttribute('data-theme');
}

const key = Symbol('app');

/** Makes the window's state known to all components below. */
export function provideApp(app: App): void {
  setContext(key, app);
}

/** The window's state. */
export function useApp(): App {
  return getContext<App>(key);
}
