import { appendFile, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { trackOptions } from '../../../src/config/track-options.ts';
import { HttpError } from '../../../src/net/http-error.ts';
import { EventLog, type RunEvent } from '../../../src/track/event-log.ts';
import { Outbox } from '../../../src/track/outbox.ts';
import { request, type TrackingServer } from '../../../src/track/remote-run.ts';
import { numbers, openTrackingServer, trackerOf } from '../../../src/track/tracker.ts';
import { writeLockFile } from '../../support/lock-file.ts';
import { upstreamServer } from '../../support/upstream-server.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'osusume-run-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Keeps what arrives; fails as long as `failure` is set. */
class Memory implements TrackingServer {
  readonly name = 'memory';
  readonly arrived: RunEvent[] = [];
  created = 0;
  failure: Error | null = null;

  async create() {
    if (this.failure) throw this.failure;
    return { run: String(++this.created) };
  }

  async send(_run: unknown, event: RunEvent) {
    if (this.failure) throw this.failure;
    this.arrived.push(event);
  }
}

const unreachable = () => new HttpError('unreachable', 'memory cannot be reached');
const metric = (value: number): RunEvent => ({ at: value, metrics: { value } });

describe('Outbox', () => {
  it('resumes where another process stopped, in the same run', async () => {
    const remote = new Memory();
    const first = new EventLog(folder);
    first.append(metric(1));
    await new Outbox(first, remote).settled();
    remote.failure = unreachable();
    first.append(metric(2));
    const stopped = new Outbox(first, remote, { attempts: 2, firstPauseMs: 1 });
    await stopped.settled();
    expect([stopped.unsent, stopped.problem?.message]).toEqual([1, 'memory cannot be reached']);
    remote.failure = null;
    const second = new Outbox(new EventLog(folder), remote);
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
    const training = new Outbox(log, remote, { firstPauseMs: 1 });
    training.wake();
    await sleep(20);
    const push = new Outbox(new EventLog(folder), remote, { firstPauseMs: 1, attempts: 2 });
    await push.settled();
    expect([push.unsent, push.problem?.message]).toEqual([
      1,
      expect.stringMatching(/has been running "Sending run/),
    ]);
    goOn();
    await training.settled();
    await push.settled();
    expect([training.unsent, push.unsent, push.problem]).toEqual([0, 0, null]);
    log.append(metric(2));
    await new Outbox(new EventLog(folder), remote).settled();
    await training.settled();
    expect([remote.created, remote.arrived]).toEqual([1, [metric(1), metric(2)]]);
  });

  it('is not hindered by what a killed process left', async () => {
    const remote = new Memory();
    await writeLockFile(join(folder, 'sending-memory.1'), { pid: 2 ** 22 + 1 });
    const log = new EventLog(folder);
    log.append(metric(1));
    await new Outbox(log, remote).settled();
    expect(remote.arrived).toEqual([metric(1)]);
    expect(await readdir(folder)).not.toContain('sending-memory.1');
  });

  it('waits longer from try to try', async () => {
    const remote = new Memory();
    remote.failure = unreachable();
    const pauses: number[] = [];
    const log = new EventLog(folder);
    log.append(metric(1));
    await new Outbox(log, remote, {
      attempts: 9,
      random: () => 0.5,
      sleep: async (pause) => void pauses.push(pause),
    }).settled();
    expect(pauses).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000]);
  });

  it('waits as long as the server asks, a minute at most', async () => {
    const remote = new Memory();
    const pauses: number[] = [];
    const log = new EventLog(folder);
    log.append(metric(1));
    const busy = (retryAfterMs: number) =>
      new HttpError('busy', 'memory answered 429', { status: 429, retryAfterMs });
    remote.failure = busy(7000);
    const sleep = async (pause: number) => {
      pauses.push(pause);
      remote.failure = pauses.length < 2 ? busy(3_600_000) : null;
    };
    await new Outbox(log, remote, { sleep }).settled();
    expect(pauses).toEqual([7000, 60_000]);
    expect(remote.arrived).toEqual([metric(1)]);
  });

  it('does not retry what is refused', async () => {
    const remote = new Memory();
    remote.failure = new HttpError('refused', 'refused');
    const log = new EventLog(folder);
    log.append(metric(1));
    const outbox = new Outbox(log, remote, { firstPauseMs: 1 });
    await outbox.settled();
    expect(outbox.problem?.message).toBe('refused');
    expect(outbox.unsent).toBe(1);
  });
});

describe('trackerOf()', () => {
  it('never waits for a server that hangs, and keeps what it could not send', async () => {
    const remote = new Memory();
    remote.create = (_run?: unknown, signal?: AbortSignal) =>
      new Promise((_, reject) => {
        signal?.addEventListener('abort', () => reject(unreachable()));
      });
    const tracker = trackerOf(new EventLog(folder), remote, undefined, { graceMs: 50 });
    for (let step = 0; step < 200; step++) tracker.metrics({ loss: 1 / (step + 1) }, step);
    expect(await tracker.finish('finished')).toMatch(/201 events .*not sent/);
    expect(new EventLog(folder).events).toHaveLength(201);
  });

  it('ends at once when the server could not be reached', async () => {
    const remote = new Memory();
    remote.failure = unreachable();
    // Waiting for either would exceed the time limit of this test.
    const patient = { graceMs: 3_600_000, firstPauseMs: 3_600_000 };
    const tracker = trackerOf(new EventLog(folder), remote, undefined, patient);
    tracker.metrics({ loss: 1 });
    expect(await tracker.finish('failed')).toMatch(/2 events .*cannot be reached/);
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

describe('openTrackingServer()', () => {
  const options = (to: 'local' | 'comet' | 'mlflow') => trackOptions({ to, project: 'p' });
  it('says which part of the environment is missing', () => {
    expect(openTrackingServer(options('local'), {})).toBeNull();
    expect(() => openTrackingServer(options('comet'), {})).toThrow(/COMET_API_KEY/);
    expect(() => openTrackingServer(options('mlflow'), {})).toThrow(/MLFLOW_TRACKING_URI/);
    expect(() => openTrackingServer(options('mlflow'), { mlflowUri: 'file:/tmp/mlruns' })).toThrow(
      /MLFLOW_TRACKING_URI/,
    );
    expect(openTrackingServer(options('comet'), { cometApiKey: 'key' })?.name).toBe('comet');
    const wrong = { cometApiKey: 'key', cometUrl: 'comet.example' };
    expect(() => openTrackingServer(options('comet'), wrong)).toThrow(/COMET_URL_OVERRIDE/);
    expect(
      openTrackingServer(options('mlflow'), { mlflowUri: 'http://localhost:5000' })?.name,
    ).toBe('mlflow');
  });
});

describe('request()', () => {
  it('never shows the address, which may hold a password, and follows no redirect', async () => {
    const server = await upstreamServer(() => ({ status: 500, json: { error_code: 'INTERNAL' } }));
    const url = new URL(`${server.url}/`.replace('http://', 'http://me:secret@'));
    const { signal } = new AbortController();
    try {
      url.username = url.password = '';
      await expect(request('Asking', url, {}, signal)).rejects.toThrow(/^Asking: .*500 INTERNAL$/);
    } finally {
      await server.close();
    }
    const error = await request('Asking', url, {}, signal).catch((reason) => reason);
    expect(error).toMatchObject({
      isTemporary: true,
      message: expect.stringMatching(/ECONNREFUSED/),
    });
  });
});
