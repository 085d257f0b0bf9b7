// The head of the embedding network on one batch: dense(1), batch normalisation, sigmoid, one step of Adam.
import { sigmoid } from './exponential';

const BETA1: f32 = 0.9;
const BETA2: f32 = 0.999;
const EPSILON: f32 = 1e-7;
const MOMENTUM: f64 = 0.99;
const VARIANCE_EPSILON: f64 = 1e-3;

export function headStep(
  from: u32,
  to: u32,
  cosines: usize,
  targets: usize,
  head: usize,
  rate: f32,
  predictions: usize,
  slopes: usize,
): void {
  const w: f64 = load<f32>(head);
  const b: f64 = load<f32>(head, 4);
  const gamma: f64 = load<f32>(head, 8);
  const beta: f64 = load<f32>(head, 12);
  const n: f64 = to - from;
  const first: usize = <usize>from << 2;
  const end: usize = <usize>to << 2;

  // z = w·c + b: its mean and variance follow from those of c, and ẑ = scale · (c − mean c).
  let sum = f64x2.splat(0);
  for (let k = first; k < end; k += 16) sum = f64x2.add(sum, wide(before(end, k, v128.load(cosines + k))));
  const mean = <f32>(both(sum) / n);
  const centre = f32x4.splat(mean);
  let squares = f64x2.splat(0);
  for (let k = first; k < end; k += 16) {
    const off = before(end, k, f32x4.sub(v128.load(cosines + k), centre));
    squares = f64x2.add(squares, wide(f32x4.mul(off, off)));
  }
  const variance = (w * w * both(squares)) / n;
  const inverse: f64 = 1 / sqrt<f64>(variance + VARIANCE_EPSILON);
  const scale = w * inverse;

  // dy = (a − t) / n, and ∂loss/∂(scale) = Σ dy · (c − mean c).
  const steep = f32x4.splat(<f32>(gamma * scale));
  const offset = f32x4.splat(<f32>beta);
  let misses = f64x2.splat(0);
  let along = f64x2.splat(0);
  for (let k = first; k < end; k += 16) {
    const off = f32x4.sub(v128.load(cosines + k), centre);
    const a = sigmoid(f32x4.add(f32x4.mul(steep, off), offset));
    v128.store(predictions + k, a);
    const miss = before(end, k, f32x4.sub(a, v128.load(targets + k)));
    misses = f64x2.add(misses, wide(miss));
    along = f64x2.add(along, wide(f32x4.mul(miss, off)));
  }
  const dBeta = both(misses) / n;
  const dScale = both(along) / n;
  const dGamma = scale * dScale;

  // dz = γ · inverse · (dy − dBeta / n − ẑ · dGamma / n), and ∂loss/∂c = w · dz.
  const ofMiss = f32x4.splat(<f32>((gamma * scale) / n));
  const ofAll = f32x4.splat(<f32>dBeta);
  const ofCosine = f32x4.splat(<f32>(scale * dGamma));
  for (let k = first; k < end; k += 16) {
    const miss = f32x4.sub(v128.load(predictions + k), v128.load(targets + k));
    const normal = f32x4.mul(ofCosine, f32x4.sub(v128.load(cosines + k), centre));
    v128.store(slopes + k, f32x4.mul(ofMiss, f32x4.sub(f32x4.sub(miss, ofAll), normal)));
  }

  // dw = Σ dz·c, in which 1 − variance · inverse² = ε · inverse². Σ dz = 0: what b adds, the normalisation takes out.
  const dw = gamma * dScale * VARIANCE_EPSILON * inverse * inverse * inverse;
  adamScalar(head, 0, <f32>dw, rate);
  adamScalar(head, 4, 0, rate);
  adamScalar(head, 8, <f32>dGamma, rate);
  adamScalar(head, 12, <f32>dBeta, rate);
  store<f32>(head, <f32>(MOMENTUM * load<f32>(head, 16) + (1 - MOMENTUM) * (w * mean + b)), 16);
  store<f32>(head, <f32>(MOMENTUM * load<f32>(head, 20) + (1 - MOMENTUM) * variance), 20);
}

/** Four floats that begin at byte k, those from byte `end` on as 0. */
// @ts-ignore: decorator of AssemblyScript
@inline
function before(end: usize, k: usize, values: v128): v128 {
  return v128.and(values, i32x4.lt_s(i32x4.add(i32x4.splat(<i32>(k - end)), i32x4(0, 4, 8, 12)), i32x4.splat(0)));
}

/** The sum of four floats as two f64 to be added. */
// @ts-ignore: decorator of AssemblyScript
@inline
function wide(values: v128): v128 {
  return f64x2.add(f64x2.promote_low_f32x4(values), f64x2.promote_low_f32x4(v128.shuffle<f32>(values, values, 2, 3, 2, 3)));
}

// @ts-ignore: decorator of AssemblyScript
@inline
function both(sums: v128): f64 {
  return f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1);
}

/** Adam on the head's float at byte `at`. */
// @ts-ignore: decorator of AssemblyScript
@inline
function adamScalar(head: usize, at: usize, gradient: f32, rate: f32): void {
  const m = BETA1 * load<f32>(head + at, 24) + (1 - BETA1) * gradient;
  const v = BETA2 * load<f32>(head + at, 40) + (1 - BETA2) * gradient * gradient;
  store<f32>(head + at, m, 24);
  store<f32>(head + at, v, 40);
  store<f32>(head + at, load<f32>(head + at) - (rate * m) / (sqrt<f32>(v) + EPSILON));
}
