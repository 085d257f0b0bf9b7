/**
 * Against MLflow's own server; skipped where `mlflow` is not on the PATH (pip install mlflow), but for
 * OSUSUME_REQUIRE_MLFLOW=1: then a missing one is an error.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../../../src/cli/runs.ts';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { trackOptions } from '../../../src/config/track-options.ts';
import { evaluate } from '../../../src/evaluate.ts';
import { NO_PROGRESS } from '../../../src/progress.ts';
import { publish } from '../../../src/publish.ts';
import { EventLog } from '../../../src/track/event-log.ts';
import { Mlflow } from '../../../src/track/mlflow.ts';
import { readRunRecord, runsFolder } from '../../../src/track/run-record.ts';
import { trackerOf } from '../../../src/track/tracker.ts';
import { train } from '../../../src/train.ts';
import { smallHome } from '../../support/small-home.ts';
import { upstreamServer } from '../../support/upstream-server.ts';

const track = trackOptions({ to: 'mlflow', project: 'anime' });

interface MlflowRun {
  readonly info: { run_id: string; run_name: string; status: string; start_time: number };
  readonly data: {
    readonly params?: { key: string; value: string }[];
    readonly metrics?: { key: string; value: number }[];
    readonly tags?: { key: string; value: string }[];
  };
  readonly inputs?: {
    readonly dataset_inputs?: { readonly dataset: { name: string; digest: string } }[];
  };
}

interface MlflowVersion {
  readonly version: string;
  readonly run_id: string;
  readonly tags: { key: string; value: string }[];
}

describe.skipIf(!installed())('MLflow (its own server)', () => {
  let folder: string;
  let home: string;
  let server: ChildProcess;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'osusume-mlflow-'));
    home = await smallHome();
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = spawn(
      'mlflow',
      [
        ...['server', '--host', '127.0.0.1', '--port', String(port), '--workers', '1'],
        ...['--backend-store-uri', `sqlite:///${join(folder, 'mlflow.db')}`],
        ...['--artifacts-destination', join(folder, 'artefacts')],
      ],
      {
        cwd: folder,
        stdio: 'ignore',
        detached: true,
        // its queue of background jobs is a dozen processes
        env: { ...process.env, MLFLOW_SERVER_ENABLE_JOB_EXECUTION: 'false' },
      },
    );
    await untilHealthy(url);
  }, 500_000);
  afterAll(async () => {
    // its workers are processes of its group
    if (server?.pid && server.exitCode === null) {
      const closed = once(server, 'close');
      process.kill(-server.pid, 'SIGTERM');
      await closed;
    }
    await rm(folder, { recursive: true, force: true });
    await rm(home, { recursive: true, force: true });
  });

  async function ask<T>(path: string, body?: object): Promise<T> {
    const response = await fetch(`${url}/api/2.0/mlflow/${path}`, {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    expect(response.status).toBe(200);
    return (await response.json()) as T;
  }

  async function runsOf(experiment: string): Promise<MlflowRun[]> {
    const { experiment: found } = await ask<{ experiment: { experiment_id: string } }>(
      `experiments/get-by-name?experiment_name=${experiment}`,
    );
    const { runs } = await ask<{ runs: MlflowRun[] }>('runs/search', {
      experiment_ids: [found.experiment_id],
    });
    return runs;
  }

  it('has what a training and its evaluation report', async () => {
    const access = { mlflowUri: url };
    const slim = parseSlimOptions({ regularization: 20 });
    const { artefact, run: id, record } = await train({ home, slim, seed: 7, track, access });
    const board = await evaluate({ home, track, access });
    const bundle = await publish({ home, track, access });
    // a server that is too slow for the end of a run gets the rest now
    await runs({ home, action: 'push', id: '', track, access, progress: NO_PROGRESS });
    const [run, ...others] = await runsOf('anime');
    expect(others).toEqual([]);
    expect(run.info).toMatchObject({ run_name: id, status: 'FINISHED' });
    const params = Object.fromEntries(
      (run.data.params ?? []).map(({ key, value }) => [key, value]),
    );
    expect(params).toMatchObject({
      'slim.regularization': '20',
      'item-knn.neighbours': '100',
      seed: '7',
    });
    const metrics = Object.fromEntries(
      (run.data.metrics ?? []).map(({ key, value }) => [key, value]),
    );
    expect(metrics['content.savedBytes']).toBe(record.models.content.savedBytes);
    expect(metrics['test.liked.slim.ndcg10']).toBeCloseTo(
      board.models.find(({ model }) => model === 'slim')?.liked.ndcg10.mean ?? Number.NaN,
      9,
    );
    const { commit } = await readRunRecord(home, id);
    const tags = Object.fromEntries((run.data.tags ?? []).map(({ key, value }) => [key, value]));
    expect(tags).toMatchObject({ fingerprint: 'f'.repeat(64), model: artefact.version });
    // null where the checkout has no git
    expect(tags.commit ?? null).toBe(commit);
    const uploaded = await fetch(
      `${url}/get-artifact?path=report.html&run_uuid=${run.info.run_id}`,
    );
    expect(await uploaded.text()).toBe(
      await readFile(join(runsFolder(home), id, 'report.html'), 'utf8'),
    );
    if (commit)
      expect(tags).toMatchObject({
        'mlflow.source.git.commit': commit.replace('+changes', ''),
        'mlflow.source.git.dirty': String(commit.endsWith('+changes')),
      });
    expect(tags['mlflow.note.content']).toContain('liked NDCG@10');
    expect(run.inputs?.dataset_inputs?.map(({ dataset }) => dataset)).toMatchObject([
      { digest: 'f'.repeat(36) },
    ]);
    const { metrics: curve } = await ask<{ metrics: { step: number; value: number }[] }>(
      `metrics/get-history?run_id=${run.info.run_id}&metric_key=test.liked.slim.ndcg_at_k`,
    );
    expect(curve.map(({ step }) => step)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1));
    expect(curve[9].value).toBeCloseTo(metrics['test.liked.slim.ndcg10'], 5);

    // a published bundle is a version, which MLflow's own client can download by its alias
    const again = await publish({ home, track, access });
    await runs({ home, action: 'push', id: '', track, access, progress: NO_PROGRESS });
    const { model_versions: versions } = await ask<{ model_versions: MlflowVersion[] }>(
      "model-versions/search?filter=name='anime'",
    );
    const tagged = versions.map(({ tags }) => tags.find(({ key }) => key === 'bundle')?.value);
    expect(tagged.sort()).toEqual([bundle.version, again.version].sort());
    expect(versions.every(({ run_id }) => run_id === run.info.run_id)).toBe(true);
    const into = join(folder, 'downloaded');
    execFileSync('mlflow', ['artifacts', 'download', '-u', 'models:/anime@published', '-d', into], {
      env: { ...process.env, MLFLOW_TRACKING_URI: url },
      stdio: 'ignore',
    });
    const downloaded = await readdir(into, { recursive: true });
    const slimFile = downloaded.find((path) => path.endsWith('slim.safetensors'));
    expect(await readFile(join(into, slimFile ?? ''))).toEqual(
      await readFile(join(again.folder, 'slim.safetensors')),
    );
    expect(downloaded.some((path) => /people|catalogue/.test(path))).toBe(false);
  });

  it('takes many parameters and metrics by step, and the same event twice', async () => {
    const run = await mkdtemp(join(folder, 'run-'));
    const remote = new Mlflow({ uri: url, experiment: 'many' });
    const log = new EventLog(run);
    const tracker = trackerOf(log, remote);
    tracker.parameters(Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`p${i}`, i])));
    tracker.metrics(Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`m${i}`, i])));
    for (let step = 0; step < 5; step++) tracker.metrics({ loss: 1 / (step + 1) }, step);
    await expect
      .poll(() => readFile(join(run, 'sent-mlflow.json'), 'utf8').catch(() => ''), {
        timeout: 50_000,
      })
      .toMatch(/"count":7/);
    expect(await tracker.finish('failed')).toBeNull();
    const { place } = JSON.parse(await readFile(join(run, 'sent-mlflow.json'), 'utf8'));
    for (const event of log.events.filter((_, i) => i !== 1))
      await remote.send(place, event, run, new AbortController().signal);
    const [found] = await runsOf('many');
    expect(found.info.status).toBe('FAILED');
    expect(found.data.params).toHaveLength(250);
    expect(found.data.metrics).toHaveLength(451);
    const { metrics } = await ask<{ metrics: { step: number; value: number }[] }>(
      `metrics/get-history?run_id=${found.info.run_id}&metric_key=loss`,
    );
    expect(metrics.map(({ step, value }) => [step, value])).toEqual(
      [0, 1, 2, 3, 4].map((step) => [step, 1 / (step + 1)]),
    );
  });
});

describe('Mlflow', () => {
  it('sends a password or a token as a header only', async () => {
    const server = await upstreamServer(({ path }) => ({
      json: path.endsWith('experiments/create')
        ? { experiment_id: '1' }
        : { run: { info: { run_id: 'r', artifact_uri: 'mlflow-artifacts:/1/r/artifacts' } } },
    }));
    const run = { name: 'run', at: 1 };
    const { signal } = new AbortController();
    try {
      const url = `${server.url}/`;
      const uri = url.replace('http://', 'http://me:p%40ss@');
      const place = await new Mlflow({ uri, experiment: 'x' }).create(run, signal);
      await new Mlflow({ uri: url, experiment: 'x', token: 'token' }).create(run, signal);
      const basic = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
      expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
        basic,
        basic,
        'Bearer token',
        'Bearer token',
      ]);
      expect(JSON.stringify(place)).not.toContain('p@ss');
    } finally {
      await server.close();
    }
  });
});

function installed(): boolean {
  try {
    execFileSync('mlflow', ['--version'], { stdio: 'ignore' });
    return true;
  } catch (error) {
    if (process.env.OSUSUME_REQUIRE_MLFLOW === '1')
      throw new Error('mlflow does not run, and OSUSUME_REQUIRE_MLFLOW=1', { cause: error });
    return false;
  }
}

async function untilHealthy(url: string): Promise<void> {
  const deadline = Date.now() + 480_000;
  while (Date.now() < deadline) {
    const response = await fetch(`${url}/health`).catch(() => null);
    if (response?.ok) return;
    await sleep(500);
  }
  throw new Error(`The MLflow server at ${url} does not answer`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
