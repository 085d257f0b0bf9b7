import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { eventLoopTurn, TimeSlice } from '../../src/time-slice.ts';

describe('TimeSlice', () => {
  it('is over after its milliseconds, and begins anew with each turn', async () => {
    let now = 100;
    const slice = new TimeSlice(5, () => now);
    expect(slice.over).toBe(false);
    now = 104.9;
    expect(slice.over).toBe(false);
    now = 105;
    expect(slice.over).toBe(true);
    await slice.next();
    expect(slice.over).toBe(false);
    now = 110;
    expect(slice.over).toBe(true);
  });
});

describe('eventLoopTurn()', () => {
  it('resumes one work in each turn of the event loop, the longest waiting first', async () => {
    let turn = 0;
    let counting = setImmediate(function count() {
      turn++;
      counting = setImmediate(count);
    });
    const resumed: { work: number; turn: number }[] = [];
    async function run(work: number) {
      for (let n = 0; n < 3; n++) {
        await eventLoopTurn();
        resumed.push({ work, turn });
      }
    }
    await Promise.all([run(0), run(1), run(2)]);
    clearImmediate(counting);
    expect(resumed.map(({ work }) => work)).toEqual([0, 1, 2, 0, 1, 2, 0, 1, 2]);
    expect(new Set(resumed.map(({ turn }) => turn)).size).toBe(9);
  });

  it('gives others several turns when they need some, as a request does', async () => {
    const { near, far, server } = await connection();
    far.on('data', (data) => far.write(data));
    let slices = 0;
    let isOver = false;
    async function longWork() {
      while (!isOver) {
        slices++;
        await eventLoopTurn();
      }
    }
    // There and back takes two turns of the event loop.
    async function shortWork() {
      for (let n = 0; n < 200; n++) {
        near.write('x');
        await once(near, 'data');
      }
      isOver = true;
    }
    await Promise.all([longWork(), shortWork()]);
    near.destroy();
    server.close();
    expect(slices).toBeLessThan(200);
  });
});

async function connection(): Promise<{ near: Socket; far: Socket; server: Server }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const accepted = once(server, 'connection');
  const near = connect((server.address() as AddressInfo).port, '127.0.0.1');
  const [far] = (await accepted) as [Socket];
  return { near: near.setNoDelay(), far: far.setNoDelay(), server };
}
