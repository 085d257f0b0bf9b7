/** Which titles have another as what to see first: prerequisites, the other way round. */

export interface Followers {
  /** calls `visit` with every title that follows, however far; `visit` returns false where it shall not go further */
  walk(item: number, visit: (follower: number) => boolean): void;
}

/** @param prerequisites by item: the item to have seen first; −1 = none. Without cycles */
export function followersOf(prerequisites: Int32Array): Followers {
  const items = prerequisites.length;
  // Compressed rows: the followers of item i are indices[indptr[i]] … indices[indptr[i + 1] − 1].
  const indptr = new Uint32Array(items + 1);
  for (const before of prerequisites) if (before >= 0) indptr[before + 1]++;
  for (let item = 0; item < items; item++) indptr[item + 1] += indptr[item];
  const next = indptr.slice();
  const indices = new Uint32Array(indptr[items]);
  prerequisites.forEach((before, item) => {
    if (before >= 0) indices[next[before]++] = item;
  });
  const walk = (item: number, visit: (follower: number) => boolean): void => {
    for (let at = indptr[item]; at < indptr[item + 1]; at++)
      if (visit(indices[at])) walk(indices[at], visit);
  };
  return { walk };
}
