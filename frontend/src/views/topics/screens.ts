// The schedules are reached from the topics and share much with them: they are read together.
export { default as Schedules } from '../schedules/Schedules.svelte';
export { default as Topics } from './Topics.svelte';
