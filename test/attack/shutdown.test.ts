/** The server is stopped while it works, behind a load balancer that sends nobody to a server that is not ready. */
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, inject, it } from 'vitest';
import { startServer } from './server.ts';

/** ms that a server may take to stop */
const TIME_TO_STOP = 30_000;

/** @returns the status, or the error: of a connection that was never made, or of a request that got no answer */
function ask(url: string): Promise<number | string> {
  return new Promise((resolve) => {
    const body = JSON.stringify({ ratings: [{ animeId: 1, rating: 9 }] });
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    const sent = request(`${url}/api/recommendations`, { method: 'POST', headers, agent: false });
    sent.once('response', (response) => {
      response.resume();
      response.once('error', (error) => resolve(error.message));
      response.once('end', () => resolve(response.statusCode ?? 0));
    });
    sent.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    sent.end(body);
  });
}

/** false = it is not ready, or no longer there */
function isReady(url: string): Promise<boolean> {
  return new Promise((resolve) => {
    const sent = request(`${url}/readyz`, { agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    sent.once('error', () => resolve(false));
    sent.end();
  });
}

it('is not ready first, then answers all that was sent, and ends', async () => {
  const server = await startServer(inject('largeHome'));
  const ended = new Promise<number | null>((resolve) => server.process.once('exit', resolve));
  const answers: Promise<number | string>[] = [];
  let balancing = true;
  const balancer = (async () => {
    while (await isReady(server.url)) await sleep(50);
    balancing = false;
  })();
  for (let n = 0; balancing; n++) {
    answers.push(ask(server.url));
    if (n === 100) server.process.kill('SIGTERM');
    await sleep(3);
  }
  await balancer;
  expect(new Set(await Promise.all(answers))).toEqual(new Set([200]));
  expect(await Promise.race([ended, sleep(TIME_TO_STOP, 'still running')])).toBe(0);
  await server.stop();
});
