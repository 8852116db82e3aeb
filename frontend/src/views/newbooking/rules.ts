import { t } from '../../i18n/i18n.svelte';
import type { Conflict, Topic } from '../../state/newbooking.svelte';
import type { Screen, TopicPart } from '../../state/screen';

/** What keeps a start from being free, and where it is changed: a rule, or a source that cannot be read. */
export interface Rule {
  readonly label: string;
  readonly screen: Screen;
}

const parts: Readonly<Record<string, Exclude<TopicPart, 'schedule'>>> = {
  'too-soon': 'notice',
  'too-far': 'maxDays',
  'day-limit': 'dailyLimit',
  'week-limit': 'weeklyLimit',
  buffer: 'buffer',
};

/** The rules that stand against a meeting of a topic, each once. What only holds the time is none. */
export function rulesOf(conflicts: readonly Conflict[], topic: Topic): Rule[] {
  const found = conflicts.map(({ code }) => rule(code, topic)).filter((one) => one !== undefined);
  return found.filter((one, i) => found.findIndex(({ label }) => label === one.label) === i);
}

function rule(code: string, { slug, schedule }: Topic): Rule | undefined {
  const field = parts[code];
  if (field)
    return { label: t(`win.newbooking.rule.${field}`), screen: { name: 'topics', topic: slug, field } };
  if (code === 'off-hours' || code === 'date-closed')
    return { label: t('win.newbooking.rule.schedule'), screen: { name: 'schedules', schedule } };
  if (code === 'source-unknown')
    return { label: t('win.newbooking.rule.source'), screen: { name: 'integrations', tab: 'calendars' } };
  if (code === 'topic-off')
    return { label: t('win.newbooking.rule.topic'), screen: { name: 'topics', topic: slug } };
  return undefined;
}
