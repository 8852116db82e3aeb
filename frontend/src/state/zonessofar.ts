import type { App } from './app.svelte';

/** The zones that attendees were invited in so far, those of the bookings to come first. It never rejects. */
export async function zonesSoFar(app: App): Promise<string[]> {
  const pages = await Promise.allSettled(
    ['upcoming', 'past'].map((when) => app.backend.bookings.List({ when, search: '', offset: 0, limit: 50 })),
  );
  const rows = pages.flatMap((page) => (page.status === 'fulfilled' ? page.value.rows : []));
  const zones = rows.flatMap((row) => row.attendees.map((attendee) => attendee.zone));
  return [...new Set(zones.filter(Boolean))];
}
