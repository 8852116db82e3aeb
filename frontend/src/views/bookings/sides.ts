import Calendar from '@lucide/svelte/icons/calendar';
import Mail from '@lucide/svelte/icons/mail';
import Video from '@lucide/svelte/icons/video';
import type { Icon } from '../../ui/icon';
import type { Side } from './standing';

/** The sign of each light. */
export const sideIcons: Record<Side, Icon> = { zoom: Video, letters: Mail, calendar: Calendar };
