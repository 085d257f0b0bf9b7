/** The best of many scores without sorting them all. */
import { HIDDEN } from './mask.ts';
import type { Ranked } from './recommender.ts';

/**
 * The k highest scores, best first; of equal scores the lower item wins; −∞ and NaN are never taken.
 * A heap of the k best so far, its worst on top: O(n) when few scores beat the worst kept.
 * linalg/ranked-scores.ts is faster, for scores in the kernels' memory.
 */
export function topItems(scores: ArrayLike<number>, k: number): Ranked {
  const heap = new Uint32Array(Math.min(k, scores.length));
  let size = 0;
  let worst = HIDDEN;
  for (let item = 0; heap.length > 0 && item < scores.length; item++) {
    // Items ascend, so an equal score never displaces an earlier item.
    if (!(scores[item] > worst)) continue;
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

/** As topItems, without `item` itself: `scores` say how similar each is to it. Hides it in `scores`. */
export function topOthers(scores: Float32Array, item: number, k: number): Ranked {
  scores[item] = HIDDEN;
  return topItems(scores, k);
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
