/**
 * Of each title the titles that it stands beside on the map: most are those that people like together, some those that
 * are made alike.
 *
 * The first alone would sort the map by how well known titles are: who knows little known titles knows many of them, and
 * titles that hardly anybody lists have no such neighbours at all. What is made alike is so whoever knows it, and ties
 * the known and the unknown together (docs/models.md).
 */
import { random } from '../data/random.ts';
import type { Recommender } from '../model/recommender.ts';
import { topItems } from '../model/top.ts';
import type { Bundle } from '../recommend/bundle.ts';
import { genreSimilarity } from '../recommend/rerank.ts';

/** Rows of the shape that umap-js takes: first the title itself at distance 0, then its neighbours, nearest first. */
export interface Neighbourhood {
  readonly indices: number[][];
  readonly distances: number[][];
}

export type MapBundle = Pick<Bundle, 'catalogue' | 'facets' | 'models'>;

/** The share of the neighbours that are by taste. */
const BY_TASTE = 0.7;

/** The likest title by either model is this far, one that is nothing like it 1 more. */
const NEAREST = 0.01;
/** Behind them: where one model has too few, more of the other; then those of a kind. */
const MORE = 1 + NEAREST;
const BY_KIND = 2 + NEAREST;

/**
 * @param k neighbours a title, itself included; there must be more titles
 * @param begin called with each item
 */
export function neighbourhoodOf(
  bundle: MapBundle,
  k: number,
  begin: (item: number) => void = () => {},
): Neighbourhood {
  const { catalogue, models } = bundle;
  const indices: number[][] = [];
  const distances: number[][] = [];
  for (let item = 0; item < catalogue.length; item++) {
    begin(item);
    const row = new Map<number, number>([[item, 0]]);
    const isMore = strangersAfter(STORY, item, bundle.facets.franchises);
    addSimilar(row, models.hybrid, item, 1 + Math.ceil(BY_TASTE * (k - 1)), NEAREST, isMore);
    addSimilar(row, models.content, item, k, NEAREST, isMore);
    if (row.size < k) addSimilar(row, models.hybrid, item, k, MORE, isMore);
    if (row.size < k) addKind(row, bundle, item, k);
    const nearest = [...row].sort((a, b) => a[1] - b[1]);
    indices.push(nearest.map(([other]) => other));
    distances.push(nearest.map(([, distance]) => distance));
  }
  return { indices, distances };
}

/** Neighbours of its own story, at most: a story that has only itself for company would be an island. */
const STORY = 3;
/** So many more are asked for, to have enough others. */
const SPARE = 30;

/** Whether one more neighbour is wanted; of the own story only the first `most` are. */
function strangersAfter(most: number, item: number, franchises: Int32Array) {
  let kin = 0;
  return (other: number) =>
    franchises[item] < 0 || franchises[other] !== franchises[item] || kin++ < most;
}

/** Until the row has k: the likest one at `from`, one that is nothing like it at `from` + 1. */
function addSimilar(
  row: Map<number, number>,
  model: Recommender,
  item: number,
  k: number,
  from: number,
  isMore: (other: number) => boolean,
): void {
  const { items, scores } = model.similarItems(item, k + SPARE);
  for (let at = 0; at < items.length && row.size < k; at++)
    if (!row.has(items[at]) && isMore(items[at]))
      row.set(items[at], from + 1 - scores[at] / scores[0]);
}

/** Years that count as much as sharing no genre. */
const GENERATION = 20;

/** For a title that neither people nor content tie to enough others: those of its genres, type and time. */
function addKind(row: Map<number, number>, { facets }: MapBundle, item: number, k: number): void {
  const { types, years, items } = facets;
  // Among equals chance decides, the same one each time: else all of them would stand beside the first few.
  const uniform = random(item);
  const likeness = Float32Array.from({ length: items }, (_, other) => {
    if (row.has(other)) return Number.NEGATIVE_INFINITY;
    const apart = years[item] && years[other] ? Math.abs(years[item] - years[other]) : GENERATION;
    const sameType = types[other] === types[item] ? 1 : 0;
    return genreSimilarity(facets, item, other) + sameType - apart / GENERATION + uniform() / 1000;
  });
  const { items: kin, scores } = topItems(likeness, k - row.size);
  for (let at = 0; at < kin.length; at++) row.set(kin[at], BY_KIND + scores[0] - scores[at]);
}
