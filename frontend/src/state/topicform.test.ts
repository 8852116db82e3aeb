import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Topic } from '../bridge/backend';
import { topic } from '../bridge/fake/world';
import { Fault } from '../bridge/fault';
import { pause, TopicForm } from './topicform.svelte';

const advice = topic('advice', 'Advice', 'blue', 30);
let kept: Topic | undefined;
let sent: Topic[];
let fail: Fault | undefined;
let hold: Promise<void> | undefined;
let form: TopicForm;

beforeEach(() => {
  vi.useFakeTimers();
  [kept, sent, fail, hold] = [advice, [], undefined, undefined];
  form = new TopicForm(advice, {
    latest: async () => kept,
    keep: async (values) => {
      sent.push(values);
      await hold;
      if (fail) throw fail;
      kept = { ...values, name: values.name.trim() };
      return kept;
    },
  });
});
afterEach(() => vi.useRealTimers());

const wait = () => vi.advanceTimersByTimeAsync(pause);

describe('a topic saves by itself', () => {
  it('once the typing pauses, not before', async () => {
    form.set('name', 'Good');
    await vi.advanceTimersByTimeAsync(pause - 1);
    form.set('name', 'Good advice');
    await vi.advanceTimersByTimeAsync(pause - 1);
    expect(sent).toEqual([]);
    expect(form.standing).toBe('pending');
    await vi.advanceTimersByTimeAsync(1);
    expect(sent.map((one) => one.name)).toEqual(['Good advice']);
    expect(form.standing).toBe('saved');
    expect(form.savedAt).toBe(Date.now());
  });

  it('at once when a field is left, and not a second time', async () => {
    form.set('duration', 45);
    await form.flush();
    await wait();
    expect(sent).toHaveLength(1);
  });

  it('not when nothing is other than before', async () => {
    form.set('name', 'Advices');
    form.set('name', 'Advice ');
    await wait();
    expect(sent).toEqual([]);
    expect(form.standing).toBe('idle');
  });

  it('and leaves the blank that somebody is typing after', async () => {
    form.set('name', 'Legal ');
    await wait();
    expect(kept?.name).toBe('Legal');
    expect(form.values.name).toBe('Legal ');
    expect(form.dirty).toEqual([]);
  });
});

describe('a wrong value', () => {
  it('is not saved, and is told after a pause', async () => {
    form.set('name', '');
    expect(form.problem('name')).toBeUndefined();
    await wait();
    expect(sent).toEqual([]);
    expect(form.problem('name')).toBe('win.topics.name.empty');
    expect(form.standing).toBe('wrong');
  });

  it('holds back itself alone', async () => {
    form.set('name', '');
    form.set('duration', 45);
    await wait();
    expect(sent).toEqual([{ ...advice, duration: 45 }]);
    expect(form.values.name).toBe('');
    expect(form.standing).toBe('wrong');
  });

  it('of a place holds the whole place back', async () => {
    form.takePlace('link');
    form.changePlace({ detail: 'meet.example' });
    await wait();
    expect(sent).toEqual([]);
    form.changePlace({ detail: 'https://meet.example' });
    await wait();
    expect(kept?.places).toEqual([
      { kind: 'link', detail: 'https://meet.example', waitingRoom: '', joinBeforeHost: '' },
    ]);
  });
});

describe('undo', () => {
  it('takes the last save back, and the one before it', async () => {
    form.set('name', 'Good advice');
    await wait();
    form.set('duration', 45);
    await wait();
    await form.undo();
    expect(kept).toEqual({ ...advice, name: 'Good advice' });
    expect(form.standing).toBe('undone');
    await form.undo();
    expect(kept).toEqual(advice);
    expect(form.canUndo).toBe(false);
  });

  it('throws away first what is not saved', async () => {
    form.set('name', '');
    await wait();
    await form.undo();
    expect(form.values).toEqual(advice);
    expect(form.standing).toBe('idle');
    expect(sent).toEqual([]);
  });

  it('waits for a save that is under way', async () => {
    let go: () => void = () => {};
    hold = new Promise((resolve) => (go = resolve));
    form.set('name', 'Good advice');
    await wait();
    const undone = form.undo();
    go();
    await undone;
    expect(kept).toEqual(advice);
    expect(form.values).toEqual(advice);
  });
});

describe('what changes elsewhere', () => {
  it('comes into the form, except where somebody types', async () => {
    form.set('name', 'Good advice');
    form.external({ ...advice, name: 'Theirs', duration: 60 });
    expect(form.values).toMatchObject({ name: 'Good advice', duration: 60 });
    kept = { ...advice, name: 'Theirs', duration: 60 };
    await wait();
    expect(kept).toEqual({ ...advice, name: 'Good advice', duration: 60 });
  });

  it('is not lost when the form had not heard of it yet', async () => {
    kept = { ...advice, on: false };
    form.set('name', 'Good advice');
    await wait();
    expect(kept).toEqual({ ...advice, name: 'Good advice', on: false });
  });

  it('during a save does not bring back what was typed over', async () => {
    let go: () => void = () => {};
    hold = new Promise((resolve) => (go = resolve));
    form.set('name', 'Good advice');
    await wait();
    form.external(advice);
    form.set('name', 'Better advice');
    go();
    await wait();
    expect(sent.map((one) => one.name)).toEqual(['Good advice', 'Better advice']);
    expect(kept?.name).toBe('Better advice');
    expect(form.dirty).toEqual([]);
  });

  it('may be that the topic is gone', async () => {
    kept = undefined;
    form.set('name', 'Good advice');
    await wait();
    expect(form.gone).toBe(true);
    expect(sent).toEqual([]);
    expect(form.values.name).toBe('Good advice');
  });
});

describe('a save that Go refuses', () => {
  it('says so, keeps what was typed, and can be tried again', async () => {
    fail = new Fault('disk-full');
    form.set('name', 'Good advice');
    await wait();
    expect(form.standing).toBe('failed');
    expect(form.values.name).toBe('Good advice');
    fail = undefined;
    await form.flush();
    expect(form.standing).toBe('saved');
    expect(kept?.name).toBe('Good advice');
  });
});

describe('another kind of place', () => {
  it('comes back with what was typed for it', () => {
    form.takePlace('phone');
    form.changePlace({ detail: '+48 600 100 200' });
    form.takePlace('zoom');
    form.takePlace('phone');
    expect(form.place?.detail).toBe('+48 600 100 200');
  });

  it('leaves the other places of the topic', () => {
    const more = topic('a', 'A', 'blue', 30, 'address', 'ul. Długa 5').places;
    form.external({ ...advice, places: [...advice.places, ...more] });
    form.takePlace('phone');
    expect(form.values.places.map((place) => place.kind)).toEqual(['phone', 'address']);
  });
});
