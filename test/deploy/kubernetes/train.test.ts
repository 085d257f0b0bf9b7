/** The commands of the CronJob, run one after the other as its containers are, read a bucket and publish to one. */
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { CronJobSpec } from '../../../deploy/kubernetes/checks/objects.ts';
import { BUCKET, type BucketServer, bucketServer, isMissing } from '../cloud/bucket-server.ts';

const CRONJOB = 'deploy/kubernetes/components/train/cronjob.yaml';
const CONFIG = 'deploy/kubernetes/overlays/production/train.json';
const MOUNTED = '/etc/osusume/osusume.json';

describe.skipIf(isMissing())('the training of the cluster', () => {
  let root: string;
  let bucket: BucketServer;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'osusume-training-'));
    bucket = await bucketServer();
  });
  afterAll(async () => {
    await bucket?.close();
    await rm(root, { recursive: true, force: true });
  });

  /** @returns what it printed */
  const osusume = (...options: string[]) =>
    new Promise<string>((done, fail) => {
      execFile(
        process.execPath,
        ['dist/main.js', ...options],
        {
          env: {
            PATH: process.env.PATH,
            OSUSUME_HOME: join(root, 'home'),
            OSUSUME_SOURCE: `gs://${BUCKET}/data`,
            OSUSUME_CLOUD_ENDPOINT: bucket.endpoint,
          },
        },
        (error, stdout, stderr) => (error ? fail(new Error(stdout + stderr)) : done(stdout)),
      );
    });

  it('publishes the bundle of its pipeline', async () => {
    const data = join(root, 'data');
    await osusume('sample', data, '--people', '300');
    await osusume('upload', data, `gs://${BUCKET}/data`);

    const { initContainers = [], containers } = pods();
    const commands = [...initContainers, ...containers].map(({ args = [] }) =>
      args.map((option) => (option === MOUNTED ? CONFIG : option)),
    );
    expect(commands.map(([name]) => name)).toEqual(['pipeline', 'publish']);
    const [pipeline, publish] = commands;
    // the address comes last, from the overlay
    expect(publish.at(-1)).toBe('--to');
    const made = await osusume(...pipeline);
    await osusume(...publish, `gs://${BUCKET}/production`);

    const [, version] = /Published (\S+) in/.exec(made) ?? [];
    const pointer = JSON.parse(String(await bucket.get('production/bundles/current')));
    expect(pointer).toMatchObject({ version });
  });
});

function pods() {
  const { spec } = parse(readFileSync(CRONJOB, 'utf8'), { merge: true }) as { spec: CronJobSpec };
  return spec.jobTemplate.spec.template.spec;
}
