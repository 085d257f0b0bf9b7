import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBundle } from '../../src/recommend/bundle.ts';
import { AnswerMemory } from '../../src/server/answer-memory.ts';
import { buildApp } from '../../src/server/app.ts';
import { CurrentBundle } from '../../src/server/current-bundle.ts';
import type { App } from '../../src/server/fastify.ts';
import { newHome, publishSmall } from '../recommend/published.ts';

const response = () => new EventEmitter() as ServerResponse;

describe('AnswerMemory', () => {
  it('is used again once the answer has gone out, and not before', () => {
    const memory = new AnswerMemory();
    const [first, second] = [response(), response()];
    const one = memory.for(first, 1000);
    const two = memory.for(second, 2000);
    expect([one.length, two.length]).toEqual([1000, 2000]);
    expect(two.buffer).not.toBe(one.buffer);
    first.emit('close');
    expect(memory.for(response(), 3000).buffer).toBe(one.buffer);
    expect(memory.for(response(), 3000).buffer).not.toBe(two.buffer);
  });

  it('gives large answers memory of their own', () => {
    const memory = new AnswerMemory();
    const large = response();
    const bytes = memory.for(large, 1 << 20);
    expect(bytes).toHaveLength(1 << 20);
    large.emit('close');
    expect(memory.for(response(), 10).buffer).not.toBe(bytes.buffer);
  });
});

describe('answers to many at once', () => {
  let home: string;
  let app: App;
  const bundles = new CurrentBundle();

  beforeAll(async () => {
    home = await newHome();
    await publishSmall(home);
    bundles.replace(await openBundle(home));
    app = await buildApp({ bundles, page: null, report: () => {} });
    await app.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await app.close();
    await bundles.close();
    await rm(home, { recursive: true });
  });

  const bodyOf = (n: number) =>
    JSON.stringify({
      ratings: [{ animeId: [0, 10, 40][n % 3], rating: 1 + (n % 10) }, { animeId: 9_000_000 + n }],
      rules: 'none',
    });
  const requestOf = (n: number) => {
    const body = bodyOf(n);
    return `POST /api/recommendations HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
  };

  /** Sends `count` requests at once, from number `first` on, and reads only later. @returns the answers' bodies */
  async function pipelined(first: number, count: number, wait: number): Promise<string[]> {
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    socket.pause();
    socket.write(Array.from({ length: count }, (_, n) => requestOf(first + n)).join(''));
    await sleep(wait);
    let text = '';
    const bodies: string[] = [];
    for await (const piece of socket) {
      text += (piece as Buffer).toString('latin1');
      for (;;) {
        const end = text.indexOf('\r\n\r\n') + 4;
        const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? Number.NaN);
        if (end < 4 || !(text.length >= end + length)) break;
        bodies.push(Buffer.from(text.slice(end, end + length), 'latin1').toString());
        text = text.slice(end + length);
      }
      if (bodies.length === count) break;
    }
    return bodies;
  }

  it('are never of one another, however late they are read', async () => {
    const sockets = 12;
    const each = 10;
    const leaves = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    leaves.write(requestOf(0).repeat(20), () => leaves.destroy());
    const answers = await Promise.all(
      Array.from({ length: sockets }, (_, s) => pipelined(s * each, each, 10 * (s % 4))),
    );
    for (const [n, answer] of answers.flat().entries()) {
      const alone = await app.inject({
        method: 'POST',
        url: '/api/recommendations',
        payload: bodyOf(n),
        headers: { 'content-type': 'application/json' },
      });
      expect(JSON.parse(answer)).toEqual(alone.json());
      expect(JSON.parse(answer).ignored).toEqual([9_000_000 + n]);
    }
    expect(answers.flat()).toHaveLength(sockets * each);
  });
});
