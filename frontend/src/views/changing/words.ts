import { t } from '../../i18n/i18n.svelte';
import type { PlanPart } from '../../state/changing.svelte';

/** "We change the time of the same meeting": what is done at Zoom or in a calendar. */
export function partTitle(part: PlanPart): string {
  const { kind, act, place } = part;
  if (kind === 'zoom') {
    if (act === 'change') return t('win.changing.zoom.change');
    return act === 'delete' ? t('win.changing.zoom.delete') : t('win.changing.zoom.create');
  }
  if (act === 'delete') return t('win.changing.calendar.delete', { name: place });
  return act === 'create'
    ? t('win.changing.calendar.create', { name: place })
    : t('win.changing.calendar.change', { name: place });
}

/** What it means for the people who come. */
export function partText({ kind, act, place }: PlanPart): string {
  if (kind !== 'zoom') return '';
  if (act === 'change') return t('win.changing.zoom.change.text', { id: place });
  return act === 'create' ? t('win.changing.zoom.create.text') : '';
}

/** "English, .ics invitation". */
export function letterLine(part: PlanPart): string {
  const language = part.lang === 'pl' ? t('win.changing.lang.pl') : t('win.changing.lang.en');
  if (!part.letter) return t('win.changing.line.later', { language });
  return part.letter.calendar.length > 0
    ? t('win.changing.line.ics', { language })
    : t('win.changing.line.plain', { language });
}
