import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseSlimOptions } from '../../src/config/model-options.ts';
import { trackOptions } from '../../src/config/track-options.ts';
import { evaluate } from '../../src/evaluate.ts';
import { openArtefact, readJson } from '../../src/home/artefact.ts';
import { leaderboardMarkdown, leaderboardText } from '../../src/metric/leaderboard.ts';
import { DEFAULT_MODELS } from '../../src/model/registry.ts';
import { publish } from '../../src/publish.ts';
import { readRunRecord, runsFolder } from '../../src/track/run-record.ts';
import { train } from '../../src/train.ts';
import { isSelfContained } from '../support/self-contained.ts';
import { homeWithoutTargets, smallHome } from '../support/small-home.ts';

const GROUPS = [
  ...['light', 'medium', 'heavy', 'niche', 'mainstream'],
  ...['5 known titles', 'cold titles', 'franchises'],
];
let home: string;
let run: string;
beforeAll(async () => {
  home = await smallHome();
  ({ run } = await train({ home, slim: parseSlimOptions({ regularization: 20 }) }));
});
afterAll(() => rm(home, { recursive: true, force: true }));

describe('evaluate()', () => {
  it('evaluates every model, best first, and adds the result to the run', async () => {
    const board = await evaluate({ home });
    expect(board.models.map(({ model }) => model).sort()).toEqual([...DEFAULT_MODELS].sort());
    const means = board.models.map(({ liked }) => liked.ndcg10.mean);
    expect(means).toEqual([...means].sort((a, b) => b - a));
    expect(board.models.every(({ closely, cost }) => !closely && !cost)).toBe(true);
    const { folder } = await openArtefact(home, 'leaderboard');
    expect((await readdir(folder)).sort()).toEqual([
      'leaderboard.json',
      'leaderboard.md',
      'manifest.json',
      'quality.json',
    ]);
    const record = await readRunRecord(home, run);
    expect(record.evaluation).toMatchObject({ part: 'test', people: 40 });
    expect(record.evaluation?.models.slim.ndcg10).toBe(
      board.models.find(({ model }) => model === 'slim')?.liked.ndcg10.mean,
    );
    const report = await readFile(join(runsFolder(home), run, 'report.html'), 'utf8');
    expect(report).toContain('liked NDCG@10');
  });

  it('with `all` evaluates by group, with latency and cost, and writes the report', async () => {
    const board = await evaluate({ home, all: true });
    const { folder } = await openArtefact(home, 'leaderboard');
    expect(await readJson(join(folder, 'leaderboard.json'))).toEqual(
      JSON.parse(JSON.stringify(board)),
    );
    for (const { closely, cost } of board.models) {
      expect(closely?.groups.map(({ group }) => group)).toEqual(GROUPS);
      expect(closely?.latency.p99).toBeGreaterThanOrEqual(closely?.latency.p50 ?? Number.NaN);
      expect(cost?.savedBytes).toBeGreaterThan(50);
    }
    const markdown = await readFile(join(folder, 'leaderboard.md'), 'utf8');
    for (const text of [...GROUPS, 'ms p99', 'peak memory MB']) expect(markdown).toContain(text);
    const html = await readFile(join(folder, 'report.html'), 'utf8');
    expect(isSelfContained(html)).toBe(true);
    expect(html.match(/<svg/g)?.length).toBeGreaterThanOrEqual(7);
    for (const name of DEFAULT_MODELS) expect(html).toContain(name);
  });

  it('evaluates groups as it does everybody: their means weighted by people give the whole', async () => {
    const { models } = await evaluate({ home, all: true });
    for (const { closely, seen } of models) {
      const parts = (closely?.groups ?? []).slice(0, 3);
      expect(parts.reduce((sum, { people }) => sum + people, 0)).toBe(40);
      const mean = parts.reduce((sum, part) => sum + part.people * part.seen.ndcg10.mean, 0) / 40;
      expect(mean).toBeCloseTo(seen.ndcg10.mean, 10);
    }
  });

  it('shows a dash, not a NaN, where there is nobody to evaluate', async () => {
    const lonely = await homeWithoutTargets();
    try {
      await train({ home: lonely, slim: parseSlimOptions({ regularization: 20 }) });
      const board = await evaluate({ home: lonely, all: true });
      for (const text of [leaderboardText(board), leaderboardMarkdown(board)]) {
        expect(text).toContain('–');
        expect(text).not.toContain('NaN');
      }
      const { folder } = await publish({ home: lonely });
      expect(await readJson(join(folder, 'bundle.json'))).not.toHaveProperty('metrics');
    } finally {
      await rm(lonely, { recursive: true });
    }
  });

  it('says before any work that a tracking key is missing', async () => {
    const track = trackOptions({ to: 'comet' });
    await expect(evaluate({ home, track })).rejects.toThrow(/COMET_API_KEY/);
  });
});
