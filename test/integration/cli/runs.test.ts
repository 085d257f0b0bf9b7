import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunsOptions, runs } from '../../../src/cli/runs.ts';
import { parseSlimOptions } from '../../../src/config/model-options.ts';
import { trackOptions } from '../../../src/config/track-options.ts';
import { evaluate } from '../../../src/evaluate.ts';
import { NO_PROGRESS } from '../../../src/progress.ts';
import { EventLog } from '../../../src/track/event-log.ts';
import {
  listRuns,
  type RunRecord,
  readRunRecord,
  runsFolder,
} from '../../../src/track/run-record.ts';
import { train } from '../../../src/train.ts';
import { smallHome } from '../../support/small-home.ts';
import { upstreamServer } from '../../support/upstream-server.ts';

const track = trackOptions({ to: 'mlflow', project: 'anime' });
/** Nothing listens on port 9 (discard). */
const NOWHERE = { mlflowUri: 'http://127.0.0.1:9' };
let home: string;
let ids: string[];

const run = (action: RunsOptions['action'], id = '', more: Partial<RunsOptions> = {}) =>
  runs({ home, action, id, track, access: NOWHERE, progress: NO_PROGRESS, ...more });

beforeAll(async () => {
  home = await smallHome();
  const notes: string[] = [];
  const progress = { ...NO_PROGRESS, note: (text: string) => notes.push(text) };
  const common = { home, progress, track, access: NOWHERE };
  const first = await train({
    ...common,
    slim: parseSlimOptions({ regularization: 20 }),
    names: ['popularity', 'slim'],
    clock: () => new Date('2026-01-01T00:00:00Z'),
  });
  const second = await train({
    ...common,
    slim: parseSlimOptions({ regularization: 30, dropout: 0.15 }),
    names: ['slim'],
    seed: 7,
    clock: () => new Date('2026-01-02T00:00:00Z'),
  });
  await evaluate(common);
  ids = [first.run, second.run];
  // a server that is not there changes nothing but this
  expect(notes.filter((text) => /events .*not sent .*osusume runs push/.test(text))).toHaveLength(
    3,
  );
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('runs list', () => {
  it('lists runs, oldest first, and compares their parameters', async () => {
    const { json, text } = await run('list');
    const { runs: records, differences } = json as {
      runs: RunRecord[];
      differences: Record<string, string[]>;
    };
    expect(records.map(({ id }) => id)).toEqual(ids);
    expect(differences).toEqual({
      'slim.regularization': ['20', '30'],
      'slim.dropout': ['0.3', '0.15'],
    });
    const lines = text.split('\n');
    expect(lines[1]).toMatch(new RegExp(`^${ids[0]} +finished +popularity slim +– +ffffffff`));
    expect(lines[2]).toMatch(/ slim +7 +ffffffff .*0\.\d{3} slim \(test\)$/);
    expect(text).toMatch(/slim\.regularization +20 +30/);
  });

  it('says so when there are no runs, and leaves out folders without a record', async () => {
    expect((await run('list', '', { home: '/nowhere' })).text).toMatch(/No runs/);
    const folder = join(runsFolder(home), ids[0]);
    const whole = await readFile(join(folder, 'run.json'), 'utf8');
    await writeFile(join(folder, 'run.json'), whole.slice(0, 100));
    expect((await listRuns(home)).map(({ id }) => id)).toEqual([ids[1]]);
    await expect(readRunRecord(home, ids[0])).rejects.toThrow(/is not the record of a run/);
    await writeFile(join(folder, 'run.json'), whole);
  });
});

describe('runs show', () => {
  it('shows cost, quality and parameters of a run', async () => {
    const { json, text } = await run('show', ids[1]);
    expect(json).toEqual(await readRunRecord(home, ids[1]));
    expect(text).toMatch(/^Run .*: finished, begun 2026-01-02T00:00:00\.000Z/);
    expect(text).toMatch(/slim +\d+\.\d{2} +\d+ +\d+\.\d{2} +0\.\d{3}/);
    expect(text).toMatch(/slim\.dropout +0\.15/);
  });

  it('refuses a run that is not there and names that lead elsewhere', async () => {
    await expect(run('show')).rejects.toThrow(/Which run/);
    await expect(run('show', 'nothing')).rejects.toThrow(/no run "nothing"/);
    await expect(run('show', `../runs/${ids[0]}`)).rejects.toThrow(/no run/);
  });
});

describe('runs push', () => {
  it('says what could not be sent', async () => {
    const outbox = { attempts: 2, firstPauseMs: 1 };
    await expect(run('push', '', { outbox })).rejects.toThrow(
      /Not everything could be sent to mlflow.*\n.*events left.*cannot be reached/,
    );
    await expect(run('push', '', { track: { ...track, to: 'local' } })).rejects.toThrow(/Where to/);
  });

  it('sends all that was not sent, once', async () => {
    const server = await upstreamServer(({ path }) => ({
      json: path.endsWith('experiments/create')
        ? { experiment_id: '1' }
        : { run: { info: { run_id: 'r', artifact_uri: 'mlflow-artifacts:/1/r/artifacts' } } },
    }));
    try {
      const access = { mlflowUri: `${server.url}/` };
      const sent = Object.fromEntries(
        ids.map((id) => [id, new EventLog(join(runsFolder(home), id)).events.length]),
      );
      expect((await run('push', '', { access })).json).toEqual({ to: 'mlflow', sent });
      const calls = server.asked.map(({ path }) => path.replace('/api/2.0/', ''));
      expect(calls.filter((call) => call === 'mlflow/runs/create')).toHaveLength(2);
      expect(calls).toContain('mlflow-artifacts/artifacts/1/r/artifacts/report.html');
      const before = server.asked.length;
      expect((await run('push', '', { access })).json).toEqual({ to: 'mlflow', sent: {} });
      expect(server.asked).toHaveLength(before);
    } finally {
      await server.close();
    }
  });
});
