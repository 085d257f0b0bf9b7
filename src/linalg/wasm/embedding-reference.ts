/** Plain TypeScript reference of the embedding network's kernels: the same names and signatures, no tricks. */
import { ADAM, type EmbeddingKernels, HEAD_LENGTH, NORMALIZATION } from './embedding-kernels.ts';

const { beta1, beta2, epsilon } = ADAM;

export function embeddingReference(memory: { readonly buffer: ArrayBufferLike }): EmbeddingKernels {
  const u32 = (pointer: number, length?: number) => new Uint32Array(memory.buffer, pointer, length);
  const f32 = (pointer: number, length?: number) =>
    new Float32Array(memory.buffer, pointer, length);
  const rowOf = (table: number, row: number, dimension: number) =>
    f32(table + 4 * row * dimension, dimension);

  return {
    gatherRows(from, to, rows, table, last, drift, dimension, units, inverseNorms) {
      for (let r = from; r < to; r++) {
        const row = u32(rows)[r];
        const [p, move] = [0, 1].map((part) => rowOf(table, 3 * row + part, dimension));
        const shift = f32(drift)[u32(last)[row]];
        const x = p.map((value, k) => value - shift * move[k]);
        const inverse = 1 / Math.sqrt(Math.max(dot(x, x), 1e-12));
        f32(inverseNorms)[r] = inverse;
        rowOf(units, r, dimension).set(x.map((value) => value * inverse));
      }
    },

    settleRows(from, to, table, last, drift, momentDecay, deviationDecay, step, dimension) {
      for (let row = from; row < to; row++) {
        const [p, move, deviation] = [0, 1, 2].map((part) =>
          rowOf(table, 3 * row + part, dimension),
        );
        const seen = u32(last)[row];
        for (let k = 0; k < dimension; k++) {
          const moment = move[k] * (deviation[k] + epsilon) * f32(momentDecay)[step - seen];
          p[k] -= f32(drift)[seen] * move[k];
          deviation[k] *= f32(deviationDecay)[step - seen];
          move[k] = moment / (deviation[k] + epsilon);
        }
        u32(last)[row] = step;
      }
    },

    pairCosines(from, to, indptr, pairs, others, units, dimension, cosines) {
      for (let r = from; r < to; r++)
        for (let q = u32(indptr)[r]; q < u32(indptr)[r + 1]; q++)
          f32(cosines)[u32(pairs)[q]] = dot(
            rowOf(units, r, dimension),
            rowOf(units, u32(others)[q], dimension),
          );
    },

    headStep(from, to, cosines, targets, head, rate, predictions, slopes) {
      const count = to - from;
      const c = f32(cosines + 4 * from, count);
      const t = f32(targets + 4 * from, count);
      const state = f32(head, HEAD_LENGTH);
      const [w, b, gamma, beta] = state;
      const z = Array.from(c, (value) => w * value + b);
      const mean = z.reduce((sum, value) => sum + value, 0) / count;
      const variance = z.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
      const inverse = 1 / Math.sqrt(variance + NORMALIZATION.epsilon);
      const normal = z.map((value) => (value - mean) * inverse);
      const a = f32(predictions + 4 * from, count);
      a.set(normal.map((value) => 1 / (1 + Math.exp(-(gamma * value + beta)))));
      const dy = Array.from(a, (value, n) => (value - t[n]) / count);
      const dBeta = dy.reduce((sum, value) => sum + value, 0);
      const dGamma = dy.reduce((sum, value, n) => sum + value * normal[n], 0);
      const dz = dy.map(
        (value, n) => gamma * inverse * (value - dBeta / count - (normal[n] * dGamma) / count),
      );
      f32(slopes + 4 * from, count).set(dz.map((value) => w * value));
      const dw = dz.reduce((sum, value, n) => sum + value * c[n], 0);
      const db = dz.reduce((sum, value) => sum + value, 0);
      for (const [k, gradient] of [dw, db, dGamma, dBeta].entries()) {
        state[6 + k] = beta1 * state[6 + k] + (1 - beta1) * gradient;
        state[10 + k] = beta2 * state[10 + k] + (1 - beta2) * gradient ** 2;
        state[k] -= (rate * state[6 + k]) / (Math.sqrt(state[10 + k]) + epsilon);
      }
      const { momentum } = NORMALIZATION;
      state[4] = momentum * state[4] + (1 - momentum) * mean;
      state[5] = momentum * state[5] + (1 - momentum) * variance;
    },

    adamRows(
      from,
      to,
      rows,
      indptr,
      pairs,
      others,
      cosines,
      slopes,
      units,
      inverseNorms,
      table,
      last,
      drift,
      momentDecay,
      deviationDecay,
      step,
      rate,
      l2,
      dimension,
    ) {
      for (let r = from; r < to; r++) {
        const row = u32(rows)[r];
        const unit = rowOf(units, r, dimension);
        const sum = new Float64Array(dimension);
        let along = 0;
        for (let q = u32(indptr)[r]; q < u32(indptr)[r + 1]; q++) {
          const slope = f32(slopes)[u32(pairs)[q]];
          const other = rowOf(units, u32(others)[q], dimension);
          along += slope * f32(cosines)[u32(pairs)[q]];
          for (let k = 0; k < dimension; k++) sum[k] += slope * other[k];
        }
        const [p, move, deviation] = [0, 1, 2].map((part) =>
          rowOf(table, 3 * row + part, dimension),
        );
        const seen = u32(last)[row];
        const missed = step - 1 - seen;
        for (let k = 0; k < dimension; k++) {
          const kept = move[k] * (deviation[k] + epsilon) * f32(momentDecay)[missed];
          const carried = (deviation[k] * f32(deviationDecay)[missed]) ** 2;
          p[k] -= f32(drift)[seen] * move[k];
          const g = (sum[k] - along * unit[k]) * f32(inverseNorms)[r] + 2 * l2 * p[k];
          const moment = beta1 * kept + (1 - beta1) * g;
          deviation[k] = Math.sqrt(beta2 * carried + (1 - beta2) * g * g);
          move[k] = moment / (deviation[k] + epsilon);
          p[k] -= rate * move[k];
        }
        u32(last)[row] = step;
      }
    },

    carryDrift(from, to, drift, momentDecay, deviationDecay, step, rate) {
      for (let s = from; s < to; s++)
        f32(drift)[s] += (rate * f32(momentDecay)[step - s]) / f32(deviationDecay)[step - s];
    },

    rowProducts(table, rows, count, dimension, vector, out) {
      for (let n = 0; n < count; n++)
        f32(out)[n] = dot(rowOf(table, u32(rows)[n], dimension), f32(vector, dimension));
    },

    weightedRowSum(table, rows, count, dimension, weights, out) {
      const sum = new Float64Array(dimension);
      for (let n = 0; n < count; n++) {
        const row = rowOf(table, u32(rows)[n], dimension);
        for (let k = 0; k < dimension; k++) sum[k] += f32(weights)[n] * row[k];
      }
      f32(out, dimension).set(sum);
    },
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
