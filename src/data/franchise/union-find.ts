/** Disjoint sets with path halving; the lowest index stands for its set. Some members never come into one set. */
export class UnionFind {
  readonly #parents: Uint32Array;
  /** by root: the member of each group that its set has */
  readonly #members = new Map<number, ReadonlyMap<number, number>>();

  /** @param apart groups of indices of which no two may be in one set */
  constructor(size: number, apart: readonly (readonly number[])[] = []) {
    this.#parents = Uint32Array.from({ length: size }, (_, index) => index);
    apart.forEach((group, g) => {
      for (const index of group)
        this.#members.set(index, new Map(this.#members.get(index)).set(g, index));
    });
  }

  find(index: number): number {
    const parents = this.#parents;
    while (parents[index] !== index) {
      parents[index] = parents[parents[index]];
      index = parents[index];
    }
    return index;
  }

  /** @returns whether both are in one set now */
  join(a: number, b: number): boolean {
    const [first, second] = [this.find(a), this.find(b)];
    if (first === second) return true;
    const root = Math.min(first, second);
    const [own, others] = [this.#members.get(first), this.#members.get(second)];
    if (own && others)
      for (const [group, index] of own) if ((others.get(group) ?? index) !== index) return false;
    if (own || others) this.#members.set(root, new Map([...(own ?? []), ...(others ?? [])]));
    this.#parents[Math.max(first, second)] = root;
    return true;
  }

  /** Members ascend within a group. */
  groups(): number[][] {
    const groups = new Map<number, number[]>();
    for (let index = 0; index < this.#parents.length; index++) {
      const root = this.find(index);
      const group = groups.get(root);
      if (group) group.push(index);
      else groups.set(root, [index]);
    }
    return [...groups.values()];
  }
}
