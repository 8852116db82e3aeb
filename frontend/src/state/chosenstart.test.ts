import { describe, expect, it } from 'vitest';
import type { Conflict } from '../bridge/backend';
import { Fault } from '../bridge/fault';
import { ChosenStart } from './chosenstart.svelte';

const at = '2026-11-26T15:15:00+01:00';

const conflict = (code: string): Conflict => ({
  start: at,
  code,
  item: '',
  itemStart: '',
  itemEnd: '',
  source: '',
  checkedAt: '',
  overlap: 0,
  nearest: [],
});

async function chosen(codes: string[], inZoom = true): Promise<ChosenStart> {
  const start = new ChosenStart(
    async () => codes.map(conflict),
    () => inZoom,
  );
  start.take(at);
  await start.look(false);
  return start;
}

describe('a chosen start', () => {
  it('lacks nothing when the page says that it is free', async () => {
    const start = await chosen(['past']);
    await start.look(true);
    expect([start.lack, start.free]).toEqual([undefined, true]);
    start.take('');
    expect([start.lack, start.free]).toEqual(['start', false]);
  });

  it('lacks a wish, then a reason', async () => {
    const start = await chosen(['busy-booking']);
    expect(start.lack).toBe('conflict');
    start.anyway = true;
    start.reason = '  ';
    expect(start.lack).toBe('reason');
    start.reason = ' today only ';
    expect([start.lack, start.over]).toEqual([undefined, { reason: 'today only', overZoom: false }]);
  });

  it('over a Zoom meeting lacks a second yes, when it would be in Zoom itself', async () => {
    const start = await chosen(['busy-zoom']);
    Object.assign(start, { anyway: true, reason: 'today' });
    expect(start.lack).toBe('zoom');
    start.knows = true;
    expect([start.lack, start.over.overZoom]).toEqual([undefined, true]);
    const call = await chosen(['busy-zoom'], false);
    Object.assign(call, { anyway: true, reason: 'today', knows: true });
    expect([call.lack, call.over.overZoom]).toEqual([undefined, false]);
  });

  it.each(['past', 'host-not-active'])('that is %s cannot be had for any reason', async (code) => {
    const start = await chosen(['busy-booking', code]);
    Object.assign(start, { anyway: true, reason: 'today' });
    expect([start.lack, start.forbidden]).toEqual(['never', true]);
  });

  it('forgets a yes to the conflicts of another start, and keeps the reason', async () => {
    const start = await chosen(['busy-zoom']);
    Object.assign(start, { anyway: true, reason: 'today', knows: true });
    start.take('2026-11-26T16:00:00+01:00');
    expect([start.anyway, start.knows, start.reason, start.conflicts]).toEqual([false, false, 'today', []]);
  });

  it('is not free while it is looked at, nor when that failed', async () => {
    let fail: (fault: Fault) => void = () => undefined;
    const start = new ChosenStart(
      () => new Promise((_, no) => (fail = no)),
      () => true,
    );
    start.take(at);
    const looked = start.look(false);
    expect([start.lack, start.free]).toEqual(['checking', false]);
    fail(new Fault('offline'));
    await looked;
    expect([start.lack, start.free, start.unchecked?.code]).toEqual(['checking', false, 'offline']);
  });

  it('does not take the answer about another start', async () => {
    const answers: ((list: Conflict[]) => void)[] = [];
    const start = new ChosenStart(
      () => new Promise((done) => answers.push(done)),
      () => true,
    );
    start.take(at);
    const first = start.look(false);
    start.take('2026-11-26T16:00:00+01:00');
    const second = start.look(false);
    answers[1]?.([conflict('buffer')]);
    answers[0]?.([conflict('past')]);
    await Promise.all([first, second]);
    expect(start.conflicts.map((found) => found.code)).toEqual(['buffer']);
  });

  it('shows why Go did not book it, and that it needs the stronger yes', async () => {
    const start = await chosen([]);
    start.refused({ conflicts: [conflict('busy-booking')], overZoom: true, undoUntil: '' });
    Object.assign(start, { anyway: true, reason: 'today' });
    expect([start.free, start.lack]).toEqual([false, 'zoom']);
  });
});
