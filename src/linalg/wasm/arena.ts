/**
 * Where arrays stand in the kernels' memory. All of them are laid out before the memory is made, so that it is made
 * large enough; none is freed.
 */
const CACHE_LINE = 64;

export class Arena {
  /** 0 is left free: no array begins there */
  #bytes = CACHE_LINE;

  /** Memory that all arrays need together. */
  get bytes(): number {
    return this.#bytes;
  }

  /** The pointer of an array of so many bytes: a multiple of a cache line. */
  allocate(bytes: number): number {
    const pointer = this.#bytes;
    this.#bytes = CACHE_LINE * Math.ceil((pointer + bytes) / CACHE_LINE);
    return pointer;
  }

  /** A pointer for each of several arrays, from the bytes of each. */
  allocateAll<Name extends string>(bytes: Readonly<Record<Name, number>>): Record<Name, number> {
    const pointers = Object.entries<number>(bytes).map(([name, size]) => [
      name,
      this.allocate(size),
    ]);
    return Object.fromEntries(pointers);
  }
}
