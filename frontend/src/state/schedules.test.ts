import { beforeEach, describe, expect, it } from 'vitest';
import { fake, type Fake } from '../bridge/fake/fake';
import { inEnglish, office } from '../bridge/fake/world';
import { setLanguage } from '../i18n/i18n.svelte';
import { App } from './app.svelte';
import { type Schedules, schedulesOf } from './schedules.svelte';

let f: Fake;
let app: App;
let schedules: Schedules;

beforeEach(async () => {
  const world = inEnglish(office());
  const [first] = world.schedules;
  if (!first) throw new Error('the office has no hours');
  world.schedules = [...world.schedules, { ...first, name: 'Wieczory' }];
  f = fake(world);
  app = new App(f);
  await app.begin();
  await setLanguage('en');
  app.go({ name: 'schedules' });
  schedules = schedulesOf(app);
  await schedules.load();
});

const told = () => app.toasts.list.at(-1)?.text;
const names = () => f.world.schedules.map((one) => one.name);

describe('a schedule that no topic uses', () => {
  it('is removed, and can be had back', async () => {
    await schedules.remove('Wieczory', 'Wieczory');
    expect([names(), told()]).toEqual([['default'], 'Removed the schedule “Wieczory”']);
    expect(app.screen).toEqual({ name: 'schedules', schedule: 'default' });
    app.toasts.act();
    await expect.poll(names).toEqual(['Wieczory', 'default']);
  });
});

describe('a schedule that topics use', () => {
  it('is not removed', async () => {
    await schedules.remove('default', 'Working hours');
    expect(f.calls.map((call) => call.method)).not.toContain('schedules.Remove');
    expect(schedules.editor('default')?.refused).toBe(true);
  });

  it('is renamed with them', async () => {
    const editor = schedules.editor('default');
    editor?.change({ name: 'Kancelaria' });
    expect(editor && (await schedules.save(editor))).toBe(true);
    expect(new Set(f.world.topics.map((topic) => topic.schedule))).toEqual(new Set(['Kancelaria']));
    expect(app.screen).toEqual({ name: 'schedules', schedule: 'Kancelaria' });
    expect(schedules.editor('Kancelaria')).toBe(editor);
    expect(schedules.editor('default')).toBeUndefined();
  });
});

describe('a new schedule', () => {
  it('waits as a draft, is made once it has a name, and can be thrown away', async () => {
    await schedules.begin();
    const draft = schedules.draft;
    expect(draft && (await schedules.save(draft))).toBe(false);
    draft?.change({ name: 'Soboty' });
    expect(draft && (await schedules.save(draft))).toBe(true);
    expect([names(), schedules.draft]).toEqual([['Soboty', 'Wieczory', 'default'], undefined]);
    schedules.copy('Soboty', 'Soboty');
    expect(schedules.draft?.values.name).toBe('Soboty (copy)');
    schedules.draft?.change({ zone: 'Europe/London' });
    schedules.discard();
    expect(told()).toBe('Discarded the draft of a schedule');
    app.toasts.act();
    expect(schedules.draft?.values.zone).toBe('Europe/London');
  });
});

describe('what is not saved', () => {
  it('is told when it is left, and there to come back to', () => {
    const editor = schedules.editor('Wieczory');
    if (!editor) throw new Error('no editor');
    schedules.left(editor, 'Wieczory');
    expect(told()).toBeUndefined();
    editor.change({ zone: 'Europe/London' });
    expect(schedules.unsaved('Wieczory')).toBe(true);
    schedules.left(editor, 'Wieczory');
    expect(told()).toBe('Unsaved changes in the schedule “Wieczory”');
    app.go({ name: 'settings' });
    app.toasts.act();
    expect(app.screen).toEqual({ name: 'schedules', schedule: 'Wieczory' });
    expect(schedules.editor('Wieczory')).toBe(editor);
  });

  it('stays when the schedule is removed elsewhere', async () => {
    const editor = schedules.editor('Wieczory');
    editor?.change({ zone: 'Europe/London' });
    f.world.schedules = f.world.schedules.filter((one) => one.name !== 'Wieczory');
    await schedules.load();
    expect([editor?.gone, schedules.editor('Wieczory') === editor]).toEqual([true, true]);
  });
});
