import { describe, expect, it } from 'vitest';
import type { Hours } from '../bridge/backend';
import { Fault } from '../bridge/fault';
import { type Keeper, ScheduleEditor } from './scheduleeditor.svelte';

const day = [{ from: 540, to: 1020 }];
const hours = (more: Partial<Hours> = {}): Hours => ({
  name: 'Praca',
  zone: 'Europe/Warsaw',
  week: [day, day, day, day, day, [], []],
  days: [],
  topics: [],
  ...more,
});

function edit(more: Partial<Keeper> = {}, name: string | undefined = 'Praca') {
  const sent: [string | undefined, Hours][] = [];
  const editor = new ScheduleEditor(hours({ name: name ?? '' }), name, {
    keep: async (old, values) => {
      sent.push([old, values]);
      return { ...values, topics: [] };
    },
    look: async () => ({ from: '2026-11-30', to: '2026-12-06', minutes: 0 }),
    taken: (other) => other === 'Wieczory',
    ...more,
  });
  return { editor, sent };
}

describe('undo and redo', () => {
  it('go back and forth, and a change ends the way forth', () => {
    const { editor } = edit();
    editor.change({ zone: 'Europe/London' });
    editor.setDay('2026-12-24', {});
    expect([editor.dirty, editor.canUndo, editor.canRedo]).toEqual([true, true, false]);
    editor.undo();
    expect(editor.values.days).toEqual([]);
    editor.undo();
    editor.undo();
    expect([editor.dirty, editor.canUndo, editor.canRedo]).toEqual([false, false, true]);
    editor.redo();
    expect(editor.values.zone).toBe('Europe/London');
    editor.change({ zone: 'Europe/Berlin' });
    expect(editor.canRedo).toBe(false);
  });

  it('take back at once what was typed into one field', () => {
    const { editor } = edit();
    for (const name of ['P', 'Pr', 'Pracownia']) editor.change({ name }, 'name');
    editor.setDay('2026-12-24', {});
    editor.setDay('2026-12-24', { reason: 'W' }, 'reason');
    editor.setDay('2026-12-24', { reason: 'Wi' }, 'reason');
    editor.undo();
    expect(editor.values.days[0]?.reason).toBe('');
    editor.undo();
    editor.undo();
    expect(editor.values.name).toBe('Praca');
  });

  it('do not count what changes nothing', () => {
    const { editor } = edit();
    editor.change({ week: hours().week });
    expect(editor.canUndo).toBe(false);
  });

  it('take back the discarding too', () => {
    const { editor } = edit();
    editor.change({ zone: 'Europe/London' });
    editor.revert();
    expect(editor.dirty).toBe(false);
    editor.undo();
    expect(editor.values.zone).toBe('Europe/London');
  });
});

describe('saving', () => {
  it('keeps everything under the old name, which may change', async () => {
    const { editor, sent } = edit();
    editor.change({ name: ' Nowa praca ' });
    expect((await editor.save())?.name).toBe('Nowa praca');
    expect(sent).toEqual([['Praca', hours({ name: 'Nowa praca' })]]);
    expect([editor.name, editor.dirty, editor.savedAt !== undefined]).toEqual(['Nowa praca', false, true]);
  });

  it.each([
    ['no name', (e: ScheduleEditor) => e.change({ name: ' ' }), 'win.schedules.name.missing'],
    [
      'a name that is taken',
      (e: ScheduleEditor) => e.change({ name: 'Wieczory' }),
      'win.schedules.name.taken',
    ],
    ['a long name', (e: ScheduleEditor) => e.change({ name: 'ą'.repeat(33) }), 'win.schedules.name.long'],
    [
      'hours that overlap',
      (e: ScheduleEditor) => e.change({ week: [[...day, { from: 600, to: 660 }], [], [], [], [], [], []] }),
      undefined,
    ],
    [
      'a date whose hours have no length',
      (e: ScheduleEditor) => e.setDay('2026-12-24', { hours: [{ from: 600, to: 600 }] }),
      undefined,
    ],
  ])('does not with %s', async (_, spoil, problem) => {
    const { editor, sent } = edit();
    spoil(editor);
    expect(await editor.save()).toBeUndefined();
    expect([sent, editor.nameProblem, editor.wrong]).toEqual([[], problem, problem === undefined]);
  });

  it('says why Go did not take it, and keeps what stands there', async () => {
    const { editor } = edit({ keep: async () => Promise.reject(new Fault('exists', 'taken')) });
    editor.change({ zone: 'Europe/London' });
    expect(await editor.save()).toBeUndefined();
    expect([editor.fault?.code, editor.values.zone, editor.saving]).toEqual([
      'exists',
      'Europe/London',
      false,
    ]);
  });

  it('keeps what is changed while it is under way', async () => {
    let settle = (): void => undefined;
    const wait = new Promise<void>((resolve) => (settle = resolve));
    const { editor } = edit({ keep: async (_, values) => wait.then(() => values) });
    editor.change({ zone: 'Europe/London' });
    const saved = editor.save();
    editor.setDay('2026-12-24', { reason: 'Wigilia' });
    settle();
    await saved;
    expect([editor.dirty, editor.values.days.length]).toEqual([true, 1]);
  });
});

describe('what changes elsewhere', () => {
  it('is taken, but for what the user is changing', () => {
    const { editor } = edit();
    editor.change({ zone: 'Europe/London' });
    editor.external(hours({ zone: 'Europe/Berlin', days: [{ date: '2026-12-24', hours: [], reason: '' }] }));
    expect([editor.values.zone, editor.values.days.length, editor.dirty]).toEqual(['Europe/London', 1, true]);
  });

  it('makes anew what was removed meanwhile', async () => {
    const { editor, sent } = edit();
    editor.gone = true;
    expect(editor.dirty).toBe(true);
    await editor.save();
    expect([sent[0]?.[0], editor.gone]).toEqual([undefined, false]);
  });
});
