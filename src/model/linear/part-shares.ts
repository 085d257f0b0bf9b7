/** Which weights a part of a list is scored by. */

/** Titles of the parts that there are weights for. */
export const PART_SIZES = [10, 30, 70];
/** A part of so many titles is scored as a whole list: 99, the geometric mean with the size before, is half of each. */
const WHOLE = 140;

/**
 * How much the weights for each of PART_SIZES count, and behind them those for whole lists; they add up to 1. Between two
 * sizes the share of the next rises smoothly with the logarithm of the length, so that no single rating turns a list around.
 */
export function partShares(seen: number): number[] {
  const sizes = [...PART_SIZES, WHOLE];
  const next = sizes.findIndex((size) => seen < size);
  if (next === 0) return sizes.map((_, n) => (n === 0 ? 1 : 0));
  if (next < 0) return sizes.map((_, n) => (n === sizes.length - 1 ? 1 : 0));
  const share = smooth(Math.log(seen / sizes[next - 1]) / Math.log(sizes[next] / sizes[next - 1]));
  return sizes.map((_, n) => (n === next ? share : n === next - 1 ? 1 - share : 0));
}

/** 3s² − 2s³: from 0 to 1 without a bend at either end. */
export function smooth(share: number): number {
  return share * share * (3 - 2 * share);
}
