/** A server that closes while another process keeps sending on connections that it holds open. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Served, serve } from '../../../src/serve.ts';
import { newHome, publishSmall } from '../../support/small-bundle.ts';

let home: string;
let served: Served;

beforeEach(async () => {
  home = await newHome();
  await publishSmall(home);
});
afterEach(() => rm(home, { recursive: true }));

/**
 * Asks on 24 connections, each as soon as it has an answer. One that is told to close goes elsewhere, as a client of a
 * load balancer does, and comes back `PAUSE` ms later. It does not come back at once: the system resets a connection
 * that is made at the very moment at which the server stops listening, and no program can prevent that.
 */
const PAUSE = 2000;
const CLIENT = `
const http = require('node:http');
const [url, pause] = process.argv.slice(1);
const agent = new http.Agent({ keepAlive: true, maxSockets: 24 });
const outcomes = {};
const count = (name) => { outcomes[name] = (outcomes[name] ?? 0) + 1; };
function ask() {
  http.get(url + '/api/starters', { agent }, (response) => {
    count(response.statusCode);
    const isTold = response.headers.connection === 'close';
    if (isTold) count('told');
    response.resume().once('end', () => isTold ? setTimeout(ask, pause) : ask());
  }).once('error', (error) => { count(error.code); finished(); });
}
let left = 24;
function finished() { if (--left === 0) console.log(JSON.stringify(outcomes)); }
for (let n = 0; n < 24; n++) ask();
setTimeout(() => console.log('asking'), 300);
`;

async function start(drainMs: number) {
  const quiet = { info: () => {}, error: (line: string) => expect.fail(line) };
  const where = { home, host: '127.0.0.1', port: 0, page: null };
  served = await serve({ ...where, logger: quiet, drainMs });
  const client = spawn(process.execPath, ['-e', CLIENT, served.url, String(PAUSE)]);
  const lines = createInterface(client.stdout)[Symbol.asyncIterator]();
  await lines.next();
  return { client, lines };
}

describe('closing under load', () => {
  it('answers every request that has arrived, and asks clients to go elsewhere', async () => {
    const { client, lines } = await start(300);
    const exit = once(client, 'exit');
    await served.close();
    const outcomes = JSON.parse(String((await lines.next()).value)) as Record<string, number>;
    await exit;
    const { 200: answered, ...others } = outcomes;
    expect(answered).toBeGreaterThan(24);
    expect(others).toEqual({ told: 24, ECONNREFUSED: 24 });
  });

  it('is not ready, and still answers, until it stops listening', async () => {
    const { client } = await start(1500);
    client.kill();
    const closing = served.close();
    await expect
      .poll(async () => (await fetch(`${served.url}/readyz`)).status, { interval: 20 })
      .toBe(503);
    const answer = await fetch(`${served.url}/api/starters`);
    expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close']);
    await closing;
    await expect(fetch(`${served.url}/healthz`)).rejects.toThrow();
  });
});
