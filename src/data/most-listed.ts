/** A dataset cut to its most listed titles: items are ordered by listings, so it is the first ones. */
import type { Dataset } from './dataset.ts';
import { IdMap } from './id-map.ts';

export function mostListed(dataset: Dataset, items: number): Dataset {
  if (items >= dataset.items.size) return dataset;
  const { interactions } = dataset;
  const indptr = new Uint32Array(interactions.users + 1);
  const kept: number[] = [];
  for (let user = 0; user < interactions.users; user++) {
    for (let p = interactions.indptr[user]; p < interactions.indptr[user + 1]; p++)
      if (interactions.indices[p] < items) kept.push(p);
    indptr[user + 1] = kept.length;
  }
  return {
    ...dataset,
    catalogue: dataset.catalogue.slice(0, items),
    items: new IdMap(dataset.items.ids.slice(0, items)),
    interactions: {
      users: interactions.users,
      items,
      indptr,
      indices: Uint32Array.from(kept, (p) => interactions.indices[p]),
      ratings: Uint8Array.from(kept, (p) => interactions.ratings[p]),
      statuses: Uint8Array.from(kept, (p) => interactions.statuses[p]),
    },
  };
}
