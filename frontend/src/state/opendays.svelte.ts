import type { Cell, DayOffer, Offer } from '../bridge/backend';
import { faultOf, type Fault } from '../bridge/fault';
import { addDays, type Day } from '../model/day';
import { millis, type Instant } from '../model/instant';
import { dayOf } from '../model/zone';

type Ask = (topic: string, from: Day | '', back: boolean) => Promise<Offer>;

/**
 * The days of a topic that have opening hours, a page at a time, and the one of them that is looked at. Of two
 * answers the one asked for later counts, and the last page stays while another is asked for.
 */
export class OpenDays {
  offer = $state.raw<Offer | undefined>(undefined);
  fault = $state.raw<Fault | undefined>(undefined);
  busy = $state(false);
  /** The day that is looked at; empty while there is none. */
  day = $state<Day | ''>('');
  readonly #ask: Ask;
  #round = 0;
  #topic = $state('');
  #of = $state('');

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  get shown(): DayOffer | undefined {
    return this.offer?.days.find((day) => day.date === this.day);
  }

  /** The page is still that of another topic. */
  get stale(): boolean {
    return this.offer !== undefined && this.#of !== this.#topic;
  }

  /** Shows the days of a topic: around an instant, or from the day on that is shown already, or from today. */
  async open(topic: string, around: Instant | '' = '', zone = ''): Promise<boolean> {
    const from = around ? dayOf(around, this.offer?.zone ?? zone) : (this.offer?.days[0]?.date ?? '');
    this.#topic = topic;
    const came = await this.#load(from, false, around);
    const empty = came && from !== '' && this.offer?.days.length === 0;
    return empty ? this.#load('', false, around) : came;
  }

  /** Asks again for the page that is shown. */
  async again(): Promise<boolean> {
    return this.#topic !== '' && this.open(this.#topic);
  }

  /** Goes to the page before or after. */
  async turn(back: boolean): Promise<void> {
    const days = this.offer?.days ?? [];
    const edge = back ? days[0] : days.at(-1);
    if (!edge) return;
    this.day = '';
    await this.#load(back ? edge.date : addDays(edge.date, 1), back);
  }

  /** Looks at the day that many days on in the strip; past its ends, and for a week, it turns the page. */
  async step(by: number): Promise<void> {
    const days = this.offer?.days ?? [];
    const next = days[days.findIndex((day) => day.date === this.day) + by];
    if (next && Math.abs(by) < 7) this.day = next.date;
    else if (by < 0 ? this.offer?.earlier : this.offer?.later) await this.turn(by < 0);
  }

  /** Looks at the day of an instant, on another page when it is not on this one. */
  async reveal(at: Instant): Promise<void> {
    const day = dayOf(at, this.offer?.zone ?? '');
    if (this.offer?.days.some((shown) => shown.date === day)) this.day = day;
    else await this.open(this.#topic, at);
  }

  /** The start at an instant, when it is on the page. */
  cell(at: Instant): Cell | undefined {
    const wanted = millis(at);
    return this.offer?.days.flatMap((day) => day.cells).find((cell) => millis(cell.start) === wanted);
  }

  async #load(from: Day | '', back: boolean, around: Instant | '' = ''): Promise<boolean> {
    const round = ++this.#round;
    this.busy = true;
    try {
      const offer = await this.#ask(this.#topic, from, back);
      if (round !== this.#round) return false;
      this.offer = offer;
      this.#of = this.#topic;
      this.fault = undefined;
      this.day = this.#choose(offer, around && dayOf(around, offer.zone), back);
    } catch (thrown) {
      if (round !== this.#round) return false;
      this.fault = faultOf(thrown);
      if (this.stale) this.offer = undefined;
    }
    this.busy = false;
    return this.fault === undefined;
  }

  // The day that was asked for, the one looked at before, the nearest with something free, or any.
  #choose({ days }: Offer, wanted: Day | '', back: boolean): Day | '' {
    const kept = [wanted, this.day].find((day) => days.some((shown) => shown.date === day));
    const free = days.filter((day) => day.free > 0);
    const near = back ? (free.at(-1) ?? days.at(-1)) : (free[0] ?? days[0]);
    return kept || near?.date || '';
  }
}
