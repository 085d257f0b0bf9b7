/**
 * Holds a server against an attack. Unlike every other suite, this one measures time and memory, since that is what the
 * server promises: no request of any size or shape delays the others by more than 100 ms, and its memory returns.
 * A machine that does other work delays too. Therefore only what exceeds the delay of an idle server at the same moment
 * counts, and an attack fails when it does harm three times in a row: a request that blocks the server does so always.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { LimitSettings } from '../../src/config/limit-settings.ts';
import { type AttackedServer, startServer } from './server.ts';

/** ms that one request may delay others */
const LONGEST_DELAY = 100;
const TRIES = 3;
/** MB more than before that may stay: what V8 and malloc keep for later */
const MEMORY_KEPT = 150;
/** ms until the memory has returned */
const TIME_TO_RETURN = 20_000;
/** ms after an attack that still count: work that goes on after the answer */
const AFTERMATH = 200;
const REQUESTS_TO_WARM_UP = [
  '/api/anime?search=shingeki',
  '/api/anime?limit=20',
  '/api/users/1/recommendations',
  '/api/map',
];

/** No request is turned away because the machine is busy, so that each attack is carried out. */
const NEVER_BUSY = { maxEventLoopDelay: 0 };

interface SiteOptions {
  /** settings, such as OSUSUME_TRUST_PROXY */
  readonly environment?: NodeJS.ProcessEnv;
  /** of serve.limits */
  readonly limits?: Partial<LimitSettings>;
}

export type Attack = (server: AttackedServer) => Promise<void>;

export interface AttackSite {
  server(): AttackedServer;
  /** @throws when the attack delays others, takes memory for good, or ends the server */
  withstands(attack: Attack): Promise<void>;
}

/** A server for the tests of a file; it is started again when an attack has ended it. */
export function attackSite({ environment, limits = {} }: SiteOptions = {}): AttackSite {
  let server: AttackedServer | undefined;
  let settings = '';
  const running = async () => {
    if (server?.isRunning()) return server;
    await server?.stop();
    server = await startServer(inject('largeHome'), environment, ['--config', settings]);
    await warmUp(server);
    return server;
  };
  beforeAll(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'osusume-attack-'));
    settings = join(folder, 'settings.json');
    await writeFile(settings, JSON.stringify({ serve: { limits: { ...NEVER_BUSY, ...limits } } }));
    await running();
  });
  afterAll(async () => {
    await server?.stop();
    await rm(dirname(settings), { recursive: true, force: true });
  });
  return {
    server: () => server as AttackedServer,
    withstands: async (attack) => withstands(await running(), attack),
  };
}

/** What is built when it is first needed is no part of an attack. */
async function warmUp({ url, measure }: AttackedServer): Promise<void> {
  // Where its limits are tight, the server closes a connection whose answer waits for an index that is still being made.
  const get = async (path: string) => {
    for (let tries = 60; tries > 0; tries--) {
      const response = await fetch(url + path).catch(() => null);
      if (response) return response;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
    throw new Error(`${path} is not answered`);
  };
  for (let round = 0; round < 5; round++)
    for (const path of REQUESTS_TO_WARM_UP) await (await get(path)).arrayBuffer();
  await measure();
}

async function withstands(server: AttackedServer, attack: Attack): Promise<void> {
  const before = await server.memory();
  const delays: number[] = [];
  for (let attempt = 0; attempt < TRIES; attempt++) {
    await server.measure();
    await attack(server);
    await new Promise((resolve) => setTimeout(resolve, AFTERMATH));
    expect(server.isRunning(), `the server ended:\n${server.log().slice(-2000)}`).toBe(true);
    const { longest, failures } = await server.measure();
    expect(failures, 'requests of others that failed').toEqual([]);
    delays.push(Math.round(longest));
    if (longest <= LONGEST_DELAY) break;
  }
  expect(
    Math.min(...delays),
    `ms of delay in ${delays.length} tries: ${delays}`,
  ).toBeLessThanOrEqual(LONGEST_DELAY);
  await expect
    .poll(() => server.memory(), { timeout: TIME_TO_RETURN, interval: 500 })
    .toBeLessThan(before + MEMORY_KEPT);
}
