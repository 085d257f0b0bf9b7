import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tuneFromFiles } from '../../src/cli/tune.ts';
import { loadConfig } from '../../src/config/config.ts';
import { parseSlimOptions } from '../../src/config/model-options.ts';
import { openDataset } from '../../src/data/dataset-file.ts';
import { heldOutUsers } from '../../src/data/held-out-users.ts';
import { UsageError } from '../../src/error.ts';
import { openModels } from '../../src/home/train-record.ts';
import { evaluateModel } from '../../src/metric/evaluate-model.ts';
import { SlimWeights } from '../../src/model/linear/slim-weights.ts';
import { listedShares } from '../../src/model/listings.ts';
import { NO_PROGRESS } from '../../src/progress.ts';
import { train } from '../../src/train.ts';
import { type TuneOptions, tune } from '../../src/tune.ts';
import { homeWithoutTargets, smallHome } from '../support/small-home.ts';

const slim = parseSlimOptions({ regularization: 20 });
let home: string;
let folder: string;
beforeAll(async () => {
  home = await smallHome();
  folder = await mkdtemp(join(tmpdir(), 'osusume-tune-'));
});
afterAll(() =>
  Promise.all([home, folder].map((path) => rm(path, { recursive: true, force: true }))),
);

const search = (more: Partial<TuneOptions> = {}) =>
  tune({ home, slim, grid: { dropout: [0.1, 0.5], 'weights.slope': [0, 0.6] }, ...more });

describe('tune()', () => {
  it('keeps better values, and reports for each trial whether it was better', async () => {
    const { slim: winner, trials } = await search();
    expect(trials.length).toBeGreaterThanOrEqual(4);
    const better = trials.filter(({ best }) => best);
    const reached = better.map(({ objective }) => objective);
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    const last = (parameter: string, unchanged: number) =>
      better.findLast((trial) => trial.parameter === parameter)?.value ?? unchanged;
    expect(winner.dropout).toBe(last('dropout', slim.dropout));
    expect(winner.weights.slope).toBe(last('weights.slope', slim.weights.slope));
  });

  it('evaluates the weights for whole lists as the leaderboard evaluates a model', async () => {
    const { evaluation, trials } = await search({ rounds: 0 });
    expect(trials).toEqual([]);
    await train({ home, slim, names: ['slim'] });
    const dataset = await openDataset(home);
    const { folder: models } = await openModels(home, dataset.fingerprint);
    // Lists as short as these would be scored by weights for parts, too.
    const { whole } = await SlimWeights.load(models, 'slim');
    const people = heldOutUsers(dataset, dataset.parts.validation, 42);
    const expected = evaluateModel(whole, people, listedShares(dataset, dataset.parts.train));
    expect(evaluation.liked).toEqual(expected.liked);
    // a share of the people, not their number; titles that tie to the last bit may change places
    expect(evaluation.popularity20.mean).toBeCloseTo(expected.popularity20.mean, 3);
  });

  it('searches on the most listed titles, also with people who have seen few of them', async () => {
    const { evaluation } = await search({ items: 3, rounds: 1 });
    expect(evaluation.people).toBe(40);
    expect(evaluation.liked.ndcg10.mean).toBeGreaterThan(0);
  });

  it('says so when there is nobody to evaluate on', async () => {
    const lonely = await homeWithoutTargets();
    try {
      await expect(search({ home: lonely })).rejects.toThrow(/none of the 0 validation people/);
    } finally {
      await rm(lonely, { recursive: true });
    }
  });

  it.each<[Record<string, number[]>, RegExp]>([
    [{ dropout: [0.1], lambda: [1] }, /names "lambda", which is not an option/],
    [{ dropout: [0.1], 'weights.floor': [-1] }, /weights\.floor/],
  ])('refuses %j before it searches', async (grid, message) => {
    const notes: string[] = [];
    const progress = { ...NO_PROGRESS, note: (text: string) => void notes.push(text) };
    await expect(search({ grid, progress })).rejects.toThrow(message);
    expect(notes).toEqual([]);
  });
});

describe('tuneFromFiles()', () => {
  const { signal } = new AbortController();
  const run = (flags: Parameters<typeof tuneFromFiles>[0]['flags']) =>
    tuneFromFiles({ config: loadConfig({ home }, {}), flags, progress: NO_PROGRESS, signal });
  const written = async (content: string) => {
    const path = join(folder, 'search.json');
    await writeFile(path, content);
    return path;
  };

  it('writes the winner as a configuration', async () => {
    const out = join(folder, 'winner.json');
    const path = await written('{"dropout":[0.1]}');
    const { slim: winner } = await run({ search: path, rounds: 1, out });
    expect(JSON.parse(await readFile(out, 'utf8'))).toEqual({ train: { slim: winner } });
    expect(loadConfig({ config: out }, {}).train.slim).toEqual(winner);
  });

  it.each(['[[1,2]]', '{}', 'null', '{"dropout":0.1}', '{"dropout":["a"]}', '{"dropout":'])(
    'refuses the search %s',
    async (content) => {
      const path = await written(content);
      await expect(run({ search: path })).rejects.toThrow(UsageError);
    },
  );

  it('says before the search what cannot be read or written', async () => {
    await expect(run({ search: join(folder, 'none.json') })).rejects.toThrow(/check --search/);
    const path = await written('{"dropout":[0.1]}');
    const out = join(folder, 'no', 'folder.json');
    await expect(run({ search: path, out })).rejects.toThrow(/make the folder first/);
  });
});
