import { Topics } from './topics.svelte';
import { perWorld } from './worlds';

/** The topics of the data file behind the window. */
export const topicsOf = perWorld((app) => new Topics(app));
