// The ranking network on whole lists: scores, gradients, a step of AdamW. Plans and layouts: rank-kernels.ts.
import { sumLanes } from './dense';
import { gelu, geluWithSlopes, multiplyLayer, multiplyTransposed, standardiseRows } from './rank-layer';
import { lambdaSlopes } from './rank-loss';

// Fields of a plan, in bytes.
const WIDTH: usize = 0, HIDDEN1: usize = 4, HIDDEN2: usize = 8, ROWS: usize = 12;
const PARAMETERS: usize = 16, MEANS: usize = 20, SCALES: usize = 24, SCRATCH: usize = 28;
const FEATURES: usize = 32, INDPTR: usize = 36, LOG_SCORES: usize = 40, RELEVANT: usize = 44;
const WEIGHTS: usize = 48, DISCOUNTS: usize = 52, GRADIENTS: usize = 56, LOSSES: usize = 60;
const LISTS: usize = 64, PER_PART: usize = 68, FIRST: usize = 72, DROPPED: usize = 76;

/** Apart from the lists' seeds, so that the second layer draws other numbers than the first. */
const SECOND: u32 = 0x6a09e667;

export function scoreCandidates(features: usize, logScores: usize, count: u32, plan: usize, out: usize): void {
  const width = load<u32>(plan, WIDTH), hidden1 = load<u32>(plan, HIDDEN1), hidden2 = load<u32>(plan, HIDDEN2);
  const depth = (width + 7) & ~7, rows = (count + 3) & ~3;
  const inputs: usize = load<u32>(plan, SCRATCH);
  const units1 = inputs + bytesOf(rows, depth), units2 = units1 + bytesOf(rows, hidden1);
  const weights1: usize = load<u32>(plan, PARAMETERS);
  const bias1 = weights1 + bytesOf(depth, hidden1), weights2 = bias1 + bytesOf(1, hidden1);
  const bias2 = weights2 + bytesOf(hidden1, hidden2), weights3 = bias2 + bytesOf(1, hidden2);
  standardiseRows(features, count, width, load<u32>(plan, MEANS), load<u32>(plan, SCALES), rows, inputs);
  multiplyLayer(inputs, weights1, bias1, rows, depth, hidden1, units1);
  gelu(units1, rows * hidden1);
  multiplyLayer(units1, weights2, bias2, rows, hidden1, hidden2, units2);
  gelu(units2, rows * hidden2);
  outputs(units2, weights3, logScores, count, rows, hidden2, out);
}

export function scoreCoalitions(own: usize, mean: usize, groups: usize, plan: usize, out: usize): void {
  const width = load<u32>(plan, WIDTH), hidden1 = load<u32>(plan, HIDDEN1), hidden2 = load<u32>(plan, HIDDEN2);
  const depth = (width + 7) & ~7;
  const units1 = <usize>load<u32>(plan, SCRATCH) + MOVES, units2 = units1 + bytesOf(COALITIONS, hidden1);
  const weights1: usize = load<u32>(plan, PARAMETERS);
  const bias1 = weights1 + bytesOf(depth, hidden1), weights2 = bias1 + bytesOf(1, hidden1);
  const bias2 = weights2 + bytesOf(hidden1, hidden2), weights3 = bias2 + bytesOf(1, hidden2);
  for (let strip: usize = 0; strip < <usize>hidden1 << 2; strip += 32)
    coalitionUnits(own, mean, groups, plan, weights1 + strip * depth, bias1 + strip, units1 + strip * COALITIONS);
  gelu(units1, COALITIONS * hidden1);
  multiplyLayer(units1, weights2, bias2, COALITIONS, hidden1, hidden2, units2);
  gelu(units2, COALITIONS * hidden2);
  outputs(units2, weights3, 0, COALITIONS, COALITIONS, hidden2, out);
}

const GROUPS: u32 = 5;
const COALITIONS: u32 = 1 << GROUPS;
/** Bytes of what the groups move in a strip. */
const MOVES: usize = <usize>GROUPS << 5;

/**
 * Eight units of the first layer before gelu: those of the mean features in the first row, moved by each group of the
 * coalition. The layer is a sum, so each coalition is a smaller one and the group of its lowest bit.
 */
function coalitionUnits(own: usize, mean: usize, groups: usize, plan: usize, weights: usize, biases: usize, units: usize): void {
  const moves: usize = load<u32>(plan, SCRATCH), width = load<u32>(plan, WIDTH);
  const means: usize = load<u32>(plan, MEANS), scales: usize = load<u32>(plan, SCALES);
  memory.fill(moves, 0, MOVES);
  let left = v128.load(biases), right = v128.load(biases, 16);
  for (let k: usize = 0; k < <usize>width << 2; k += 4) {
    const a = standardised(mean + k, means + k, scales + k);
    const moved = f32x4.splat(standardised(own + k, means + k, scales + k) - a), still = f32x4.splat(a);
    const w0 = v128.load(weights + (k << 3)), w1 = v128.load(weights + (k << 3), 16);
    left = f32x4.add(left, f32x4.mul(still, w0));
    right = f32x4.add(right, f32x4.mul(still, w1));
    const move = moves + (<usize>load<u32>(groups + k) << 5);
    v128.store(move, f32x4.add(v128.load(move), f32x4.mul(moved, w0)));
    v128.store(move, f32x4.add(v128.load(move, 16), f32x4.mul(moved, w1)), 16);
  }
  v128.store(units, left);
  v128.store(units, right, 16);
  for (let coalition: u32 = 1; coalition < COALITIONS; coalition++) {
    const smaller = units + (<usize>(coalition & (coalition - 1)) << 5), move = moves + (<usize>ctz(coalition) << 5);
    const at = units + (<usize>coalition << 5);
    v128.store(at, f32x4.add(v128.load(smaller), v128.load(move)));
    v128.store(at, f32x4.add(v128.load(smaller, 16), v128.load(move, 16)), 16);
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function standardised(value: usize, mean: usize, scale: usize): f32 {
  return max<f32>(-5, min<f32>(5, (load<f32>(value) - load<f32>(mean)) * load<f32>(scale)));
}

/** out[r] = a · logScores[r] + Σ_c units[r, c] · weights[c]; a stands behind the weights. Without logScores, a is 0. */
function outputs(units: usize, weights: usize, logScores: usize, count: u32, rows: u32, hidden2: u32, out: usize): void {
  const factor: f32 = logScores ? load<f32>(weights + bytesOf(1, hidden2)) : 0;
  const strip: usize = <usize>rows << 5;
  for (let r: usize = 0; r < <usize>count; r++) {
    let left = f32x4.splat(0), right = left;
    let unit = units + (r << 5);
    for (let c: usize = 0; c < <usize>hidden2 << 2; c += 32, unit += strip) {
      left = f32x4.add(left, f32x4.mul(v128.load(unit), v128.load(weights + c)));
      right = f32x4.add(right, f32x4.mul(v128.load(unit, 16), v128.load(weights + c, 16)));
    }
    store<f32>(out + (r << 2), sumLanes(f32x4.add(left, right)) + factor * load<f32>(logScores + (r << 2)));
  }
}

export function trainLists(from: u32, to: u32, plan: usize, seed: u32): void {
  const width = load<u32>(plan, WIDTH), hidden1 = load<u32>(plan, HIDDEN1), hidden2 = load<u32>(plan, HIDDEN2);
  const depth = (width + 7) & ~7, most = load<u32>(plan, ROWS);
  const perPart = load<u32>(plan, PER_PART), lists = load<u32>(plan, LISTS);
  const gradientBytes = bytesOf(depth, hidden1) + bytesOf(1, hidden1) + bytesOf(hidden1 + 2, hidden2) + 32;
  const scratchBytes = bytesOf(most, depth + 3 * hidden1 + 3 * hidden2 + 4) + bytesOf(hidden1, hidden2);
  const weights2 = <usize>load<u32>(plan, PARAMETERS) + bytesOf(depth + 1, hidden1);
  for (let part = from; part < to; part++) {
    const gradient = <usize>load<u32>(plan, GRADIENTS) + <usize>part * gradientBytes;
    const scratch = <usize>load<u32>(plan, SCRATCH) + <usize>part * scratchBytes;
    memory.fill(gradient, 0, gradientBytes);
    transpose(weights2, hidden1, hidden2, scratch);
    const end = min((part + 1) * perPart, lists);
    for (let list = part * perPart; list < end; list++)
      trainList(plan, list, scratch, scratch + bytesOf(hidden1, hidden2), gradient, seed + list);
  }
}

/** @param turned the second layer's weights, columns as rows */
function trainList(plan: usize, list: u32, turned: usize, scratch: usize, gradient: usize, seed: u32): void {
  const width = load<u32>(plan, WIDTH), hidden1 = load<u32>(plan, HIDDEN1), hidden2 = load<u32>(plan, HIDDEN2);
  const depth = (width + 7) & ~7;
  const first = load<u32>(<usize>load<u32>(plan, INDPTR) + (<usize>list << 2));
  const count = load<u32>(<usize>load<u32>(plan, INDPTR) + (<usize>list << 2), 4) - first;
  const rows = (count + 3) & ~3;
  const features = <usize>load<u32>(plan, FEATURES) + bytesOf(first, width);
  const logScores = <usize>load<u32>(plan, LOG_SCORES) + (<usize>first << 2);
  const relevant = <usize>load<u32>(plan, RELEVANT) + first;

  const inputs = scratch, units1 = inputs + bytesOf(rows, depth), slopes1 = units1 + bytesOf(rows, hidden1);
  const back1 = slopes1 + bytesOf(rows, hidden1), units2 = back1 + bytesOf(rows, hidden1);
  const slopes2 = units2 + bytesOf(rows, hidden2), back2 = slopes2 + bytesOf(rows, hidden2);
  const scores = back2 + bytesOf(rows, hidden2), slopes = scores + bytesOf(1, rows), ranks = slopes + bytesOf(1, rows);

  const weights1: usize = load<u32>(plan, PARAMETERS);
  const bias1 = weights1 + bytesOf(depth, hidden1), weights2 = bias1 + bytesOf(1, hidden1);
  const bias2 = weights2 + bytesOf(hidden1, hidden2), weights3 = bias2 + bytesOf(1, hidden2);
  const ofParameter = gradient - weights1;
  const dropped = load<u32>(plan, DROPPED);

  standardiseRows(features, count, width, load<u32>(plan, MEANS), load<u32>(plan, SCALES), rows, inputs);
  multiplyLayer(inputs, weights1, bias1, rows, depth, hidden1, units1);
  geluWithSlopes(units1, slopes1, rows * hidden1, seed, dropped);
  multiplyLayer(units1, weights2, bias2, rows, hidden1, hidden2, units2);
  geluWithSlopes(units2, slopes2, rows * hidden2, seed ^ SECOND, dropped);
  memory.fill(scores, 0, bytesOf(1, rows));
  outputs(units2, weights3, logScores, count, rows, hidden2, scores);
  const weight = load<f32>(<usize>load<u32>(plan, WEIGHTS) + (<usize>list << 2));
  const loss = lambdaSlopes(scores, relevant, count, weight, load<u32>(plan, FIRST), load<u32>(plan, DISCOUNTS), ranks, rows, slopes);
  store<f32>(<usize>load<u32>(plan, LOSSES) + (<usize>list << 2), loss);

  backThroughOutputs(units2, slopes2, weights3, slopes, logScores, count, rows, hidden2, back2, weights3 + ofParameter);
  multiplyTransposed(units1, back2, rows, hidden1, hidden2, weights2 + ofParameter);
  sumRows(back2, rows, hidden2, bias2 + ofParameter);
  multiplyLayer(back2, turned, 0, rows, hidden2, hidden1, back1);
  multiplyBy(back1, slopes1, rows * hidden1);
  multiplyTransposed(inputs, back1, rows, depth, hidden1, gradient);
  sumRows(back1, rows, hidden1, bias1 + ofParameter);
}

/** ∂loss/∂(what the second layer's units are made of), and the gradients of the output's weights and factor. */
function backThroughOutputs(
  units: usize,
  unitSlopes: usize,
  weights: usize,
  slopes: usize,
  logScores: usize,
  count: u32,
  rows: u32,
  hidden2: u32,
  back: usize,
  gradient: usize,
): void {
  for (let c: usize = 0; c < <usize>hidden2 << 2; c += 16) {
    // The two halves of a strip: 16 bytes apart.
    const offset = (c >> 5) * (<usize>rows << 5) + (c & 16);
    const weight = v128.load(weights + c);
    let sum = v128.load(gradient + c);
    for (let r: usize = 0; r < <usize>rows; r++) {
      const slope = v128.load32_splat(slopes + (r << 2));
      const at = offset + (r << 5);
      sum = f32x4.add(sum, f32x4.mul(slope, v128.load(units + at)));
      v128.store(back + at, f32x4.mul(f32x4.mul(slope, weight), v128.load(unitSlopes + at)));
    }
    v128.store(gradient + c, sum);
  }
  let factor: f32 = 0;
  for (let r: usize = 0; r < <usize>count << 2; r += 4) factor += load<f32>(slopes + r) * load<f32>(logScores + r);
  const at = gradient + bytesOf(1, hidden2);
  store<f32>(at, load<f32>(at) + factor);
}

/** out[c] += Σ_r matrix[r, c]. */
function sumRows(matrix: usize, rows: u32, columns: u32, out: usize): void {
  const strip: usize = <usize>rows << 5;
  for (let c: u32 = 0; c < columns; c += 8, out += 32) {
    let left = v128.load(out), right = v128.load(out, 16);
    for (const end = matrix + strip; matrix < end; matrix += 32) {
      left = f32x4.add(left, v128.load(matrix));
      right = f32x4.add(right, v128.load(matrix, 16));
    }
    v128.store(out, left);
    v128.store(out, right, 16);
  }
}

function multiplyBy(values: usize, factors: usize, count: u32): void {
  for (const end = values + (<usize>count << 2); values < end; values += 16, factors += 16)
    v128.store(values, f32x4.mul(v128.load(values), v128.load(factors)));
}

/** Both in strips. */
function transpose(matrix: usize, rows: u32, columns: u32, out: usize): void {
  for (let c: u32 = 0; c < columns; c++)
    for (let r: u32 = 0; r < rows; r++) {
      const from = ((<usize>(c >> 3) * rows + r) << 3) + (c & 7);
      const to = ((<usize>(r >> 3) * columns + c) << 3) + (r & 7);
      store<f32>(out + (to << 2), load<f32>(matrix + (from << 2)));
    }
}

export function stepWeights(
  from: u32,
  to: u32,
  parameters: usize,
  moments: usize,
  variances: usize,
  gradients: usize,
  parts: u32,
  length: u32,
  rate: f32,
  unbias: f32,
  decay: f32,
): void {
  const beta1 = f32x4.splat(0.9), beta2 = f32x4.splat(0.999), rest1 = f32x4.splat(0.1), rest2 = f32x4.splat(0.001);
  const rates = f32x4.splat(rate), unbiased = f32x4.splat(unbias), kept = f32x4.splat(1 - decay);
  const end: usize = <usize>to << 2;
  for (let k: usize = <usize>from << 2; k < end; k += 16) {
    let g = f32x4.splat(0);
    for (let part: u32 = 0, at = gradients + k; part < parts; part++, at += <usize>length << 2) g = f32x4.add(g, v128.load(at));
    const m = f32x4.add(f32x4.mul(beta1, v128.load(moments + k)), f32x4.mul(rest1, g));
    const v = f32x4.add(f32x4.mul(beta2, v128.load(variances + k)), f32x4.mul(rest2, f32x4.mul(g, g)));
    v128.store(moments + k, m);
    v128.store(variances + k, v);
    const root = f32x4.add(f32x4.mul(f32x4.sqrt(v), unbiased), f32x4.splat(1e-8));
    const p = v128.load(parameters + k);
    v128.store(parameters + k, f32x4.sub(f32x4.mul(kept, p), f32x4.mul(rates, f32x4.div(m, root))));
  }
}

// @ts-ignore: decorator of AssemblyScript
@inline
function bytesOf(rows: u32, columns: u32): usize {
  return (<usize>rows * columns) << 2;
}
