import { describe, expect, it } from 'vitest';
import { FairGate, GateFull, type GateLimits } from '../../../../src/server/state/fair-gate.ts';

const LIMITS: GateLimits = { running: 2, waiting: 4, waitingPerVisitor: 2 };

/** Work that ends when it is told to, and the order in which it began. */
function works(limits: Partial<GateLimits> = {}) {
  const gate = new FairGate({ ...LIMITS, ...limits });
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const enter = (name: string, visitor: string | null, signal?: AbortSignal, weight?: number) =>
    gate.run({ visitor, weight, signal }, async () => {
      begun.push(name);
      await new Promise<void>((resolve) => ends.set(name, resolve));
      return name;
    });
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { gate, begun, enter, end };
}

describe('FairGate', () => {
  it('runs a few at a time, and gives what the work gives', async () => {
    const { begun, enter, end } = works();
    const all = ['a', 'b', 'c'].map((name) => enter(name, name));
    expect(begun).toEqual(['a', 'b']);
    await end('a');
    expect(begun).toEqual(['a', 'b', 'c']);
    await end('b');
    await end('c');
    expect(await Promise.all(all)).toEqual(['a', 'b', 'c']);
  });

  it('takes the visitor next who has the least running', async () => {
    const { begun, enter, end } = works();
    for (const [name, visitor] of ['a1 a', 'a2 a', 'a3 a', 'a4 a', 'b1 b', 'b2 b'].map((line) =>
      line.split(' '),
    ))
      void enter(name, visitor);
    await end('a1');
    await end('a2');
    expect(begun).toEqual(['a1', 'a2', 'b1', 'a3']);
  });

  it('refuses what finds no place to wait, first of the visitor who has many', async () => {
    const { enter } = works();
    for (const name of ['a1', 'a2', 'a3', 'a4']) void enter(name, 'a');
    await expect(enter('a5', 'a')).rejects.toMatchObject({ who: 'visitor' });
    void enter('b1', 'b');
    void enter('c1', 'c');
    await expect(enter('d1', 'd')).rejects.toMatchObject({ who: 'all' });
    await expect(enter('d1', 'd')).rejects.toBeInstanceOf(GateFull);
  });

  it('has no limit for one visitor where there is no visitor', async () => {
    const { enter } = works();
    for (const name of ['1', '2', '3', '4', '5', '6']) void enter(name, null);
    await expect(enter('7', null)).rejects.toMatchObject({ who: 'all' });
  });

  it('counts heavy work for more', async () => {
    const { enter } = works({ running: 0 });
    void enter('a', 'a', undefined, 2);
    await expect(enter('a', 'a', undefined, 1)).rejects.toMatchObject({ who: 'visitor' });
    await expect(enter('b', null, undefined, 3)).rejects.toMatchObject({ who: 'all' });
    void enter('b', 'b', undefined, 2);
  });

  it('lets go of who leaves while waiting', async () => {
    const { begun, enter, end } = works({ running: 1, waiting: 1 });
    void enter('a', 'a');
    const left = new AbortController();
    const waiting = enter('b', 'b', left.signal);
    left.abort(new Error('left'));
    await expect(waiting).rejects.toThrow('left');
    void enter('c', 'c');
    await end('a');
    expect(begun).toEqual(['a', 'c']);
    await expect(enter('d', 'd', left.signal)).rejects.toThrow('left');
  });

  it('goes on after work that fails', async () => {
    const { gate, begun, enter } = works({ running: 1 });
    const failing = gate.run({ visitor: 'a' }, () => Promise.reject(new Error('no')));
    void enter('b', 'b');
    await expect(failing).rejects.toThrow('no');
    expect(begun).toEqual(['b']);
  });
});
