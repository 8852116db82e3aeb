import CalendarCheck from '@lucide/svelte/icons/calendar-check-2';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CalendarX from '@lucide/svelte/icons/calendar-x';
import Copy from '@lucide/svelte/icons/copy';
import Download from '@lucide/svelte/icons/download';
import PanelRightOpen from '@lucide/svelte/icons/panel-right-open';
import RotateCw from '@lucide/svelte/icons/rotate-cw';
import Video from '@lucide/svelte/icons/video';
import { t } from '../../i18n/i18n.svelte';
import { minutesBetween } from '../../model/instant';
import type { App } from '../../state/app.svelte';
import type { Booking, Bookings } from '../../state/bookings.svelte';
import { isJoinable } from '../../state/joining';
import type { MenuItem } from '../../ui/menu';
import { isOpen } from './mending';

/** The id of the menu: one is open at a time. */
export const menuId = 'booking-acts';

/** The name of a booking's menu and of its button, with the time as the row prints it. */
export function menuName(booking: Booking, times: string): string {
  return t('win.bookings.acts', { topic: booking.topicName, when: times });
}

/** Says whether a booking can still be cancelled. */
export function isCancellable(booking: Booking, now: number): boolean {
  return booking.state !== 'cancelled' && minutesBetween(now, booking.end) > 0;
}

/** Says whether a cancelled booking can be brought back: its time is still to come. */
export function isRestorable(booking: Booking, now: number): boolean {
  return booking.state === 'cancelled' && minutesBetween(now, booking.start) > 0;
}

/** What the menu of a booking offers. */
export function menuOf(list: Bookings, app: App, booking: Booking): MenuItem[] {
  const acts = list.acts;
  const lives = isCancellable(booking, list.now);
  const link = {
    disabled: !isJoinable(booking, list.now),
    reason: t('win.bookings.act.no-link'),
  };
  const meets = lives && (booking.place.kind === 'zoom' || booking.place.kind === 'link');
  const open = () => app.go({ name: 'bookings', booking: booking.id });
  const joining: MenuItem[] = [
    {
      id: 'join',
      label: t('win.bookings.act.join'),
      icon: Video,
      run: () => void acts.join(booking),
      ...link,
    },
    {
      id: 'copy',
      label: t('win.bookings.act.copy'),
      icon: Copy,
      run: () => void acts.copyLink(booking),
      ...link,
    },
  ];
  const retry: MenuItem = {
    id: 'retry',
    label: t('win.bookings.act.retry'),
    icon: RotateCw,
    run: () => void acts.retry(booking),
  };
  const move: MenuItem = {
    id: 'move',
    label: t('win.bookings.act.move'),
    icon: CalendarClock,
    run: () => (list.changing = { act: 'move', booking }),
  };
  const restore: MenuItem = {
    id: 'restore',
    label: t('win.bookings.act.restore'),
    icon: CalendarCheck,
    run: () => (list.changing = { act: 'restore', booking }),
  };
  const cancel: MenuItem = {
    id: 'cancel',
    label: t('win.bookings.act.cancel'),
    icon: CalendarX,
    run: () => list.askReason(booking.id),
    danger: true,
    divided: true,
  };
  return [
    { id: 'open', label: t('win.bookings.act.open'), icon: PanelRightOpen, run: open },
    ...(meets ? joining : []),
    {
      id: 'export',
      label: t('win.bookings.act.export'),
      icon: Download,
      run: () => void acts.export(booking),
    },
    ...(isOpen(booking) ? [retry] : []),
    ...(lives ? [move, cancel] : []),
    ...(isRestorable(booking, list.now) ? [restore] : []),
  ];
}
