/** Dense indices for external ids, both ways. */

/** `ids[index]` is the external id; `indexOf(id)` the dense index, or −1. */
export class IdMap {
  readonly #indices: Map<number, number>;

  /** @throws RangeError when an id occurs twice */
  constructor(readonly ids: Int32Array) {
    this.#indices = new Map();
    for (let index = 0; index < ids.length; index++) this.#indices.set(ids[index], index);
    if (this.#indices.size !== ids.length) throw new RangeError('IdMap: an id occurs twice');
  }

  get size(): number {
    return this.ids.length;
  }

  indexOf(id: number): number {
    return this.#indices.get(id) ?? -1;
  }
}
