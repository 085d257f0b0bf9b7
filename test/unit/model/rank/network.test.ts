import { describe, expect, it } from 'vitest';
import { normal, random } from '../../../../src/data/random.ts';
import { rankParameters } from '../../../../src/linalg/wasm/rank-kernels.ts';
import { RANK_TENSORS, RankNetwork, type RankTensor } from '../../../../src/model/rank/network.ts';
import { randomTensors } from '../../../support/rank-network.ts';

const SIZE = { width: 7, hidden1: 16, hidden2: 8 };

/** From the formula, in float64. */
function expectedScore(
  {
    means,
    scales,
    weights1,
    bias1,
    weights2,
    bias2,
    weights3,
    factor,
  }: Record<RankTensor, Float32Array>,
  features: ArrayLike<number>,
  logScore: number,
): number {
  const { width, hidden1, hidden2 } = SIZE;
  const gelu = (x: number) =>
    0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3)));
  const x = Array.from({ length: width }, (_, k) =>
    Math.max(-5, Math.min(5, (features[k] - means[k]) * scales[k])),
  );
  const layer = (inputs: number[], weights: Float32Array, biases: Float32Array, columns: number) =>
    Array.from({ length: columns }, (_, c) =>
      gelu(inputs.reduce((sum, value, k) => sum + value * weights[k * columns + c], biases[c])),
    );
  const units = layer(layer(x, weights1, bias1, hidden1), weights2, bias2, hidden2);
  return units.reduce((sum, value, c) => sum + value * weights3[c], factor[0] * logScore);
}

describe('RankNetwork.forward()', () => {
  it.each([1, 4, 37, 304, 305, 700])(
    'gives each of %i candidates what the formula says',
    (count) => {
      const tensors = randomTensors(SIZE, 3);
      const network = RankNetwork.fromTensors(tensors);
      const uniform = random(count);
      const features = Float32Array.from({ length: count * SIZE.width }, () => 8 * normal(uniform));
      const logScores = Float32Array.from({ length: count }, () => normal(uniform));
      const out = new Float32Array(count + 1).fill(77);
      network.forward(features, logScores, count, out);
      for (let n = 0; n < count; n++) {
        const own = features.subarray(n * SIZE.width, (n + 1) * SIZE.width);
        expect(out[n]).toBeCloseTo(expectedScore(tensors, own, logScores[n]), 4);
      }
      expect(out[count]).toBe(77);
    },
  );

  it('gives a candidate the same wherever it stands and whatever came before', () => {
    const network = RankNetwork.fromTensors(randomTensors(SIZE, 3));
    const uniform = random(1);
    const features = Float32Array.from({ length: 9 * SIZE.width }, () => normal(uniform));
    const logScores = Float32Array.from({ length: 9 }, () => normal(uniform));
    const together = new Float32Array(9);
    network.forward(features, logScores, 9, together);
    const alone = new Float32Array(1);
    for (let n = 0; n < 9; n++) {
      network.forward(features.subarray(n * SIZE.width), logScores.subarray(n), 1, alone);
      expect(alone[0]).toBe(together[n]);
    }
  });
});

describe('RankNetwork.fromTensors()', () => {
  it('gives back what tensors() gave', () => {
    const tensors = randomTensors(SIZE, 5);
    const written = RankNetwork.fromTensors(tensors).tensors();
    for (const name of RANK_TENSORS) expect(written[name].data).toEqual(tensors[name]);
    expect(written.weights1.shape).toEqual([SIZE.width, SIZE.hidden1]);
    expect(RankNetwork.fromTensors(tensors).weights.parameters).toHaveLength(
      rankParameters(SIZE).length,
    );
  });

  it('refuses tensors that do not fit together or are not finite', () => {
    const tensors = randomTensors(SIZE, 5);
    for (const name of ['weights1', 'weights2', 'weights3', 'factor', 'scales'] as const) {
      const short = { ...tensors, [name]: tensors[name].slice(1) };
      expect(() => RankNetwork.fromTensors(short)).toThrow(`"${name}" has`);
      const altered = { ...tensors, [name]: tensors[name].map(() => Number.NaN) };
      expect(() => RankNetwork.fromTensors(altered)).toThrow(`"${name}" is not finite`);
    }
    const odd = { ...tensors, bias2: new Float32Array(4), weights3: new Float32Array(4) };
    const cut = { ...odd, weights2: new Float32Array(4 * SIZE.hidden1) };
    expect(() => RankNetwork.fromTensors(cut)).toThrow('layers of 7, 16 and 4');
  });
});
