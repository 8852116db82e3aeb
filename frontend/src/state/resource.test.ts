import { describe, expect, it } from 'vitest';
import { Fault } from '../bridge/fault';
import { Resource } from './resource.svelte';

function answers<T>() {
  const waiting: { resolve: (value: T) => void; reject: (thrown: unknown) => void }[] = [];
  const ask = () => new Promise<T>((resolve, reject) => waiting.push({ resolve, reject }));
  return { ask, waiting };
}

describe('a resource', () => {
  it('takes the answer that was asked for last, in whatever order they come', async () => {
    const { ask, waiting } = answers<string>();
    const r = new Resource(ask);
    const first = r.load();
    const second = r.load();
    waiting[1]?.resolve('new');
    await second;
    waiting[0]?.resolve('old');
    await first;
    expect(r.value).toBe('new');
    expect(r.busy).toBe(false);
  });

  it('keeps the last value beside a failure, and drops the failure when it goes well again', async () => {
    const { ask, waiting } = answers<string>();
    const r = new Resource(ask);
    const first = r.load();
    waiting[0]?.resolve('there');
    await first;
    const second = r.load();
    waiting[1]?.reject(new Error('{"code":"offline","message":"","hint":""}'));
    await second;
    expect(r.value).toBe('there');
    expect(r.fault).toBeInstanceOf(Fault);
    expect(r.fault?.code).toBe('offline');
    const third = r.load();
    waiting[2]?.resolve('again');
    await third;
    expect(r.fault).toBeUndefined();
  });

  it('does not let an answer under way undo what was set', async () => {
    const { ask, waiting } = answers<string>();
    const r = new Resource(ask);
    const load = r.load();
    r.set('mine');
    waiting[0]?.resolve('theirs');
    await load;
    expect(r.value).toBe('mine');
  });

  it('keeps what it shows when the answer says the same', async () => {
    const { ask, waiting } = answers<{ rows: string[] }>();
    const r = new Resource(ask);
    const shown: unknown[] = [];
    for (const rows of [['a'], ['a'], ['a', 'b']]) {
      const load = r.load();
      waiting.at(-1)?.resolve({ rows });
      await load;
      shown.push(r.value);
    }
    expect(shown[1]).toBe(shown[0]);
    expect(shown[2]).toEqual({ rows: ['a', 'b'] });
  });

  it('shows again what was taken away in between', async () => {
    const { ask, waiting } = answers<string>();
    const r = new Resource<string | undefined>(ask);
    const first = r.load();
    waiting[0]?.resolve('there');
    await first;
    r.value = undefined;
    const second = r.load();
    waiting[1]?.resolve('there');
    await second;
    expect(r.value).toBe('there');
  });
});
