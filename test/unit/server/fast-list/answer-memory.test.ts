import { EventEmitter, once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { AnswerMemory } from '../../../../src/server/fast-list/answer-memory.ts';

const response = () => new EventEmitter() as ServerResponse;

describe('AnswerMemory', () => {
  it('is used again once the answer has gone out, and not before', () => {
    const memory = new AnswerMemory();
    const [first, second] = [response(), response()];
    const one = memory.for(first, 1000);
    const two = memory.for(second, 2000);
    expect([one.length, two.length]).toEqual([1000, 2000]);
    expect(two.buffer === one.buffer).toBe(false);
    first.emit('close');
    expect(memory.for(response(), 3000).buffer === one.buffer).toBe(true);
    expect(memory.for(response(), 3000).buffer === two.buffer).toBe(false);
  });

  it('gives large answers memory of their own', () => {
    const memory = new AnswerMemory();
    const large = response();
    const bytes = memory.for(large, 1 << 20);
    expect(bytes).toHaveLength(1 << 20);
    large.emit('close');
    expect(memory.for(response(), 10).buffer === bytes.buffer).toBe(false);
  });

  it('is not written to while an answer waits for a slow reader', async () => {
    const BYTES = 60_000;
    /** 15 MB of answers, more than sockets hold */
    const ASKED = 250;
    const memory = new AnswerMemory();
    const server = createServer((request, answer) => {
      answer.end(memory.for(answer, BYTES).fill(request.url === '/slow' ? 's' : 'q'));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const open = () => connect((server.address() as AddressInfo).port, '127.0.0.1');
    const ask = (path: string, times: number) =>
      `GET ${path} HTTP/1.1\r\nhost: x\r\n\r\n`.repeat(times);
    try {
      const slow = open().pause();
      // Not all at once, or all of them would have memory before the first is through with its own.
      for (let asked = 0; asked < ASKED; asked += 5) {
        slow.write(ask('/slow', 5));
        await sleep(2);
      }
      const leaves = open();
      leaves.write(ask('/quick', 20), () => leaves.destroy());
      const quick = open();
      quick.write(ask('/quick', 40));
      expect(await lettersOf(quick, 40 * BYTES)).toEqual(new Map([['q', 40 * BYTES]]));
      expect(await lettersOf(slow, ASKED * BYTES)).toEqual(new Map([['s', ASKED * BYTES]]));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});

/** How many s and q there are in the bodies that a socket brings, until there are so many in all. */
async function lettersOf(socket: Socket, enough: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let total = 0;
  for await (const piece of socket) {
    // heads have no ten of them in a row
    for (const [run] of (piece as Buffer).toString('latin1').matchAll(/s{10,}|q{10,}/g)) {
      counts.set(run[0], (counts.get(run[0]) ?? 0) + run.length);
      total += run.length;
    }
    if (total >= enough) break;
  }
  return counts;
}
