import { words as catalogue } from 'virtual:words';
import type { Lang } from '../../i18n/forms';
import type { Catalogue, TextKey } from '../../i18n/keys';
import type { Instant } from '../../model/instant';
import { monthOf, partsOf, weekdayOf } from '../../model/day';
import { dayOf, type Zone } from '../../model/zone';

/** Words in a language that may be another than that of the window. They are empty until it is loaded. */
export class Tongue {
  #words = $state.raw<Catalogue>({});
  #asked: Lang | undefined;

  /** Loads a language. Of two in a row the later one wins. */
  async turn(lang: Lang): Promise<void> {
    this.#asked = lang;
    const words = await catalogue(lang);
    if (this.#asked === lang) this.#words = words;
  }

  /** The text of a key, with {hours} and {minutes} filled in. */
  t(key: TextKey, { hours = 0, minutes = 0 } = {}): string {
    const words = this.#words[key];
    if (typeof words !== 'string') return '';
    return words.replace('{hours}', String(hours)).replace('{minutes}', String(minutes));
  }

  /** How long a meeting is: "90 min", from three hours on "3 h". */
  length(minutes: number): string {
    if (minutes < 180) return this.t('win.time.minutes', { minutes });
    const args = { hours: Math.floor(minutes / 60), minutes: minutes % 60 };
    return this.t(args.minutes === 0 ? 'win.time.hours' : 'win.time.both', args);
  }

  /** "Wed 25 Nov". */
  day(at: Instant, zone: Zone): string {
    const day = dayOf(at, zone);
    if (!day) return '';
    const month = this.t(`win.month.short.${monthOf(day)}`);
    return `${this.t(`win.day.short.${weekdayOf(day)}`)} ${partsOf(day).day} ${month}`;
  }
}
