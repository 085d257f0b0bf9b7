import { STATUS_CODES } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { App } from '../../../../src/server/http/fastify.ts';
import { type SmallApp, smallApp } from '../../../support/small-app.ts';

const BODY = JSON.stringify({ ratings: [{ animeId: 0, rating: 9 }], limit: 2 });

let small: SmallApp;
let app: App;
beforeAll(async () => {
  small = await smallApp();
  ({ app } = small);
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(() => small.close());

const open = () => connect((app.server.address() as AddressInfo).port, '127.0.0.1');
const headOf = (...lines: string[]) =>
  [
    'POST /api/recommendations HTTP/1.1',
    'host: x',
    'connection: close',
    'content-type: application/json',
    ...lines,
    '',
    '',
  ].join('\r\n');
const chunk = (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`;

/** Writes the pieces one after the other. @returns status and body of the answer */
async function ask(...pieces: string[]) {
  const socket = open().setNoDelay(true);
  const answered = (async () => {
    const read: Buffer[] = [];
    for await (const piece of socket) read.push(piece as Buffer);
    return Buffer.concat(read).toString();
  })();
  for (const piece of pieces) {
    socket.write(piece);
    await sleep(5);
  }
  const text = await answered;
  const [head, body] = text.split('\r\n\r\n');
  const chunked = /transfer-encoding: chunked/i.test(head);
  return {
    status: Number(head.split(' ', 2)[1]),
    body: JSON.parse(chunked ? body.replace(/^[0-9a-f]+\r\n/i, '').split('\r\n')[0] : body),
  };
}

describe('the body of a list', () => {
  it('may come in pieces of any size', async () => {
    const whole = await ask(headOf(`content-length: ${BODY.length}`) + BODY);
    expect(whole.status).toBe(200);
    expect(whole.body.items).toHaveLength(2);
    const cut = await ask(
      headOf(`content-length: ${BODY.length}`) + BODY.slice(0, 7),
      BODY.slice(7, 30),
      BODY.slice(30),
    );
    expect(cut).toEqual(whole);
    const chunks = [...BODY].map(chunk).join('');
    expect(await ask(headOf('transfer-encoding: chunked') + chunks, '0\r\n\r\n')).toEqual(whole);
  });

  it('is refused when it is too long, whether it says so or not', async () => {
    const said = await ask(headOf('content-length: 4194305'));
    expect(said).toMatchObject({ status: 413, body: { title: STATUS_CODES[413], status: 413 } });
    const megabyte = chunk(' '.repeat(1 << 20));
    const unsaid = await ask(headOf('transfer-encoding: chunked'), ...new Array(5).fill(megabyte));
    expect(unsaid).toMatchObject({ status: 413, body: { title: STATUS_CODES[413], status: 413 } });
  });

  it('is a problem when it is empty', async () => {
    expect(await ask(headOf('content-length: 0'))).toMatchObject({ status: 400 });
  });

  it('may break off: the next one is answered', async () => {
    const socket = open();
    socket.write(headOf(`content-length: ${BODY.length}`) + BODY.slice(0, 9));
    await sleep(20);
    socket.destroy();
    expect((await ask(headOf(`content-length: ${BODY.length}`) + BODY)).status).toBe(200);
  });
});
