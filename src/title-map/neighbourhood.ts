/**
 * The neighbours of each title on the map: mostly titles that the same people like, and some with similar content.
 *
 * The first kind alone would sort the map by popularity: people who know obscure titles know many of them, and titles that
 * hardly anybody lists have no such neighbours. Content connects the well known and the obscure (docs/models.md).
 */
import { random } from '../data/random.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { genreSimilarity } from '../recommend/rerank.ts';

/** In the shape that umap-js takes: in each row the title itself at distance 0, then its neighbours, nearest first. */
export interface Neighbourhood {
  readonly indices: number[][];
  readonly distances: number[][];
}

export type MapBundle = Pick<Bundle, 'catalogue' | 'facets' | 'models'>;

/** The share of neighbours that the same people like. */
const BY_TASTE = 0.7;

/** Distance of the most similar title by either model; a title without any similarity is 1 farther. */
const NEAREST = 0.01;
/** Farther away: more of one model where the other has too few, then titles of the same genres, type and time. */
const MORE = 1 + NEAREST;
const BY_KIND = 2 + NEAREST;

/**
 * @param k neighbours of each title, itself included; there must be more titles
 * @param onItem called with each item before its turn
 */
export function neighbourhoodOf(
  bundle: MapBundle,
  k: number,
  onItem: (item: number) => void = () => {},
): Neighbourhood {
  const { catalogue, models } = bundle;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let item = 0; item < catalogue.length; item++) {
    onItem(item);
    const row = new Map<number, number>([[item, 0]]);
    const accepts = limitFranchise(SAME_FRANCHISE, item, bundle.facets.franchises);
    addSimilar(row, models.hybrid, item, 1 + Math.ceil(BY_TASTE * (k - 1)), NEAREST, accepts);
    addSimilar(row, models.content, item, k, NEAREST, accepts);
    if (row.size < k) addSimilar(row, models.hybrid, item, k, MORE, accepts);
    if (row.size < k) addKind(row, bundle, item, k);
    const sorted = [...row].sort((a, b) => a[1] - b[1]);
    indices.push(sorted.map(([other]) => other));
    distances.push(sorted.map(([, distance]) => distance));
  }
  return { indices, distances };
}

/** Neighbours from the same franchise, at most: otherwise a franchise would become an island. */
const SAME_FRANCHISE = 3;
/** How many more similar titles to request, because some are left out. */
const SPARE = 30;

/** A test that accepts any title, but only the first `most` of the item's own franchise. */
function limitFranchise(most: number, item: number, franchises: Int32Array) {
  let same = 0;
  return (other: number) =>
    franchises[item] < 0 || franchises[other] !== franchises[item] || same++ < most;
}

/** Adds similar titles until the row has k: the most similar at distance `from`, one without similarity at `from` + 1. */
function addSimilar(
  row: Map<number, number>,
  model: Recommender,
  item: number,
  k: number,
  from: number,
  accepts: (other: number) => boolean,
): void {
  const { items, scores } = model.similarItems(item, k + SPARE);
  for (let at = 0; at < items.length && row.size < k; at++)
    if (!row.has(items[at]) && accepts(items[at]))
      row.set(items[at], from + 1 - scores[at] / scores[0]);
}

/** This many years apart count as much as sharing no genre. */
const GENERATION = 20;

/** For a title with too few neighbours by taste and content: titles of its genres, type and time. */
function addKind(row: Map<number, number>, { facets }: MapBundle, item: number, k: number): void {
  const { types, years, items } = facets;
  // seeded random numbers break ties; otherwise all such titles would be placed beside the same few
  const uniform = random(item);
  const likeness = Float32Array.from({ length: items }, (_, other) => {
    if (row.has(other)) return Number.NEGATIVE_INFINITY;
    const apart = years[item] && years[other] ? Math.abs(years[item] - years[other]) : GENERATION;
    const sameType = types[other] === types[item] ? 1 : 0;
    return genreSimilarity(facets, item, other) + sameType - apart / GENERATION + uniform() / 1000;
  });
  const { items: nearest, scores } = topItems(likeness, k - row.size);
  for (let at = 0; at < nearest.length; at++)
    row.set(nearest[at], BY_KIND + scores[0] - scores[at]);
}
