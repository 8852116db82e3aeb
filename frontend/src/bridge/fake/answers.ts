import type { Backend, Booking } from '../backend';
import { Fault } from '../fault';
import type { World } from './world';

/** Answers of a world: the file counter.ics proposes an hour later, others say yes for the first booking. */
export function answers(world: World, replace: (next: Booking) => Booking): Backend['answers'] {
  const booking = () => world.bookings.find(({ state }) => state === 'confirmed') as Booking;
  const said = (path: string) => {
    if (path.includes('none')) throw new Fault('invalid-input', 'There is no calendar part in this letter.');
    const b = booking();
    const [who] = b.attendees;
    const counter = path.includes('counter');
    const later = new Date(Date.parse(b.start) + 3_600_000).toISOString();
    return {
      verdict: counter ? 'proposes' : path.includes('stranger') ? 'stranger' : 'applies',
      email: who?.email ?? '',
      name: who?.name ?? '',
      answer: 'accepted',
      comment: 'Do zobaczenia',
      sender: '',
      proposed: counter ? later : '',
      booking: b,
    };
  };
  return {
    Choose: async () => '/home/hanna/odpowiedz.eml',
    Weigh: async (path) => [said(path)],
    Keep: async (_, email) => {
      const b = booking();
      const attendees = b.attendees.map((one) =>
        one.email === email ? { ...one, answer: 'accepted' } : one,
      );
      return replace({ ...b, attendees });
    },
  };
}
