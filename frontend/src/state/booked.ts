import type { Booking } from '../bridge/backend';
import { n, t } from '../i18n/i18n.svelte';
import { clock, shortDay } from '../model/time';
import type { App } from './app.svelte';

/** Shows a booking that was just made, and how long it can be taken back before anything goes out. */
export function tellBooked(app: App, booking: Booking, until: string): void {
  const { start, zone, topicName: topic } = booking;
  const args = { topic, when: `${shortDay(start, zone, Date.now())}, ${clock(start, zone)}` };
  const goes = app.start?.mail ? 'win.newbooking.held' : 'win.newbooking.held.waits';
  app.draft = undefined;
  app.go({ name: 'bookings', booking: booking.id });
  app.held(
    (seconds) => n(goes, seconds, args),
    until,
    () => void takeBack(app, booking),
  );
}

async function takeBack(app: App, booking: Booking): Promise<void> {
  const done = await app.try(() => app.backend.bookings.Undo(booking.id));
  if (done) app.toasts.show(t('win.newbooking.undone', { topic: booking.topicName }));
}
