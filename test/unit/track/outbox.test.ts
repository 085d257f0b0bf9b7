import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventLog, type RunEvent } from '../../../src/track/event-log.ts';
import { Courier } from '../../../src/track/outbox.ts';
import { type Remote, RemoteError, request } from '../../../src/track/remote-run.ts';
import { numbers, openRemote, trackerOf } from '../../../src/track/tracker.ts';
import { testServer } from '../../support/test-server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Keeps what arrives; fails as long as `failure` is set. */
class Memory implements Remote {
  readonly name = 'memory';
  readonly arrived: RunEvent[] = [];
  created = 0;
  failure: Error | null = null;

  async create() {
    if (this.failure) throw this.failure;
    return { run: String(++this.created) };
  }

  async send(_place: unknown, event: RunEvent) {
    if (this.failure) throw this.failure;
    this.arrived.push(event);
  }
}

const unreachable = () => new RemoteError('memory cannot be reached', true);
const metric = (value: number): RunEvent => ({ at: value, metrics: { value } });

describe('Courier', () => {
  it('goes on where another process stopped, in the same run', async () => {
    const remote = new Memory();
    const first = new EventLog(folder);
    first.append(metric(1));
    await new Courier(first, remote).settled();
    remote.failure = unreachable();
    first.append(metric(2));
    const stopped = new Courier(first, remote, { tries: 2, firstWaitMs: 1 });
    await stopped.settled();
    expect([stopped.unsent, stopped.problem?.message]).toEqual([1, 'memory cannot be reached']);
    remote.failure = null;
    const second = new Courier(new EventLog(folder), remote);
    await second.settled();
    expect([second.unsent, second.problem]).toEqual([0, null]);
    expect(remote.arrived).toEqual([metric(1), metric(2)]);
    expect(remote.created).toBe(1);
  });

  it('makes one run of a server however many send it: a push beside the training', async () => {
    const remote = new Memory();
    const create = remote.create.bind(remote);
    let goOn = () => {};
    remote.create = async () => {
      await new Promise<void>((resolve) => {
        goOn = resolve;
      });
      return create();
    };
    const log = new EventLog(folder);
    log.append(metric(1));
    const training = new Courier(log, remote, { firstWaitMs: 1 });
    training.wake();
    await sleep(20);
    const push = new Courier(new EventLog(folder), remote, { firstWaitMs: 1, tries: 2 });
    await push.settled();
    expect([push.unsent, push.problem?.message]).toEqual([
      1,
      expect.stringMatching(/already running this command/),
    ]);
    goOn();
    await training.settled();
    await push.settled();
    expect([training.unsent, push.unsent, push.problem]).toEqual([0, 0, null]);
    log.append(metric(2));
    await new Courier(new EventLog(folder), remote).settled();
    await training.settled();
    expect([remote.created, remote.arrived]).toEqual([1, [metric(1), metric(2)]]);
  });

  it('is not hindered by what a killed process left', async () => {
    const remote = new Memory();
    await writeFile(join(folder, 'sending-memory'), String(2 ** 22 + 1));
    const log = new EventLog(folder);
    log.append(metric(1));
    await new Courier(log, remote).settled();
    expect(remote.arrived).toEqual([metric(1)]);
    expect(await readdir(folder)).not.toContain('sending-memory');
  });

  it('waits longer from try to try', async () => {
    const remote = new Memory();
    const times: number[] = [];
    remote.create = async () => {
      times.push(performance.now());
      throw unreachable();
    };
    const log = new EventLog(folder);
    log.append(metric(1));
    await new Courier(log, remote, { tries: 4, firstWaitMs: 40 }).settled();
    const waits = times.slice(1).map((time, i) => time - times[i]);
    expect(waits).toHaveLength(3);
    for (const [i, least] of [40, 80, 160].entries())
      expect(waits[i]).toBeGreaterThanOrEqual(least - 2);
  });

  it('does not try again what is refused', async () => {
    const remote = new Memory();
    remote.failure = new RemoteError('refused', false);
    const log = new EventLog(folder);
    log.append(metric(1));
    const courier = new Courier(log, remote, { firstWaitMs: 1 });
    await courier.settled();
    expect(courier.problem?.message).toBe('refused');
    expect(courier.unsent).toBe(1);
  });
});

describe('trackerOf()', () => {
  it('never waits for a server that hangs, and keeps what it could not send', async () => {
    const remote = new Memory();
    remote.create = (_run?: unknown, signal?: AbortSignal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(unreachable()));
      });
    const tracker = trackerOf(new EventLog(folder), remote);
    const started = performance.now();
    for (let step = 0; step < 200; step++) tracker.metrics({ loss: 1 / (step + 1) }, step);
    expect(performance.now() - started).toBeLessThan(1000);
    expect(await tracker.finish('finished')).toMatch(/201 events .*not sent/);
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(new EventLog(folder).events).toHaveLength(201);
  });

  it('ends at once when the server could not be reached', async () => {
    const remote = new Memory();
    remote.failure = unreachable();
    const tracker = trackerOf(new EventLog(folder), remote);
    tracker.metrics({ loss: 1 });
    await sleep(50);
    const started = performance.now();
    expect(await tracker.finish('failed')).toMatch(/2 events .*cannot be reached/);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it('keeps parameters and metrics by path, and only finite numbers', async () => {
    const tracker = trackerOf(new EventLog(folder), null, () => new Date(5));
    tracker.parameters({ slim: { weights: { slope: 0.3 } }, seed: null });
    tracker.metrics({ a: { b: 1, c: Number.NaN, d: 'text' }, e: null }, 2);
    expect(await tracker.finish('finished')).toBeNull();
    expect(new EventLog(folder).events).toEqual([
      { at: 5, parameters: { 'slim.weights.slope': '0.3', seed: 'null' } },
      { at: 5, metrics: { 'a.b': 1 }, step: 2 },
      { at: 5, finish: 'finished' },
    ]);
    expect(numbers({ x: Number.POSITIVE_INFINITY, y: [3] })).toEqual({ 'y.0': 3 });
  });
});

describe('EventLog', () => {
  it('leaves out a line that a crash cut off', async () => {
    const log = new EventLog(folder);
    log.append(metric(1));
    await appendFile(join(folder, 'events.jsonl'), '{"at":2,"metr');
    const again = new EventLog(folder);
    expect(again.events).toEqual([metric(1)]);
    again.append(metric(3));
    expect(new EventLog(folder).events).toEqual([metric(1), metric(3)]);
    expect(await readFile(join(folder, 'events.jsonl'), 'utf8')).toContain('"metr');
  });
});

describe('openRemote()', () => {
  const options = (to: 'local' | 'comet' | 'mlflow') => ({ to, project: 'p', workspace: null });
  it('says which part of the environment is missing', () => {
    expect(openRemote(options('local'), {})).toBeNull();
    expect(() => openRemote(options('comet'), {})).toThrow(/COMET_API_KEY/);
    expect(() => openRemote(options('mlflow'), {})).toThrow(/MLFLOW_TRACKING_URI/);
    expect(() => openRemote(options('mlflow'), { mlflowUri: 'file:/tmp/mlruns' })).toThrow(
      /MLFLOW_TRACKING_URI/,
    );
    expect(openRemote(options('comet'), { cometApiKey: 'key' })?.name).toBe('comet');
    expect(openRemote(options('mlflow'), { mlflowUri: 'http://localhost:5000' })?.name).toBe(
      'mlflow',
    );
  });
});

describe('request()', () => {
  it('never shows the address, which may hold a password, and follows no redirect', async () => {
    const server = await testServer(() => ({ status: 500, json: { error_code: 'INTERNAL' } }));
    const url = new URL(server.url.replace('http://', 'http://me:secret@'));
    const { signal } = new AbortController();
    try {
      url.username = url.password = '';
      await expect(request('Asking', url, {}, signal)).rejects.toThrow(/^Asking: .*500 INTERNAL$/);
    } finally {
      await server.close();
    }
    const error = await request('Asking', url, {}, signal).catch((reason) => reason);
    expect(error).toMatchObject({ retry: true, message: expect.stringMatching(/ECONNREFUSED/) });
  });
});
