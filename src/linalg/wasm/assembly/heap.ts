// A heap of numbers, the least on top: what stands on place n is not above what stands on 2n + 1 and 2n + 2.

/** Puts `value` on the free place `at` behind the others. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function siftUp<T>(heap: usize, at: u32, value: T): void {
  while (at > 0) {
    const parent: u32 = (at - 1) >> 1;
    const above = load<T>(heap + <usize>parent * sizeof<T>());
    if (above <= value) break;
    store<T>(heap + <usize>at * sizeof<T>(), above);
    at = parent;
  }
  store<T>(heap + <usize>at * sizeof<T>(), value);
}

/** Replaces the least of `size` by `value`. */
// @ts-ignore: decorator of AssemblyScript
@inline
export function siftDown<T>(heap: usize, size: u32, value: T): void {
  let at: u32 = 0;
  while (true) {
    let child: u32 = 2 * at + 1;
    if (child >= size) break;
    const left = heap + <usize>child * sizeof<T>();
    if (child + 1 < size && load<T>(left, sizeof<T>()) < load<T>(left)) child++;
    const below = load<T>(heap + <usize>child * sizeof<T>());
    if (below >= value) break;
    store<T>(heap + <usize>at * sizeof<T>(), below);
    at = child;
  }
  store<T>(heap + <usize>at * sizeof<T>(), value);
}
