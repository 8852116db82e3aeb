import type { Asking, Place, Topic } from '../bridge/backend';
import type { TextKey } from '../i18n/keys';

/** One field of a topic. */
export type TopicField = keyof Topic;

/** What is wrong with a topic: for each wrong field the key of the sentence that says why. */
export type Problems = Partial<Record<TopicField, TextKey>>;

/** The cheap checks of a topic, which spare a round through Go; Go has the last word. */
export function problemsOf(topic: Topic): Problems {
  return present({
    name: ofName(topic.name),
    description: ofDescription(topic.description),
    places: ofPlace(topic.places[0]),
    page: ofQuestions(topic.page),
  });
}

/** What is wrong with the short name of a topic that is to be made, when these are taken. */
export function problemOfSlug(slug: string, taken: readonly string[]): TextKey | undefined {
  if (slug === '') return 'win.topics.slug.empty';
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) return 'win.topics.slug.bad';
  return taken.includes(slug) ? 'win.topics.slug.taken' : undefined;
}

/** A short name that is not taken: "advice", else "advice-2" and so on. */
export function freeSlug(slug: string, taken: readonly string[]): string {
  if (slug === '' || !taken.includes(slug)) return slug;
  for (let count = 2; ; count++) {
    const next = `${slug}-${count}`;
    if (!taken.includes(next)) return next;
  }
}

/** Says whether two values of a field mean the same; blanks at the ends of a text do not count. */
export function same<F extends TopicField>(field: F, a: Topic[F], b: Topic[F]): boolean {
  if (field === 'places') return samePlaces(a as Place[], b as Place[]);
  if (field === 'page') return JSON.stringify(asked(a as Asking)) === JSON.stringify(asked(b as Asking));
  return typeof a === 'string' && typeof b === 'string' ? a.trim() === b.trim() : a === b;
}

/** The fields in which two topics differ. */
export function differing(a: Topic, b: Topic): TopicField[] {
  return (Object.keys(a) as TopicField[]).filter((field) => !same(field, a[field], b[field]));
}

/** Some fields of a topic. */
export function picked(topic: Topic, fields: readonly TopicField[]): Partial<Topic> {
  return Object.fromEntries(fields.map((field) => [field, topic[field]]));
}

function ofName(name: string): TextKey | undefined {
  if (name.trim() === '') return 'win.topics.name.empty';
  return [...name.trim()].length > 120 ? 'win.topics.name.long' : undefined;
}

function ofDescription(text: string): TextKey | undefined {
  return [...text.trim()].length > 2000 ? 'win.topics.description.long' : undefined;
}

function ofPlace(place: Place | undefined): TextKey | undefined {
  const { kind = '', detail: text = '' } = place ?? {};
  const detail = text.trim();
  switch (kind) {
    case 'zoom':
      return undefined;
    case 'phone':
    case 'address':
      if (detail === '') return `win.topics.place.${kind}.empty`;
      return [...detail].length > 500 ? 'win.topics.place.detail.long' : undefined;
    case 'link':
      if (!/^https:\/\/[^\s/?#@]+([/?#]\S*)?$/i.test(detail)) return 'win.topics.place.link.bad';
      return detail.length > 1000 ? 'win.topics.place.detail.long' : undefined;
  }
  return 'win.topics.place.none';
}

/** How many questions a topic may ask on the booking page. */
export const maxQuestions = 10;

/** What the booking page asks of a visitor; a question without words is none. */
export function asked(page: Asking): Asking {
  const questions = page.questions.map(({ label, required, long }) => ({
    label: label.trim(),
    required,
    long,
  }));
  return { confirm: page.confirm, questions: questions.filter(({ label }) => label !== '') };
}

function ofQuestions({ questions }: Asking): TextKey | undefined {
  return questions.some(({ label }) => [...label.trim()].length > 200)
    ? 'win.topics.question.long'
    : undefined;
}

function samePlaces(a: readonly Place[], b: readonly Place[]): boolean {
  return a.length === b.length && a.every((place, i) => samePlace(place, b[i]));
}

function samePlace(a: Place, b: Place | undefined): boolean {
  return (
    a.kind === b?.kind &&
    a.detail.trim() === b.detail.trim() &&
    a.waitingRoom === b.waitingRoom &&
    a.joinBeforeHost === b.joinBeforeHost
  );
}

function present(found: Record<string, TextKey | undefined>): Problems {
  return Object.fromEntries(Object.entries(found).filter(([, key]) => key !== undefined));
}
