import { language, t } from '../i18n/i18n.svelte';
import type { At } from '../model/instant';
import { nowIn } from '../model/time';
import { city, isZone, offset, type Zone } from '../model/zone';

/** A time zone as something to choose. */
export interface ZoneChoice {
  readonly value: Zone;
  /** The city. */
  readonly label: string;
  /** "GMT−5, now 4:24". */
  readonly detail: string;
  readonly group: string;
  /** The name by which it is found as well. */
  readonly words: string;
}

/** The zone of this computer. */
export function systemZone(): Zone {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}

/** Every time zone that the engine knows, those that are near first, in their order; the others by their city. */
export function zoneChoices(now: At, near: readonly Zone[]): ZoneChoice[] {
  const first = [...new Set(near)].filter((zone) => zone !== '' && isZone(zone));
  const { compare } = new Intl.Collator(language());
  const rest = Intl.supportedValuesOf('timeZone')
    .filter((zone) => !first.includes(zone))
    .map((zone) => choice(zone, now, t('win.zones.all')))
    .sort((a, b) => compare(a.label, b.label));
  return [...first.map((zone) => choice(zone, now, t('win.zones.near'))), ...rest];
}

function choice(value: Zone, now: At, group: string): ZoneChoice {
  return {
    value,
    label: city(value),
    group,
    words: value,
    // Reckoned when it is drawn or searched: to ask the clocks of four hundred zones takes a while.
    get detail() {
      return `${offset(now, value)}, ${nowIn(value, now)}`;
    },
  };
}
