// Rows of a table against one vector: products, and their weighted sum.
import { dot } from './embedding';

export function rowProducts(table: usize, rows: usize, count: u32, dimension: u32, vector: usize, out: usize): void {
  const bytes: usize = <usize>dimension << 2;
  for (let n: usize = 0; n < <usize>count; n++) {
    store<f32>(out + (n << 2), dot(table + <usize>load<u32>(rows + (n << 2)) * bytes, vector, bytes));
  }
}

export function weightedRowSum(table: usize, rows: usize, count: u32, dimension: u32, weights: usize, out: usize): void {
  const bytes: usize = <usize>dimension << 2;
  const end: usize = <usize>count << 2;
  for (let k: usize = 0; k < bytes; k += 64) {
    let s0 = f32x4.splat(0);
    let s1 = f32x4.splat(0);
    let s2 = f32x4.splat(0);
    let s3 = f32x4.splat(0);
    for (let n: usize = 0; n < end; n += 4) {
      const weight = v128.load32_splat(weights + n);
      const row: usize = table + <usize>load<u32>(rows + n) * bytes + k;
      s0 = f32x4.add(s0, f32x4.mul(weight, v128.load(row)));
      s1 = f32x4.add(s1, f32x4.mul(weight, v128.load(row, 16)));
      s2 = f32x4.add(s2, f32x4.mul(weight, v128.load(row, 32)));
      s3 = f32x4.add(s3, f32x4.mul(weight, v128.load(row, 48)));
    }
    v128.store(out + k, s0);
    v128.store(out + k, s1, 16);
    v128.store(out + k, s2, 32);
    v128.store(out + k, s3, 48);
  }
}
