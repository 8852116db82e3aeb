import type { Connection, SignIn } from '../bridge/backend';

/** What the form has to say about the connection to Zoom. */
export type ZoomTale = 'signing' | 'off' | 'missing' | 'broken' | 'on' | 'unknown';

/** Zoom was never connected, or Disable was pressed: no topic can be put there. */
export function isOff(connection: Connection | undefined): boolean {
  if (!connection) return false;
  const { state, name, email } = connection;
  return state === 'not connected' || (state === 'connecting' && name === '' && email === '');
}

/** Meetings of topics in Zoom have to wait. A sign-in that renews a connection does not count. */
export function isPaused(connection: Connection | undefined): boolean {
  const state = connection?.state ?? 'connected';
  return isOff(connection) || state === 'sign in again' || state === 'removed at Zoom';
}

/** What there is to tell. */
export function taleOf(connection: Connection | undefined, signingIn: boolean): ZoomTale {
  if (signingIn || connection?.state === 'connecting') return 'signing';
  if (!connection) return 'unknown';
  if (isOff(connection)) return 'off';
  if (connection.state === 'missing permissions') return 'missing';
  return isPaused(connection) ? 'broken' : 'on';
}

/** Who is connected, by the address or else the name. */
export function accountOf(of: Connection | SignIn | undefined): string {
  return of ? of.email || of.name : '';
}
