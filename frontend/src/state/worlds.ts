import type { App } from './app.svelte';

/**
 * Makes something once for the data file behind the window, for as long as that is open. The sandbox has one of its
 * own, and forgets it when it is left.
 */
export function perWorld<T>(make: (app: App) => T): (app: App) => T {
  const worlds = new WeakMap<App, Map<string, T>>();
  return (app) => {
    const world = worlds.get(app) ?? new Map<string, T>();
    worlds.set(app, world);
    if (!app.start?.sandbox) world.delete('sandbox');
    const file = app.start?.sandbox ? 'sandbox' : 'own';
    const found = world.get(file) ?? make(app);
    world.set(file, found);
    return found;
  };
}
