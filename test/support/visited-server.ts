/** `osusume serve` as a process of its own, with visitors who make every metric move. */
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { IdMap } from '../../src/data/id-map.ts';
import { writeArtefact } from '../../src/home/artefact.ts';
import { writeBundle } from '../../src/recommend/bundle-file.ts';
import { trainingTraffic } from '../../src/traffic/training-traffic.ts';
import { freePort, type StartedProgram, startProgram } from './programs.ts';
import { newHome, smallParts } from './small-bundle.ts';
import { CATALOGUE, smallDataset } from './small-catalogue.ts';

export const ADMIN_KEY = 'a-key-for-the-operators';

export interface VisitedServer {
  readonly home: string;
  readonly url: string;
  readonly metrics: string;
  readonly program: StartedProgram;
  /** A moment of all that visitors do. @param from which part of the network they come */
  visit(from: number): Promise<void>;
  /** Publishes a damaged bundle and, when it has been refused, a sound one. */
  publish(): Promise<void>;
}

export async function visitedServer(): Promise<VisitedServer> {
  const home = await newHome();
  await publishMany(home);
  const [port, metricsPort, nobody] = [await freePort(), await freePort(), await freePort()];
  const config = join(home, 'config.json');
  // few lists, so that a greedy visitor is soon turned away
  await writeFile(
    config,
    JSON.stringify({ serve: { limits: { listsPerSecond: 20, listsAtOnce: 20 } } }),
  );
  const args = ['dist/main.js', 'serve', '--home', home, '--config', config, '--posters', 'off'];
  const program = startProgram(process.execPath, [...args, '--port', String(port)], {
    ...process.env,
    OSUSUME_ADMIN_KEY: ADMIN_KEY,
    OSUSUME_METRICS_PORT: String(metricsPort),
    OSUSUME_TRUST_PROXY: 'loopback',
    // a language model and a site of lists that do not answer
    OSUSUME_ANILIST_URL: `http://127.0.0.1:${nobody}`,
    OSUSUME_LLM_MODEL: 'none',
    OSUSUME_LLM_URL: `http://127.0.0.1:${nobody}/v1`,
  });
  const url = `http://127.0.0.1:${port}`;
  const metrics = `http://127.0.0.1:${metricsPort}/metrics`;
  return {
    home,
    url,
    metrics,
    program,
    visit: (from) => visit(url, from),
    async publish() {
      await publishMany(home, true);
      const refused = /^osusume_bundle_refusals_total\{/m;
      while (!refused.test(await (await fetch(metrics)).text())) await sleep(200);
      await publishMany(home);
    },
  };
}

/** Enough people to compare visitors with. */
function publishMany(home: string, isDamaged = false) {
  const parts = smallParts();
  const small = smallDataset();
  const people = 2000;
  const lists = Array.from({ length: people }, (_, user) =>
    CATALOGUE.map((_, item) => item).filter((item) => (user + 1) % (item + 1) === 0),
  );
  const indices = Uint32Array.from(lists.flat());
  const indptr = new Uint32Array(people + 1);
  lists.forEach((list, user) => {
    indptr[user + 1] = indptr[user] + list.length;
  });
  const range = { from: 0, to: people };
  const nobody = { from: people, to: people };
  const dataset = {
    ...small,
    users: new IdMap(Int32Array.from(lists.keys())),
    parts: { train: range, validation: nobody, test: nobody },
    interactions: {
      users: people,
      items: CATALOGUE.length,
      indptr,
      indices,
      ratings: new Uint8Array(indices.length).fill(8),
      statuses: new Uint8Array(indices.length).fill(2),
    },
  };
  const traffic = trainingTraffic(dataset, () => [1, 2, 3]);
  return writeArtefact(home, 'bundle', async (folder) => {
    await writeBundle(folder, { ...parts, dataset, traffic, clock: () => new Date() });
    if (isDamaged) await truncate(join(folder, 'catalogue.json'), 10);
  });
}

async function visit(url: string, from: number): Promise<void> {
  const send = (path: string, body: object, visitor: string) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': visitor },
      body: JSON.stringify(body),
    }).then((answer) => answer.arrayBuffer());
  const get = (path: string) => fetch(`${url}${path}`).then((answer) => answer.arrayBuffer());
  const people = Array.from({ length: 40 }, (_, n) => {
    const ratings = CATALOGUE.slice(0, 1 + (n % 4)).map(({ animeId }) => ({ animeId, rating: 8 }));
    return send('/api/recommendations', { ratings }, `10.1.${from % 250}.${n}`);
  });
  const greedy = Array.from({ length: 60 }, () =>
    send('/api/recommendations', { ratings: [] }, '10.2.0.1'),
  );
  await Promise.all([
    ...people,
    ...greedy,
    send('/api/chat', { message: 'something sad' }, `10.3.${from % 250}.1`),
    send('/api/admin/session', { key: 'a-wrong-key-of-somebody' }, '10.4.0.1'),
    get('/api/anime/0'),
    get('/api/nothing'),
    get('/api/import/anilist/somebody'),
  ]);
}
