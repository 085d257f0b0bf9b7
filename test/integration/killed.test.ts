/** SIGKILL at random points of every stage: the next run completes, and the server never serves a partial bundle. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { random } from '../../src/data/random.ts';
import { openArtefact } from '../../src/home/artefact.ts';
import type { ArtefactKind } from '../../src/home/kinds.ts';
import { currentVersion } from '../../src/home/versions.ts';
import { type Served, serve } from '../../src/serve.ts';
import { writeSample } from '../../src/source/sample/sample.ts';

const STAGES: readonly (readonly [stage: string, made: ArtefactKind])[] = [
  ['ingest', 'ingest'],
  ['prepare', 'dataset'],
  ['train', 'model'],
  ['evaluate', 'leaderboard'],
  ['publish', 'bundle'],
];
const KILLS = 50;
/** Homes that are worked in at the same time, each with its share of the kills: a stage keeps one core busy. */
const HOMES = 2;

let folder: string;
const servers: Served[] = [];

/** Runs a stage of the built product; resolves with its exit code, or null when it was killed after `killAfter` ms. */
async function run(home: string, stage: string, killAfter?: number): Promise<number | null> {
  const args = [
    'dist/main.js',
    stage,
    '--home',
    home,
    '--quiet',
    ...(stage === 'ingest' ? ['--source', join(folder, 'source')] : []),
  ];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint += chunk;
  });
  const timer =
    killAfter === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), killAfter);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (code !== null && code !== 0)
    throw new Error(`osusume ${stage} ended with ${code}: ${complaint}`);
  return code;
}

/** Runs every stage once. @returns how many ms each took */
async function filled(home: string): Promise<Map<string, number>> {
  const milliseconds = new Map<string, number>();
  for (const [stage] of STAGES) {
    const started = performance.now();
    expect(await run(home, stage)).toBe(0);
    milliseconds.set(stage, performance.now() - started);
  }
  return milliseconds;
}

async function startServer(home: string): Promise<Served> {
  const logger = { info() {}, error() {} };
  const server = await serve({ home, host: '127.0.0.1', port: 0, pollMs: 50, logger });
  servers.push(server);
  return server;
}

/** The version the server answers from, after a recommendation from it has been checked. */
async function servedVersion({ url }: Served): Promise<string> {
  const response = await fetch(`${url}/api/recommendations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ratings: [{ animeId: 5114, rating: 9 }], limit: 5, rules: 'none' }),
  });
  expect(response.status).toBe(200);
  const { items, bundle } = (await response.json()) as { items: unknown[]; bundle: string };
  expect(items).toHaveLength(5);
  return bundle;
}

/** Kills the stages of one home in turn, `kills` times. @returns how many of them were still running */
async function killStages(home: string, kills: number, seed: number): Promise<number> {
  const uniform = random(seed);
  const milliseconds = await filled(home);
  const server = await startServer(home);
  let killed = 0;
  for (let round = 0; round < kills; round++) {
    const [stage, made] = STAGES[round % STAGES.length];
    const before = await currentVersion(home, made);
    const code = await run(home, stage, uniform() * (milliseconds.get(stage) as number));
    if (code === null) killed++;
    // Whatever is current is whole: the old version, or a new one that was finished just before.
    await openArtefact(home, made);
    const bundles = (await readdir(join(home, 'bundle'))).filter((name) => !name.startsWith('.'));
    expect(bundles).toContain(await servedVersion(server));
    // The next run completes, and removes what the killed one left.
    expect(await run(home, stage)).toBe(0);
    expect(await currentVersion(home, made)).not.toBe(before);
    expect((await readdir(join(home, made))).filter((name) => name.startsWith('.'))).toEqual([]);
  }
  const last = await currentVersion(home, 'bundle');
  await expect.poll(() => servedVersion(server)).toBe(last);
  return killed;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-killed-'));
  await writeSample(join(folder, 'source'), { people: 300 });
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.close()));
  await rm(folder, { recursive: true, force: true });
});

describe('a stage that is killed', () => {
  it(`leaves everything whole, ${KILLS} times`, { timeout: 600_000 }, async () => {
    const killed = await Promise.all(
      Array.from({ length: HOMES }, (_, n) =>
        killStages(join(folder, `home-${n}`), KILLS / HOMES, 2026 + n),
      ),
    );
    expect(killed.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(KILLS / 4);
  });
});
