/** A dataset cut to its most listed titles. Items are ordered by listings, so these are the first ones. */
import type { Dataset } from '../dataset.ts';
import { IdMap } from '../id-map.ts';
import type { Interactions } from '../interactions.ts';

export function mostListed(dataset: Dataset, items: number): Dataset {
  if (items >= dataset.items.size) return dataset;
  return {
    ...dataset,
    catalogue: dataset.catalogue.slice(0, items),
    items: new IdMap(dataset.items.ids.slice(0, items)),
    interactions: firstItems(dataset.interactions, items),
  };
}

/** Items ascend within a row, so the first ones are kept. With a hundred million rows only typed arrays will do. */
function firstItems(rows: Interactions, items: number): Interactions {
  const indptr = new Uint32Array(rows.users + 1);
  for (let user = 0; user < rows.users; user++) {
    let end = rows.indptr[user];
    while (end < rows.indptr[user + 1] && rows.indices[end] < items) end++;
    indptr[user + 1] = indptr[user] + end - rows.indptr[user];
  }
  const kept = indptr[rows.users];
  const indices = new Uint32Array(kept);
  const ratings = new Uint8Array(kept);
  const statuses = new Uint8Array(kept);
  for (let user = 0; user < rows.users; user++) {
    const at = indptr[user];
    const from = rows.indptr[user];
    const to = from + indptr[user + 1] - at;
    indices.set(rows.indices.subarray(from, to), at);
    ratings.set(rows.ratings.subarray(from, to), at);
    statuses.set(rows.statuses.subarray(from, to), at);
  }
  return { users: rows.users, items, indptr, indices, ratings, statuses };
}
