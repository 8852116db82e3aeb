import type { Asking, Place, Question, Topic } from '../bridge/backend';
import type { Fault } from '../bridge/fault';
import type { TextKey } from '../i18n/keys';
import { maxQuestions, type Problems, problemsOf, type TopicField } from './topicchecks';

/** What a topic's form shows, typed or kept, and what is wrong with it. */
export class TopicValues {
  values: Topic;
  /** Why Go did not take them. */
  fault = $state.raw<Fault | undefined>(undefined);
  #judged = $state.raw<ReadonlySet<TopicField>>(new Set());
  // What was typed for a kind of place comes back with that kind.
  readonly #details = new Map<string, Place>();

  constructor(values: Topic) {
    this.values = $state.raw(values);
  }

  /** The place that bookings get: the first one. */
  get place(): Place | undefined {
    return this.values.places[0];
  }

  get problems(): Problems {
    return problemsOf(this.values);
  }

  /** What is wrong with a field, once the user is done with it. */
  problem(field: TopicField): TextKey | undefined {
    return this.#judged.has(field) ? this.problems[field] : undefined;
  }

  /** The user changed a field. */
  set<F extends TopicField>(field: F, value: Topic[F]): void {
    this.values = { ...this.values, [field]: value };
    this.changed(field);
  }

  /** Takes another kind of place, with what was typed for it before. Other places of the topic stay. */
  takePlace(kind: string): void {
    if (this.place) this.#details.set(this.place.kind, this.place);
    const place = this.#details.get(kind) ?? { kind, detail: '', waitingRoom: '', joinBeforeHost: '' };
    this.set('places', [place, ...this.values.places.slice(1)]);
  }

  /** Changes something of the place. */
  changePlace(part: Partial<Place>): void {
    if (this.place) this.set('places', [{ ...this.place, ...part }, ...this.values.places.slice(1)]);
  }

  /** Changes what the booking page asks of a visitor. */
  changePage(part: Partial<Asking>): void {
    this.set('page', { ...this.values.page, ...part });
  }

  /** Adds a question without words. */
  addQuestion(): void {
    const { questions } = this.values.page;
    if (questions.length >= maxQuestions) return;
    this.changePage({ questions: [...questions, { label: '', required: false, long: false }] });
  }

  /** Changes a question. */
  changeQuestion(at: number, part: Partial<Question>): void {
    this.changePage({
      questions: this.values.page.questions.map((q, i) => (i === at ? { ...q, ...part } : q)),
    });
  }

  /** Takes a question away. */
  removeQuestion(at: number): void {
    this.changePage({ questions: this.values.page.questions.filter((_, i) => i !== at) });
  }

  /** Puts a question one place earlier. */
  raiseQuestion(at: number): void {
    const questions = [...this.values.page.questions];
    const [question] = questions.splice(at, 1);
    if (question && at > 0) this.changePage({ questions: questions.toSpliced(at - 1, 0, question) });
  }

  /** The user is done with these fields for now: what is wrong with them is said from here on. */
  judge(fields: readonly TopicField[]): void {
    this.#judged = new Set([...this.#judged, ...fields]);
  }

  /** Keeps quiet about what is wrong, until the user is done with a field again. */
  protected forgive(): void {
    this.#judged = new Set();
  }

  protected changed(_field: TopicField): void {}
}
