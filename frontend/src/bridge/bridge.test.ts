import { afterEach, describe, expect, it, vi } from 'vitest';
import { Fault, faultOf } from './fault';
import { guard } from './wails';

afterEach(() => vi.useRealTimers());

describe('faults', () => {
  it('are read from the text that Go sends', () => {
    const fault = faultOf(new Error('{"code":"not-free","message":"taken","hint":"choose another"}'));
    expect(fault).toMatchObject({ code: 'not-free', message: 'taken', hint: 'choose another' });
  });

  it.each(['[object Object]', '{"message":"x"}', '', 'null', '3'])(
    'of no shape are a defect of ours: %s',
    (text) => {
      expect(faultOf(new Error(text))).toMatchObject({ code: 'internal', message: text });
    },
  );

  it('stay what they are', () => {
    const fault = new Fault('offline');
    expect(faultOf(fault)).toBe(fault);
  });
});

describe('a guarded call', () => {
  it('rejects with a fault', async () => {
    const { f } = guard({ f: () => Promise.reject(new Error('{"code":"exists","message":"","hint":""}')) });
    await expect(f()).rejects.toMatchObject({ name: 'Fault', code: 'exists' });
  });

  it('settles when Go never answers', async () => {
    vi.useFakeTimers();
    const { f } = guard({ f: () => new Promise<void>(() => undefined) });
    const end = expect(f()).rejects.toMatchObject({ code: 'timeout' });
    await vi.advanceTimersByTimeAsync(131_000);
    await end;
  });

  it('passes arguments and the answer through', async () => {
    const { f } = guard({ f: (a: number, b: string) => Promise.resolve(b.repeat(a)) });
    await expect(f(2, 'x')).resolves.toBe('xx');
  });
});
