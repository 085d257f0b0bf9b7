import { describe, expect, it } from 'vitest';
import { QueryWork } from '../../../../src/server/graphql/query-work.ts';

/** Work on a clock that pieces set forward themselves. */
function workOn(signal = new AbortController().signal) {
  const clock = { ms: 0 };
  const charged: number[] = [];
  const charge = (ms: number) => charged.push(ms);
  return { clock, charged, work: new QueryWork({ signal, charge, now: () => clock.ms }) };
}

describe('QueryWork', () => {
  it('runs the pieces in their order, and passes on what they give', async () => {
    const { work } = workOn();
    const order: number[] = [];
    const piece = (n: number) => work.run(() => order.push(n));
    expect(await Promise.all([piece(5), piece(6), piece(7)])).toEqual([1, 2, 3]);
    expect(order).toEqual([5, 6, 7]);
    expect(await work.run(async () => 'late')).toBe('late');
    await expect(work.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    const throwing = work.run(() => {
      throw new Error('thrown');
    });
    await expect(throwing).rejects.toThrow('thrown');
  });

  it('lets others run before the first piece', async () => {
    const { work } = workOn();
    let ran = false;
    const piece = work.run(() => ran);
    setImmediate(() => {});
    await Promise.resolve();
    ran = true;
    expect(await piece).toBe(true);
  });

  it('measures the pieces, and what depends on them', async () => {
    const { work, clock, charged } = workOn();
    const first = work.run(() => {
      clock.ms += 3;
    });
    const depending = first.then(() => {
      clock.ms += 4;
    });
    await Promise.all([depending, work.run(() => {})]);
    expect(charged[0]).toBe(7);
  });

  it('ends a query that has taken a second', async () => {
    const { work, clock } = workOn();
    const piece = () =>
      work.run(() => {
        clock.ms += 600;
        return 'done';
      });
    const ended = await Promise.allSettled([piece(), piece(), piece(), piece()]);
    expect(ended.map(({ status }) => status)).toEqual([
      ...['fulfilled', 'fulfilled', 'rejected', 'rejected'],
    ]);
    await expect(piece()).rejects.toMatchObject({
      status: 400,
      message: expect.stringContaining('shorter lists'),
    });
  });

  it('does nothing more when the client has left', async () => {
    const client = new AbortController();
    const { work } = workOn(client.signal);
    client.abort();
    await expect(work.run(() => 'done')).rejects.toMatchObject({ status: 499 });
  });

  it('gives the entries of a long list one by one, and a short one as it is', async () => {
    const { work } = workOn();
    const short = [1, 2, 3];
    expect(work.list(short)).toBe(short);
    const long = Array.from({ length: 500 }, (_, n) => n);
    expect(await Promise.all(work.list(long))).toEqual(long);
  });
});
