import { has, t } from '../../i18n/i18n.svelte';
import { meetingLength } from '../../model/time';
import type { Topic } from '../../state/newbooking.svelte';
import type { Choice } from '../../ui/choice';
import { hues } from '../../ui/hue';

/** Topics to choose from: name, length and place; one that is off says why it cannot be taken. */
export function topicChoices(topics: readonly Topic[]): Choice[] {
  return topics.map((topic) => ({
    value: topic.slug,
    label: topic.name,
    detail: [meetingLength(topic.duration), ...places(topic)].join(', '),
    colour: hues.find((hue) => hue === topic.colour),
    disabled: !topic.on,
    reason: t('win.newbooking.topic.off'),
  }));
}

function places(topic: Topic): string[] {
  const keys = topic.places.slice(0, 1).map((place) => `place.${place.kind}`);
  return keys.filter(has).map((key) => t(key));
}
