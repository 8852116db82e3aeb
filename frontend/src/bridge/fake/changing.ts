import type { Backend, Booking, Conflict, Offer, PlanPart, SendPlan } from '../backend';
import type { World } from './world';

interface Parts {
  readonly world: World;
  readonly changed: <T>(value: T) => T;
  readonly days: (topic: string, from: string, back: boolean) => Promise<Offer>;
  readonly against: (world: World, topic: string, at: string) => Conflict[];
  /** What the bookings were, for Undo. */
  readonly before: Map<string, Booking>;
  readonly inTenSeconds: () => string;
}

/** Changes of the bookings of a world, which answer at once. */
export function changing(parts: Parts): Backend['changing'] {
  const { world, changed, days, before, inTenSeconds } = parts;
  const against = (topic: string, at: string, except: string) =>
    parts.against({ ...world, bookings: world.bookings.filter(({ id }) => id !== except) }, topic, at);
  const find = (id: string) => world.bookings.find((one) => one.id === id) as Booking;
  const length = (b: Booking) => Date.parse(b.end) - Date.parse(b.start);
  const plan = (id: string, act: string, start: string, silent: boolean): SendPlan => {
    const b = find(id);
    const begin = act === 'move' ? start : b.start;
    const conflicts = act === 'move' ? against(b.topic, begin, id) : [];
    const call = { move: `PATCH /meetings/${b.meetingId}`, cancel: `DELETE /meetings/${b.meetingId}` }[act];
    const none = { place: '', call: '', name: '', email: '', lang: '', toHost: false, code: '' };
    const zoom: PlanPart[] =
      b.place.kind === 'zoom'
        ? [
            {
              ...none,
              kind: 'zoom',
              act: { move: 'change', cancel: 'delete' }[act] ?? 'create',
              place: act === 'restore' ? '' : b.meetingId,
              call: call ?? 'POST /users/me/meetings',
            },
          ]
        : [];
    const letter = (name: string, email: string, toHost: boolean): PlanPart => ({
      ...none,
      kind: 'letter',
      act: 'send',
      name,
      email,
      lang: toHost ? world.lang : 'pl',
      toHost,
      letter: {
        from: `${b.hostName} <${b.hostEmail}>`,
        to: `${name} <${email}>`,
        replyTo: '',
        subject: `${b.topicName}, ${begin.slice(0, 16)}`,
        text: `${b.topicName}\n${begin}\n\n${b.joinUrl}\n`,
        calendar: [
          { text: 'METHOD:REQUEST', changed: false },
          { text: `UID:${b.id}@kwadrans`, changed: false },
          { text: 'SEQUENCE:1', changed: true },
          { text: `DTSTART:${begin}`, changed: act === 'move' },
        ],
      },
    });
    const guests = silent ? [] : b.attendees.map(({ name, email }) => letter(name, email, false));
    return {
      start: begin,
      end: new Date(Date.parse(begin) + length(b)).toISOString(),
      conflicts,
      overZoom: false,
      parts: conflicts.length > 0 ? [] : [...zoom, ...guests, letter(b.hostName, b.hostEmail, true)],
    };
  };
  return {
    Days: (id, from, back) => days(find(id).topic, from, back),
    Check: async (id, at) => against(find(id).topic, at, id),
    Plan: async ({ id, act, start, silent }) => plan(id, act, start, silent),
    Do: async ({ id, act, start, reason }) => {
      const b = find(id);
      const found = act === 'move' && !reason ? against(b.topic, start, id) : [];
      if (found.length > 0) return { conflicts: found, overZoom: false, undoUntil: '' };
      const undoUntil = inTenSeconds();
      before.set(id, b);
      const next: Booking = {
        ...b,
        undoUntil,
        ...(act === 'move' && { start, end: new Date(Date.parse(start) + length(b)).toISOString() }),
        ...(act === 'cancel' && { state: 'cancelled', reason }),
        ...(act === 'restore' && { state: 'provisioning', reason: '' }),
      };
      world.bookings = world.bookings.map((one) => (one.id === id ? next : one));
      return changed({ booking: next, conflicts: [], overZoom: false, undoUntil });
    },
  };
}
