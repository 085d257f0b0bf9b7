/** Plain TypeScript reference of the ranking network's kernels: the same names and signatures, no tricks. */
import { ADAM } from './embedding-kernels.ts';
import {
  RANK_PLAN,
  type RankKernels,
  type RankPlan,
  rankParameters,
  rankScratch,
  roundUp,
} from './rank-kernels.ts';
import { dropoutMask, gelu, geluSlope, Strips } from './rank-reference-layers.ts';
import { referenceTerms } from './rank-reference-terms.ts';

/** Numbers of the second layer's dropout: see assembly/rank-list.ts. */
const SECOND = 0x6a09e667;

export function rankReference(memory: { readonly buffer: ArrayBufferLike }): RankKernels {
  const f32 = (pointer: number, length: number) => new Float32Array(memory.buffer, pointer, length);
  const u32 = (pointer: number, length: number) => new Uint32Array(memory.buffer, pointer, length);
  const strips = (pointer: number, rows: number, columns: number) =>
    new Strips(f32(pointer, rows * columns), rows, columns);
  const planAt = (pointer: number) =>
    Object.fromEntries(
      RANK_PLAN.map((name, n) => [name, u32(pointer, RANK_PLAN.length)[n]]),
    ) as unknown as RankPlan;

  const kernels: RankKernels = {
    ...referenceTerms(memory),

    meanOfRows(rows, count, width, out) {
      const numbers = f32(rows, count * width);
      for (let c = 0; c < width; c++) {
        let sum = 0;
        for (let r = 0; r < count; r++) sum += numbers[r * width + c];
        f32(out, width)[c] = sum / count;
      }
    },

    standardiseRows(features, count, width, means, scales, rows, out) {
      const matrix = strips(out, rows, roundUp(width, 8));
      const raw = f32(features, count * width);
      matrix.fill((r, c) => {
        if (r >= count || c >= width) return 0;
        return clipped((raw[r * width + c] - f32(means, width)[c]) * f32(scales, width)[c]);
      });
    },

    multiplyLayer(inputs, weights, biases, rows, depth, columns, out) {
      const [x, w] = [strips(inputs, rows, depth), strips(weights, depth, columns)];
      strips(out, rows, columns).fill((r, c) => {
        let sum = biases === 0 ? 0 : f32(biases, columns)[c];
        for (let k = 0; k < depth; k++) sum += x.at(r, k) * w.at(k, c);
        return sum;
      });
    },

    multiplyTransposed(inputs, slopes, rows, depth, columns, out) {
      const [x, y] = [strips(inputs, rows, depth), strips(slopes, rows, columns)];
      const sums = strips(out, depth, columns);
      sums.fill((k, c) => {
        let sum = sums.at(k, c);
        for (let r = 0; r < rows; r++) sum += x.at(r, k) * y.at(r, c);
        return sum;
      });
    },

    gelu(values, count) {
      f32(values, count).set(f32(values, count).map(gelu));
    },

    geluWithSlopes(values, slopes, count, seed, dropped) {
      const kept = dropoutMask(count, seed, dropped);
      const before = f32(values, count).slice();
      f32(values, count).set(before.map((x, k) => kept[k] * gelu(x)));
      f32(slopes, count).set(before.map((x, k) => kept[k] * geluSlope(x)));
    },

    lambdaSlopes(scores, relevant, count, weight, first, discounts, _scratch, rows, slopes) {
      const s = f32(scores, count);
      const isRelevant = new Uint8Array(memory.buffer, relevant, count);
      const order = Array.from(s.keys()).sort((a, b) => s[b] - s[a] || a - b);
      const ranks = new Uint32Array(count);
      order.forEach((candidate, rank) => {
        ranks[candidate] = rank;
      });
      const gradient = new Float64Array(rows);
      let loss = 0;
      for (let i = 0; i < count; i++)
        for (let j = 0; j < count; j++) {
          if (!isRelevant[i] || isRelevant[j] || Math.min(ranks[i], ranks[j]) >= first) continue;
          const [mine, others] = [ranks[i], ranks[j]].map((rank) => f32(discounts, count)[rank]);
          const change = weight * Math.abs(mine - others);
          loss += change * Math.log1p(Math.exp(s[j] - s[i]));
          const pull = change / (1 + Math.exp(s[i] - s[j]));
          gradient[i] -= pull;
          gradient[j] += pull;
        }
      f32(slopes, rows).set(gradient);
      return loss;
    },

    scoreCandidates(features, logScores, count, at, out) {
      const plan = planAt(at);
      const { width, hidden1, hidden2, scratch } = plan;
      const rows = roundUp(count, 4);
      const units1 = scratch + 4 * rows * roundUp(width, 8);
      const units2 = units1 + 4 * rows * hidden1;
      const parameter = parametersOf(plan);
      kernels.standardiseRows(features, count, width, plan.means, plan.scales, rows, scratch);
      const depth = roundUp(width, 8);
      kernels.multiplyLayer(
        scratch,
        parameter.weights1,
        parameter.bias1,
        rows,
        depth,
        hidden1,
        units1,
      );
      kernels.gelu(units1, rows * hidden1);
      kernels.multiplyLayer(
        units1,
        parameter.weights2,
        parameter.bias2,
        rows,
        hidden1,
        hidden2,
        units2,
      );
      kernels.gelu(units2, rows * hidden2);
      const units = strips(units2, rows, hidden2);
      const weights3 = f32(parameter.weights3, hidden2);
      const [factor] = f32(parameter.factor, 1);
      for (let r = 0; r < count; r++) {
        let sum = factor * f32(logScores, count)[r];
        for (let c = 0; c < hidden2; c++) sum += units.at(r, c) * weights3[c];
        f32(out, count)[r] = sum;
      }
    },

    scoreCoalitions(own, mean, groups, at, out) {
      const plan = planAt(at);
      const { width, hidden1, hidden2 } = plan;
      const { weights1, bias1, weights2, bias2, weights3 } = parametersOf(plan);
      const [w1, w2] = [
        strips(weights1, roundUp(width, 8), hidden1),
        strips(weights2, hidden1, hidden2),
      ];
      const standard = (pointer: number) =>
        Array.from(f32(pointer, width), (value, k) =>
          clipped((value - f32(plan.means, width)[k]) * f32(plan.scales, width)[k]),
        );
      const [mine, average] = [standard(own), standard(mean)];
      for (let coalition = 0; coalition < 32; coalition++) {
        const x = mine.map((value, k) =>
          (coalition >> u32(groups, width)[k]) & 1 ? value : average[k],
        );
        const units1 = Array.from(f32(bias1, hidden1), (bias, c) =>
          gelu(x.reduce((sum, value, k) => sum + value * w1.at(k, c), bias)),
        );
        const units2 = Array.from(f32(bias2, hidden2), (bias, c) =>
          gelu(units1.reduce((sum, value, k) => sum + value * w2.at(k, c), bias)),
        );
        const weightsOut = f32(weights3, hidden2);
        f32(out, 32)[coalition] = units2.reduce((sum, value, c) => sum + value * weightsOut[c], 0);
      }
    },

    trainLists(from, to, at, seed) {
      const plan = planAt(at);
      const { length } = rankParameters(plan);
      for (let part = from; part < to; part++) {
        const gradient = plan.gradients + 4 * part * length;
        f32(gradient, length).fill(0);
        const end = Math.min((part + 1) * plan.perPart, plan.lists);
        for (let list = part * plan.perPart; list < end; list++)
          trainList(plan, part, list, gradient, (seed + list) >>> 0);
      }
    },

    stepWeights(
      from,
      to,
      parameters,
      moments,
      variances,
      gradients,
      parts,
      length,
      rate,
      unbias,
      decay,
    ) {
      const [p, m, v] = [parameters, moments, variances].map((pointer) => f32(pointer, length));
      for (let k = from; k < to; k++) {
        let g = 0;
        for (let part = 0; part < parts; part++)
          g += f32(gradients, parts * length)[part * length + k];
        m[k] = ADAM.beta1 * m[k] + (1 - ADAM.beta1) * g;
        v[k] = ADAM.beta2 * v[k] + (1 - ADAM.beta2) * g * g;
        p[k] -= (rate * m[k]) / (Math.sqrt(v[k]) * unbias + 1e-8) + decay * p[k];
      }
    },
  };

  /** Addresses of the parameters. */
  function parametersOf(plan: RankPlan) {
    const offsets = Object.entries(rankParameters(plan));
    return Object.fromEntries(
      offsets.map(([name, offset]) => [name, plan.parameters + 4 * offset]),
    ) as ReturnType<typeof rankParameters>;
  }

  /** Forward with dropout, loss, and back, for one list; adds to the gradient. */
  function trainList(plan: RankPlan, part: number, list: number, gradient: number, seed: number) {
    const { width, hidden1, hidden2, means, scales, dropped } = plan;
    const [first, last] = u32(plan.indptr + 4 * list, 2);
    const count = last - first;
    const [rows, depth] = [roundUp(count, 4), roundUp(width, 8)];
    const at = placesOf(plan, rows, plan.scratch + 4 * part * rankScratch(plan, plan.rows));
    const parameter = parametersOf(plan);
    const moved = (pointer: number) => pointer - plan.parameters + gradient;
    const features = plan.features + 4 * first * width;
    const logScores = plan.logScores + 4 * first;

    kernels.standardiseRows(features, count, width, means, scales, rows, at.inputs);
    const { weights1, bias1, weights2, bias2, weights3, factor } = parameter;
    kernels.multiplyLayer(at.inputs, weights1, bias1, rows, depth, hidden1, at.units1);
    kernels.geluWithSlopes(at.units1, at.slopes1, rows * hidden1, seed, dropped);
    kernels.multiplyLayer(at.units1, weights2, bias2, rows, hidden1, hidden2, at.units2);
    kernels.geluWithSlopes(at.units2, at.slopes2, rows * hidden2, (seed ^ SECOND) >>> 0, dropped);
    const units2 = strips(at.units2, rows, hidden2);
    const weightsOut = f32(weights3, hidden2);
    for (let r = 0; r < count; r++) {
      let sum = f32(factor, 1)[0] * f32(logScores, count)[r];
      for (let c = 0; c < hidden2; c++) sum += units2.at(r, c) * weightsOut[c];
      f32(at.scores, rows)[r] = sum;
    }
    const [weight] = f32(plan.weights + 4 * list, 1);
    const relevant = plan.relevant + first;
    f32(plan.losses + 4 * list, 1)[0] = kernels.lambdaSlopes(
      at.scores,
      relevant,
      count,
      weight,
      plan.first,
      plan.discounts,
      0,
      rows,
      at.slopes,
    );

    const slopes = f32(at.slopes, rows);
    const slopes2 = strips(at.slopes2, rows, hidden2);
    strips(at.back2, rows, hidden2).fill((r, c) => slopes[r] * weightsOut[c] * slopes2.at(r, c));
    for (let r = 0; r < count; r++) {
      f32(moved(factor), 1)[0] += slopes[r] * f32(logScores, count)[r];
      for (let c = 0; c < hidden2; c++)
        f32(moved(weights3), hidden2)[c] += slopes[r] * units2.at(r, c);
    }
    kernels.multiplyTransposed(at.units1, at.back2, rows, hidden1, hidden2, moved(weights2));
    strips(at.back2, rows, hidden2).addColumnSums(f32(moved(bias2), hidden2));
    const [back2, w2] = [strips(at.back2, rows, hidden2), strips(weights2, hidden1, hidden2)];
    const slopes1 = strips(at.slopes1, rows, hidden1);
    strips(at.back1, rows, hidden1).fill((r, k) => {
      let sum = 0;
      for (let c = 0; c < hidden2; c++) sum += back2.at(r, c) * w2.at(k, c);
      return sum * slopes1.at(r, k);
    });
    kernels.multiplyTransposed(at.inputs, at.back1, rows, depth, hidden1, moved(weights1));
    strips(at.back1, rows, hidden1).addColumnSums(f32(moved(bias1), hidden1));
  }

  return kernels;
}

const clipped = (value: number) => Math.min(5, Math.max(-5, value));

/** Addresses of what a part works on. */
function placesOf({ width, hidden1, hidden2 }: RankPlan, rows: number, scratch: number) {
  let next = scratch;
  const place = (floats: number) => {
    const at = next;
    next += 4 * floats;
    return at;
  };
  return {
    inputs: place(rows * roundUp(width, 8)),
    units1: place(rows * hidden1),
    slopes1: place(rows * hidden1),
    back1: place(rows * hidden1),
    units2: place(rows * hidden2),
    slopes2: place(rows * hidden2),
    back2: place(rows * hidden2),
    scores: place(rows),
    slopes: place(rows),
  };
}
