import { t } from '../../i18n/i18n.svelte';

/** What keeps a meeting or its invites waiting, and the button that mends it. */
export interface Mending {
  readonly tone: 'bad' | 'warn';
  readonly text: string;
  readonly label: string;
  readonly press: 'connect' | 'stop' | 'mail';
  /** Without it nothing can be booked; it can be tried out in the sandbox. */
  readonly sandbox: boolean;
}

/** How the outside stands: the Zoom connection, a sign-in under way, whether letters can be sent. */
export interface Outside {
  readonly inZoom: boolean;
  readonly zoom: string;
  readonly signingIn: boolean;
  readonly mail: boolean;
}

/** The worst of what stands in the way; nothing when all of it goes out. */
export function mending({ inZoom, zoom, signingIn, mail }: Outside): Mending | undefined {
  if (inZoom && zoom !== 'connected') {
    if (signingIn || zoom === 'connecting') return signIn();
    const again = againWords(zoom);
    if (again) return connect('warn', again, t('win.newbooking.again.press'));
    if (zoom === 'not connected') {
      return {
        ...connect('bad', t('win.newbooking.connect'), t('win.newbooking.connect.press')),
        sandbox: true,
      };
    }
  }
  if (mail) return undefined;
  const label = t('win.newbooking.mail.press');
  return { tone: 'warn', text: t('win.newbooking.mail'), label, press: 'mail', sandbox: false };
}

function signIn(): Mending {
  const label = t('win.newbooking.connect.stop');
  return { tone: 'warn', text: t('win.newbooking.connect.waits'), label, press: 'stop', sandbox: false };
}

function connect(tone: Mending['tone'], text: string, label: string): Mending {
  return { tone, text, label, press: 'connect', sandbox: false };
}

function againWords(zoom: string): string | undefined {
  switch (zoom) {
    case 'sign in again':
      return t('win.newbooking.again.sign-in-again');
    case 'removed at Zoom':
      return t('win.newbooking.again.removed-at-zoom');
    case 'missing permissions':
      return t('win.newbooking.again.missing-permissions');
    default:
      return undefined;
  }
}
