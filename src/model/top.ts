/** The best of many scores without sorting them all. */
import type { Ranked } from './recommender.ts';

/** The first item from `from` on whose score is above `least`; the number of scores when there is none. */
export type NextAbove = (from: number, least: number) => number;

/**
 * The k highest scores, best first; of equal scores the lower item wins; −∞ and NaN are never taken.
 * A heap of the k best so far, its worst on top: O(n) when few scores beat the worst kept.
 * @param next a faster way to look for it, where there is one (kernel/scan.ts)
 */
export function topItems(
  scores: ArrayLike<number>,
  k: number,
  next: NextAbove = (from, least) => nextAbove(scores, from, least),
): Ranked {
  const heap = new Uint32Array(Math.min(k, scores.length));
  let size = 0;
  let worst = Number.NEGATIVE_INFINITY;
  // Items ascend, so an equal score never displaces an earlier item.
  for (
    let item = next(0, worst);
    heap.length > 0 && item < scores.length;
    item = next(item + 1, worst)
  ) {
    if (size < heap.length) siftUp(heap, size++, item, scores);
    else siftDown(heap, size, item, scores);
    if (size === heap.length) worst = scores[heap[0]];
  }
  // Taking the worst out again and again leaves the best first.
  for (let end = size - 1; end > 0; end--) {
    const least = heap[0];
    siftDown(heap, end, heap[end], scores);
    heap[end] = least;
  }
  const items = heap.subarray(0, size);
  const best = new Float32Array(size);
  for (let at = 0; at < size; at++) best[at] = scores[items[at]];
  return { items, scores: best };
}

function nextAbove(scores: ArrayLike<number>, from: number, least: number): number {
  let item = from;
  while (item < scores.length && !(scores[item] > least)) item++;
  return item;
}

/** Whether item a stands below item b in a ranking. */
function isWorse(a: number, b: number, scores: ArrayLike<number>): boolean {
  return scores[a] < scores[b] || (scores[a] === scores[b] && a > b);
}

function siftUp(heap: Uint32Array, at: number, item: number, scores: ArrayLike<number>): void {
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(item, heap[parent], scores)) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = item;
}

/** Puts `item` in the place of the worst. */
function siftDown(heap: Uint32Array, size: number, item: number, scores: ArrayLike<number>): void {
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= size) break;
    if (child + 1 < size && isWorse(heap[child + 1], heap[child], scores)) child++;
    if (!isWorse(heap[child], item, scores)) break;
    heap[at] = heap[child];
    at = child;
  }
  heap[at] = item;
}
