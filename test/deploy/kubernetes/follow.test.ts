/**
 * Three servers, as processes with the settings of the production overlay, follow a bucket: they take up a new bundle
 * one after another, without a restart, and each is ready all the time.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pushBundle } from '../../../src/cloud/push-bundle.ts';
import { publishSmall } from '../../support/small-bundle.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from '../cloud/bucket-server.ts';

const FROM = `gs://${BUCKET}/production`;
const CONFIG = 'deploy/kubernetes/overlays/production/osusume.json';
/** shorter than the two minutes of production */
const SPREAD = 8000;

interface Replica {
  readonly process: ChildProcess;
  readonly url: string;
}

/** What three replicas answered at about the same time. */
interface Sight {
  readonly statuses: readonly number[];
  readonly versions: readonly string[];
}

describe.skipIf(isMissing())('three replicas that follow a bucket', () => {
  let root: string;
  let workshop: string;
  let bucket: BucketServer;
  const replicas: Replica[] = [];

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'osusume-replicas-'));
    workshop = join(root, 'workshop');
    bucket = await bucketServer();
  });

  afterAll(async () => {
    for (const { process } of replicas) {
      const ended = new Promise((done) => process.once('exit', done));
      if (process.kill('SIGTERM')) await ended;
    }
    await bucket?.close();
    await rm(root, { recursive: true, force: true });
  });

  const publish = async (): Promise<string> => {
    const { version } = await publishSmall(workshop, undefined, { keep: 9 });
    await pushBundle({ home: workshop, to: FROM, version, cloud: { endpoint: bucket.endpoint } });
    return version;
  };

  const look = async (): Promise<Sight> => {
    const answers = await Promise.all(replicas.map(({ url }) => fetch(`${url}/readyz`)));
    const bodies = await Promise.all(answers.map((answer) => answer.json()));
    return {
      statuses: answers.map(({ status }) => status),
      versions: bodies.map((body) => (body as { bundle: string }).bundle),
    };
  };

  it('take up a new bundle one after another, and are ready all the time', async () => {
    const first = await publish();
    const started = [1, 2, 3].map((n) => start(join(root, `home-${n}`), bucket.endpoint));
    replicas.push(...(await Promise.all(started)));
    await expect.poll(async () => (await look()).versions).toEqual([first, first, first]);

    const second = await publish();
    const seen: Sight[] = [];
    const end = Date.now() + 120_000;
    while (seen.at(-1)?.versions.some((version) => version !== second) ?? true) {
      expect(Date.now(), 'The replicas have not followed in two minutes').toBeLessThan(end);
      seen.push(await look());
      await sleep(50);
    }

    expect(new Set(seen.flatMap(({ statuses }) => statuses))).toEqual(new Set([200]));
    expect(new Set(seen.flatMap(({ versions }) => versions))).toEqual(new Set([first, second]));
    // not all at once: for a while some have the new one, and some the old one
    const mixed = seen.filter(({ versions }) => new Set(versions).size === 2);
    expect(mixed.length).toBeGreaterThan(0);
    // nobody goes back, and nobody was restarted
    for (const [index, { process }] of replicas.entries()) {
      const versions = seen.map((sight) => sight.versions[index]);
      expect(versions.lastIndexOf(first)).toBeLessThan(versions.indexOf(second));
      expect(process.exitCode).toBeNull();
    }
  });
});

/** Starts a server as its pod does, with ports of its own. */
async function start(home: string, endpoint: string): Promise<Replica> {
  const options = ['--config', CONFIG, '--home', home, '--host', '127.0.0.1', '--port', '0'];
  const replica = spawn(process.execPath, ['dist/main.js', 'serve', ...options], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      OSUSUME_FROM: FROM,
      OSUSUME_CLOUD_ENDPOINT: endpoint,
      OSUSUME_FOLLOW_POLL_MS: '200',
      OSUSUME_FOLLOW_SPREAD_MS: String(SPREAD),
      OSUSUME_METRICS_PORT: '0',
      OSUSUME_POSTERS: 'off',
    },
  });
  return { process: replica, url: await addressOf(replica) };
}

/** @throws Error when it ends without an address */
function addressOf(replica: ChildProcess): Promise<string> {
  return new Promise((found, fail) => {
    let output = '';
    for (const stream of [replica.stdout, replica.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const [, url] = /Osusume is at (http:\/\/[^\s"]+)/.exec(output) ?? [];
        if (url) found(url);
      });
    replica.once('exit', (code) => fail(new Error(`The server ended with ${code}:\n${output}`)));
  });
}
