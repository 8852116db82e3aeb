import type { App } from './app.svelte';
import { Topics } from './topics.svelte';

// For as long as the window is open. The sandbox has topics of its own, and forgets them when it is left.
const worlds = new WeakMap<App, Map<string, Topics>>();

/** The topics of the data file behind the window. */
export function topicsOf(app: App): Topics {
  const world = worlds.get(app) ?? new Map<string, Topics>();
  worlds.set(app, world);
  if (!app.start?.sandbox) world.delete('sandbox');
  const file = app.start?.sandbox ? 'sandbox' : 'own';
  const topics = world.get(file) ?? new Topics(app);
  world.set(file, topics);
  return topics;
}
