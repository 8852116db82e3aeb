import calendar from 'icon-line:calendar';
import mail from 'icon-line:mail';
import video from 'icon-line:video';
import type { Side } from './standing';

/** The line of the sign of each light. */
export const sideLines: Record<Side, string> = { zoom: video, letters: mail, calendar };
