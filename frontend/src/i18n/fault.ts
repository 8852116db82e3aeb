import { has, t } from './i18n.svelte';

/** A fault in words for people: what happened, what it means for the bookings, what can be done. */
export interface FaultWords {
  what: string;
  means: string;
  do: string;
}

/**
 * The words of an error code. The window has own words where the shared ones name a command
 * (`win.error.<code>.<part>`). A code that nobody wrote words for is not explained away: it is shown.
 */
export function faultWords(code: string): FaultWords {
  return { what: part(code, 'what'), means: part(code, 'means'), do: part(code, 'do') };
}

function part(code: string, name: keyof FaultWords): string {
  for (const key of [`win.error.${code}.${name}`, `error.${code}.${name}`]) {
    if (has(key)) return t(key);
  }
  return t(`win.error.unknown.${name}`, { code });
}
