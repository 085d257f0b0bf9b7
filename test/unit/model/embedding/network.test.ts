import { afterEach, describe, expect, it } from 'vitest';
import { random } from '../../../../src/data/random.ts';
import { ADAM, NORMALIZATION } from '../../../../src/linalg/wasm/embedding-kernels.ts';
import type { PairBatch } from '../../../../src/model/embedding/batch.ts';
import { EmbeddingNetwork } from '../../../../src/model/embedding/network.ts';

const PEOPLE = 5;
const ITEMS = 6;
const D = 16;
const ROWS = PEOPLE + ITEMS;
const L2 = 0.01;

interface Pair {
  readonly left: number;
  readonly right: number;
  readonly target: number;
}

/** All that is learnt, in float64: the table of rows × dimension, then w b γ β. */
type Parameters = Float64Array;

/** The loss of one batch from its formula alone. */
function lossOf(at: Parameters, pairs: readonly Pair[], l2: number): number {
  const row = (r: number) => at.subarray(r * D, (r + 1) * D);
  const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);
  const [w, b, gamma, beta] = at.subarray(ROWS * D);
  const z = pairs.map(({ left, right }) => {
    const [p, q] = [row(left), row(right)];
    return (w * dot(p, q)) / Math.sqrt(dot(p, p) * dot(q, q)) + b;
  });
  const mean = z.reduce((sum, value) => sum + value, 0) / z.length;
  const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / z.length;
  let loss = 0;
  z.forEach((value, n) => {
    const y = (gamma * (value - mean)) / Math.sqrt(variance + NORMALIZATION.epsilon) + beta;
    const a = 1 / (1 + Math.exp(-y));
    const t = pairs[n].target;
    loss -= (t * Math.log(a) + (1 - t) * Math.log(1 - a)) / z.length;
  });
  for (const r of new Set(pairs.flatMap(({ left, right }) => [left, right])))
    loss += l2 * dot(row(r), row(r));
  return loss;
}

/** Central differences, parameter by parameter. */
function gradientOf(at: Parameters, pairs: readonly Pair[], l2: number): Float64Array {
  const h = 1e-5;
  return at.map((value, k) => {
    const moved = at.slice();
    moved[k] = value + h;
    const above = lossOf(moved, pairs, l2);
    moved[k] = value - h;
    return (above - lossOf(moved, pairs, l2)) / (2 * h);
  });
}

function randomPairs(count: number, seed: number): Pair[] {
  const uniform = random(seed);
  return Array.from({ length: count }, () => ({
    left: Math.floor(PEOPLE * uniform()),
    right: PEOPLE + Math.floor(ITEMS * uniform()),
    target: Math.fround(uniform()),
  }));
}

let network: EmbeddingNetwork | undefined;
afterEach(() => network?.close());

async function freshNetwork(threads: number, batch = 40, steps = 60): Promise<EmbeddingNetwork> {
  network = await EmbeddingNetwork.create(
    { people: PEOPLE, items: ITEMS, dimension: D, batch, steps },
    { threads },
  );
  network.initialize(7);
  return network;
}

function parametersOf(net: EmbeddingNetwork): Parameters {
  return Float64Array.of(...net.vectors(), ...net.head.subarray(0, 4));
}

function place(batch: PairBatch, pairs: readonly Pair[]): PairBatch {
  pairs.forEach(({ left, right, target }, n) => {
    batch.leftRows[n] = left;
    batch.rightRows[n] = right;
    batch.targets[n] = target;
  });
  batch.count = pairs.length;
  return batch;
}

describe('EmbeddingNetwork.train()', () => {
  it('has the gradient of every parameter, by central differences in float64', async () => {
    const net = await freshNetwork(2);
    net.head.set([-0.8, 0.3, 1.2, -0.1]);
    const pairs = randomPairs(30, 3);
    const expected = gradientOf(parametersOf(net), pairs, L2);
    await net.train(place(net.batches[0], pairs), 1e-3, L2);
    // After the first step Adam's moments are .1 of the gradient; the table holds m / (√v + ε) and √v.
    const largest = Math.max(...expected.map(Math.abs));
    const [moves, deviations] = [1, 2].map((part) =>
      net.table.filter((_, k) => Math.floor(k / D) % 3 === part),
    );
    const moments = moves.map((move, k) => move * (deviations[k] + ADAM.epsilon));
    const actual = [...moments, ...net.head.subarray(6, 10)].map((m) => m / (1 - ADAM.beta1));
    expect(actual).toHaveLength(expected.length);
    expect(largest).toBeGreaterThan(0.01);
    for (let k = 0; k < expected.length; k++)
      expect(Math.abs(actual[k] - expected[k]), `parameter ${k}`).toBeLessThan(1e-4 * largest);
  });

  it('moves as dense Adam does, also the rows that a batch does not name', async () => {
    const net = await freshNetwork(2);
    const rate = 0.01;
    const at = parametersOf(net);
    const start = at.slice();
    const m = new Float64Array(at.length);
    const v = new Float64Array(at.length);
    for (let step = 1; step <= 25; step++) {
      const pairs = randomPairs(3, step);
      await net.train(place(net.batches[0], pairs), rate, 0);
      const g = gradientOf(at, pairs, 0);
      const corrected = (rate * Math.sqrt(1 - ADAM.beta2 ** step)) / (1 - ADAM.beta1 ** step);
      for (let k = 0; k < at.length; k++) {
        m[k] = ADAM.beta1 * m[k] + (1 - ADAM.beta1) * g[k];
        v[k] = ADAM.beta2 * v[k] + (1 - ADAM.beta2) * g[k] ** 2;
        at[k] -= (corrected * m[k]) / (Math.sqrt(v[k]) + ADAM.epsilon);
      }
    }
    await net.settle();
    const actual = net.vectors();
    const moved = start.map((value, k) => Math.abs(at[k] - value)).subarray(0, ROWS * D);
    expect(moved.reduce((sum, value) => sum + value, 0) / moved.length).toBeGreaterThan(0.03);
    for (let k = 0; k < actual.length; k++) expect(Math.abs(actual[k] - at[k])).toBeLessThan(1e-3);
  });

  it('gives byte-identical weights on one thread, two and three', async () => {
    const weights: Float32Array[] = [];
    for (const threads of [1, 2, 3]) {
      const net = await freshNetwork(threads);
      for (let step = 0; step < 20; step++) {
        await net.train(place(net.batches[0], randomPairs(40, step)), 0.01, L2);
      }
      await net.settle();
      weights.push(Float32Array.of(...net.table, ...net.head));
      await net.close();
    }
    expect(weights[1]).toEqual(weights[0]);
    expect(weights[2]).toEqual(weights[0]);
  });

  it('may be called with the next batch while it works on one', async () => {
    const weights: Float32Array[] = [];
    for (const inTurn of [true, false]) {
      const net = await freshNetwork(2);
      let before = Promise.resolve();
      for (let step = 0; step < 20; step++) {
        const batch = place(net.batches[step % 2], randomPairs(40, step));
        const running = net.train(batch, 0.01, L2);
        await (inTurn ? running : before);
        before = running;
      }
      await before;
      await net.settle();
      weights.push(Float32Array.of(...net.table, ...net.head));
      await net.close();
    }
    expect(weights[1]).toEqual(weights[0]);
  });

  it('continues from a state as if it had not stopped', async () => {
    const steps = async (net: EmbeddingNetwork, from: number, to: number) => {
      for (let step = from; step < to; step++) {
        await net.train(place(net.batches[0], randomPairs(5, step)), 0.01, 0);
      }
      await net.settle();
    };
    const whole = await freshNetwork(1);
    await steps(whole, 0, 10);
    const state = { ...whole.state, table: whole.table.slice(), head: whole.head.slice() };
    await steps(whole, 10, 20);
    const [table, head] = [whole.table.slice(), whole.head.slice()];
    await whole.close();
    const other = await freshNetwork(1);
    other.restore(state);
    await steps(other, 10, 20);
    expect(other.table).toEqual(table);
    expect(other.head).toEqual(head);
  });
});

describe('EmbeddingNetwork.predict()', () => {
  it('uses the moving mean and variance', async () => {
    const net = await freshNetwork(2);
    net.head.set([-0.8, 0.3, 1.2, -0.1, 0.2, 0.5]);
    const pairs = randomPairs(9, 1);
    const batch = place(net.batches[1], pairs);
    await net.predict(batch);
    const vectors = net.vectors();
    pairs.forEach(({ left, right }, n) => {
      const row = (r: number) => vectors.subarray(r * D, (r + 1) * D);
      const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, x, k) => sum + x * b[k], 0);
      const c =
        dot(row(left), row(right)) /
        Math.sqrt(dot(row(left), row(left)) * dot(row(right), row(right)));
      const y = (1.2 * (-0.8 * c + 0.3 - 0.2)) / Math.sqrt(0.5 + 1e-3) - 0.1;
      expect(batch.predictions[n]).toBeCloseTo(1 / (1 + Math.exp(-y)), 5);
    });
  });
});
