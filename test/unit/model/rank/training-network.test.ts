import { describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { rankParameters } from '../../../../src/linalg/wasm/rank-kernels.ts';
import type { RankLists } from '../../../../src/model/rank/rank-lists.ts';
import { fromStrips } from '../../../../src/model/rank/strips.ts';
import { TrainingNetwork } from '../../../../src/model/rank/training-network.ts';
import { RANK_TRAINING } from '../../../../src/model/rank/training-options.ts';
import { madeUpLists } from '../../../support/rank-lists.ts';

const WIDTH = 5;
const [H1, H2] = [16, 8];
const OPTIONS = { ...RANK_TRAINING, hidden1: H1, hidden2: H2, batch: 4, dropout: 0, decay: 0 };
const SIZE = { width: WIDTH, hidden1: H1, hidden2: H2 };
const AT = rankParameters(SIZE);

/** Scores of a list in float64, from the formula alone, of parameters in the kernels' layout. */
function scoresOf(
  parameters: Float64Array,
  lists: RankLists,
  list: number,
  [means, scales]: readonly Float32Array[],
): number[] {
  const matrix = (from: number, rows: number, stored: number, columns: number) => {
    const strips = Float64Array.from(parameters.subarray(from, from + stored * columns));
    // float64 all the way: fromStrips is used for places only
    const places = fromStrips(
      Float32Array.from(strips, (_, k) => k),
      rows,
      columns,
    );
    return (r: number, c: number) => strips[places[r * columns + c]];
  };
  const w1 = matrix(AT.weights1, WIDTH, 8, H1);
  const w2 = matrix(AT.weights2, H1, H1, H2);
  const gelu = (x: number) =>
    0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
  const scores: number[] = [];
  for (let n = lists.indptr[list]; n < lists.indptr[list + 1]; n++) {
    const x = Array.from({ length: WIDTH }, (_, k) =>
      Math.max(-5, Math.min(5, (lists.features[n * WIDTH + k] - means[k]) * scales[k])),
    );
    const u1 = Array.from({ length: H1 }, (_, c) =>
      gelu(x.reduce((sum, value, k) => sum + value * w1(k, c), parameters[AT.bias1 + c])),
    );
    const u2 = Array.from({ length: H2 }, (_, c) =>
      gelu(u1.reduce((sum, value, k) => sum + value * w2(k, c), parameters[AT.bias2 + c])),
    );
    scores.push(
      u2.reduce(
        (sum, value, c) => sum + value * parameters[AT.weights3 + c],
        parameters[AT.factor] * lists.logScores[n],
      ),
    );
  }
  return scores;
}

/** The mean lambda loss with ranks held as they were at `base`. */
function lossAt(
  parameters: Float64Array,
  lists: RankLists,
  ranks: readonly number[][],
  standard: readonly Float32Array[],
): number {
  const listCount = lists.indptr.length - 1;
  let loss = 0;
  for (let list = 0; list < listCount; list++) {
    const s = scoresOf(parameters, lists, list, standard);
    const liked = (n: number) => lists.relevant[lists.indptr[list] + n] === 1;
    const discount = (n: number) => 1 / Math.log2(2 + ranks[list][n]);
    let ideal = 0;
    for (let rank = 0; rank < lists.targets[list]; rank++) ideal += 1 / Math.log2(2 + rank);
    for (let i = 0; i < s.length; i++)
      for (let j = 0; j < s.length; j++) {
        if (!liked(i) || liked(j) || Math.min(ranks[list][i], ranks[list][j]) >= OPTIONS.first)
          continue;
        const change = Math.abs(discount(i) - discount(j)) / (ideal * listCount);
        loss += change * Math.log1p(Math.exp(s[j] - s[i]));
      }
  }
  return loss;
}

describe('TrainingNetwork.train()', () => {
  it('follows the gradient of the lambda loss', async () => {
    const lists = madeUpLists({ lists: 4, candidates: 70, width: WIDTH, seed: 8 });
    const network = await TrainingNetwork.create(lists, OPTIONS, { threads: 2 });
    try {
      network.initialize(3);
      const uniform = random(4);
      const start = network.state.parameters.map((value, k) =>
        k >= AT.weights3 && k < AT.factor ? uniform() - 0.5 : value,
      );
      network.restore({ ...network.state, parameters: start, step: 0 });
      const [batch] = network.batches;
      batch.fill(Uint32Array.of(0, 1, 2, 3));
      await network.train(batch, 1e-4, 5);

      const standard = [network.means, network.scales];
      const base = Float64Array.from(start);
      const ranks = [0, 1, 2, 3].map((list) => {
        const s = scoresOf(base, lists, list, standard);
        return s.map((score) => s.filter((other) => other > score).length);
      });
      expect(batch.loss).toBeCloseTo(lossAt(base, lists, ranks, standard), 5);
      // After one step from 0, Adam's moment is a tenth of the gradient.
      const { moments } = network.state;
      for (let k = 0; k < AT.length; k += k < AT.weights3 ? 7 : 1) {
        const moved = (by: number) => base.map((value, n) => (n === k ? value + by : value));
        const h = 1e-5;
        const slope =
          (lossAt(moved(h), lists, ranks, standard) - lossAt(moved(-h), lists, ranks, standard)) /
          (2 * h);
        expect(Math.abs(10 * moments[k] - slope)).toBeLessThan(1e-5 + 1e-3 * Math.abs(slope));
      }
    } finally {
      await network.close();
    }
  });

  it('begins with the order of the first stage', async () => {
    const lists = madeUpLists({ lists: 1, candidates: 30, width: WIDTH, seed: 8 });
    const network = await TrainingNetwork.create(lists, OPTIONS, { threads: 1 });
    network.initialize(3);
    const scores = scoresOf(Float64Array.from(network.parameters), lists, 0, [
      network.means,
      network.scales,
    ]);
    await network.close();
    scores.forEach((score, n) => {
      expect(score).toBeCloseTo(3 * lists.logScores[n], 5);
    });
  });
});
