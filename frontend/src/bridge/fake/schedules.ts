import type { Backend, Hours, Opening, Schedule } from '../backend';
import { Fault } from '../fault';
import type { World } from './world';

type Kept = World['schedules'][number];

/** The schedules of a world, as Go keeps them. */
export function schedules(world: World, changed: <T>(value: T) => T): Backend['schedules'] {
  const whole = (kept: Kept): Hours => ({
    ...kept,
    topics: world.topics
      .filter((topic) => topic.schedule === kept.name)
      .map(({ slug, name, colour, on }) => ({ slug, name, colour, on })),
  });
  const free = (name: string): void => {
    if (world.schedules.some((one) => one.name === name))
      throw new Fault('exists', `Harmonogram „${name}” już istnieje.`);
  };
  const find = (name: string): Kept => {
    const found = world.schedules.find((one) => one.name === name);
    if (!found) throw new Fault('not-found', `Nie ma harmonogramu „${name}”.`);
    return found;
  };
  const put = (list: readonly Kept[], { name, zone, week, days }: Hours): Hours => {
    const kept = { name: name.trim(), zone, week, days };
    world.schedules = [...list, kept].sort((a, b) => (a.name < b.name ? -1 : 1));
    return changed(whole(kept));
  };
  return {
    List: async () => world.schedules.map(whole),
    Fresh: async () => {
      const day = [{ from: 540, to: 1020 }];
      return {
        name: '',
        zone: 'Europe/Warsaw',
        week: [day, day, day, day, day, [], []],
        days: [],
        topics: [],
      };
    },
    Add: async (v) => {
      free(v.name.trim());
      return put(world.schedules, v);
    },
    Change: async (name, v) => {
      const old = find(name);
      if (v.name.trim() !== name) free(v.name.trim());
      world.topics = world.topics.map((t) => (t.schedule === name ? { ...t, schedule: v.name.trim() } : t));
      return put(
        world.schedules.filter((one) => one !== old),
        v,
      );
    },
    Remove: async (name) => {
      const gone = whole(find(name));
      if (gone.topics.length > 0) throw new Fault('in-use', `Harmonogramu „${name}” używają tematy.`);
      world.schedules = world.schedules.filter((one) => one.name !== name);
      return changed(gone);
    },
    Look: async ({ week, days }) => ({
      from: '2026-11-30',
      to: '2026-12-06',
      minutes: week
        .map((hours, i) => days.find((day) => day.date === dateOf(i))?.hours ?? hours)
        .flat()
        .reduce((sum, { from, to }) => sum + to - from, 0),
    }),
  };
}

/** A schedule in short, for the form of a topic. */
export function shortly({ name, zone, week }: Kept): Schedule {
  return { name, zone, hours: week.map((day) => day.map(written)) };
}

const dateOf = (i: number): string => new Date(Date.UTC(2026, 10, 30 + i)).toISOString().slice(0, 10);

const written = ({ from, to }: Opening): string => `${clock(from)}-${clock(to > 1440 ? to - 1440 : to)}`;

const clock = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
