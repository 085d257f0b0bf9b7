import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InterruptedError, OsusumeError } from '../../../../src/error.ts';
import { removeCheckpoint } from '../../../../src/model/checkpoint.ts';
import type { RankNetwork } from '../../../../src/model/rank/network.ts';
import {
  type EpochFigures,
  type RankEpoch,
  trainNetwork,
} from '../../../../src/model/rank/train-network.ts';
import { RANK_TRAINING } from '../../../../src/model/rank/training-options.ts';
import { madeUpLists, meanNdcg } from '../../../support/rank-lists.ts';

const OPTIONS = { ...RANK_TRAINING, hidden1: 16, hidden2: 8, epochs: 4, batch: 8 };
const lossOf = ({ whole }: RankEpoch) => (whole as EpochFigures).loss;
const lists = madeUpLists({ lists: 90, candidates: 37, width: 6, seed: 5 });

const ndcgOf = (network: RankNetwork, of = lists) =>
  meanNdcg(of, (features, logScores) => {
    const out = new Float32Array(logScores.length);
    network.forward(features, logScores, logScores.length, out);
    return out;
  });

describe('trainNetwork()', () => {
  it('finds an order that no weighted sum gives, for lists it has not seen', async () => {
    const seen = madeUpLists({ lists: 400, candidates: 60, width: 6, seed: 1 });
    const unseen = madeUpLists({ lists: 100, candidates: 60, width: 6, seed: 2 });
    const losses: number[] = [];
    const network = await trainNetwork(
      seen,
      { ...OPTIONS, epochs: 12, batch: 16 },
      { onEpoch: (record) => losses.push(lossOf(record as RankEpoch)) },
    );
    const first = meanNdcg(unseen, (_, logScores) => logScores);
    expect(first).toBeLessThan(0.6);
    expect(ndcgOf(network, unseen)).toBeGreaterThan(0.85);
    expect(losses).toHaveLength(12);
    expect(losses[11]).toBeLessThan(losses[0] / 2);
  });

  it('gives the same network by the same seed, on one thread and on two; another by another', async () => {
    const [one, two, again, other] = await Promise.all([
      trainNetwork(lists, OPTIONS, { threads: 1 }),
      trainNetwork(lists, OPTIONS, { threads: 2 }),
      trainNetwork(lists, OPTIONS, { threads: 2 }),
      trainNetwork(lists, { ...OPTIONS, seed: 2 }, { threads: 2 }),
    ]);
    expect(two.weights).toEqual(one.weights);
    expect(again.weights).toEqual(one.weights);
    expect(other.weights.parameters).not.toEqual(one.weights.parameters);
  });

  it('leaves out lists without a liked candidate', async () => {
    const { relevant, targets } = lists;
    const none = (data: Uint8Array) => data.map((liked, n) => (n < 37 * 30 ? 0 : liked));
    const fewer = await trainNetwork({ ...lists, relevant: none(relevant) }, OPTIONS);
    expect(fewer.weights.parameters.every(Number.isFinite)).toBe(true);
    const nobody = { ...lists, relevant: relevant.map(() => 0), targets: targets.map(() => 0) };
    await expect(trainNetwork(nobody, OPTIONS)).rejects.toThrow(/90 lists none has a liked/);
  });

  it('ends with an error when it diverges', async () => {
    const wild = trainNetwork(lists, { ...OPTIONS, rate: 1e30 });
    await expect(wild).rejects.toThrow(OsusumeError);
    await expect(wild).rejects.toThrow(/diverged.*rate 1e\+30/);
  });
});

describe('trainNetwork() with checkpoints', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'rank-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  const interrupted = (epochs: number) => {
    const control = new AbortController();
    return trainNetwork(lists, OPTIONS, {
      checkpoints: folder,
      signal: control.signal,
      onEpoch: ({ epoch }) => epoch + 1 === epochs && control.abort(),
    });
  };

  it('goes on after an interruption as if there had been none', async () => {
    await expect(interrupted(2)).rejects.toThrow(InterruptedError);
    const epochs: number[] = [];
    const resumed = await trainNetwork(lists, OPTIONS, {
      checkpoints: folder,
      resume: true,
      onEpoch: ({ epoch }) => epochs.push(epoch),
    });
    expect(epochs).toEqual([0, 1, 2, 3]);
    expect(resumed.weights).toEqual((await trainNetwork(lists, OPTIONS)).weights);
  });

  it('keeps a checkpoint by name, which goes with those of the model', async () => {
    await interrupted(1).catch(() => undefined);
    await trainNetwork(lists, OPTIONS, { checkpoints: folder, name: 'part' });
    expect((await readdir(folder)).sort()).toEqual([
      'rank.part.checkpoint.safetensors',
      'rank.whole.checkpoint.safetensors',
    ]);
    await removeCheckpoint(folder, 'rank');
    await expect(readdir(folder)).rejects.toThrow(/ENOENT/);
    await mkdir(folder);
  });

  it('refuses a checkpoint of other options or other lists', async () => {
    await expect(interrupted(1)).rejects.toThrow(/--resume/);
    const resume = { checkpoints: folder, resume: true };
    await expect(trainNetwork(lists, { ...OPTIONS, seed: 9 }, resume)).rejects.toThrow(/other/);
    const others = madeUpLists({ lists: 90, candidates: 37, width: 6, seed: 6 });
    await expect(trainNetwork(others, OPTIONS, resume)).rejects.toThrow(/other data/);
  });
});
