/**
 * Content rows: what is known about each title as a sparse vector of features, so that a title nobody has
 * rated stands beside those it resembles. TF-IDF, and cosine where two titles are compared:
 *
 *   value = facet weight · idf · tf     idf = ln(titles / titles with the feature), tf = √(1 + ln occurrences)
 *
 * Each title's vector is scaled to length 1, so the product of two of them is their cosine.
 */
import type { FeatureOptions } from '../../config/model-options.ts';
import type { Anime, Catalogue } from '../../data/anime.ts';
import type { Csr } from '../../data/csr.ts';
import { transpose } from '../../data/csr.ts';
import { termReader } from './terms.ts';

/** The facets of the solve, and one more for models that want it. */
export type FacetWeights = FeatureOptions & {
  /** season of the first broadcast, e.g. "2010 spring" */
  readonly season?: number;
};
type Facet = keyof FacetWeights;

/** Numbers of a title's features in the order they are first met, each as often as it occurs. */
type FacetReader = (anime: Anime) => readonly number[];

const FACETS: Record<Facet, () => FacetReader> = {
  genre: () => named(({ genres }) => genres),
  studio: () => named(({ studios }) => studios),
  source: () => named(({ source }) => [source]),
  type: () => named(({ type }) => [type]),
  ratingClass: () => named(({ ratingClass }) => [ratingClass]),
  decade: () => named(({ year }) => [year && String(Math.floor(year / 10))]),
  season: () => named(({ year, season }) => [year && season && `${year} ${season}`]),
  franchise: () => named(({ franchise }) => [franchise && String(franchise.franchiseId)]),
  synopsis: () => {
    const terms = termReader();
    return ({ synopsis }) => terms(synopsis);
  },
};

/** Each of a title's names once; null and 0 are unknown. */
function named(read: (anime: Anime) => readonly (string | number | null)[]): FacetReader {
  const numberOf = new Map<string | number, number>();
  return (anime) => {
    const numbers = new Set<number>();
    for (const name of read(anime)) {
      if (!name) continue;
      if (!numberOf.has(name)) numberOf.set(name, numberOf.size);
      numbers.add(numberOf.get(name) as number);
    }
    return [...numbers];
  };
}

/** Bounds on the number of titles with a synopsis term: rarer terms are names, more common ones say little. */
const RAREST_TERM = 3;
const COMMONEST_TERM_SHARE = 0.05;
/** A synopsis is represented by its terms with the largest TF-IDF. */
const TERMS_PER_TITLE = 24;

/** Items × features, each row of length 1 (or empty when nothing is known). */
export function itemFeatures(catalogue: Catalogue, options: FacetWeights): Csr {
  const parts: FacetRows[] = [];
  let features = 0;
  for (const facet of Object.keys(FACETS) as Facet[]) {
    const weight = options[facet] ?? 0;
    if (weight === 0) continue;
    const part = facetRows(catalogue, facet, weight, features);
    parts.push(part);
    features += part.kept;
  }
  return normalizedRows(parts, catalogue.length, features);
}

/** Features × items: the content rows as `accumulateGram` takes people's. */
export function contentRows(catalogue: Catalogue, options: FacetWeights): Csr {
  return transpose(itemFeatures(catalogue, options));
}

/** One facet's part of every title's vector, its weightiest features first. */
interface FacetRows {
  /** how many features the facet has */
  readonly kept: number;
  readonly indptr: Uint32Array;
  readonly features: number[];
  readonly values: number[];
}

/** @param first number of the facet's first feature */
function facetRows(catalogue: Catalogue, facet: Facet, weight: number, first: number): FacetRows {
  const isSynopsis = facet === 'synopsis';
  const { indptr: starts, met, occurrences, titles } = countFeatures(catalogue, FACETS[facet]());
  const rarest = isSynopsis ? RAREST_TERM : 2;
  const commonest = isSynopsis ? COMMONEST_TERM_SHARE * catalogue.length : catalogue.length - 1;
  let kept = 0;
  const place = titles.map((count) =>
    count >= rarest && count <= commonest ? first + kept++ : -1,
  );
  const idf = titles.map((count) => Math.log(catalogue.length / count));
  const indptr = new Uint32Array(catalogue.length + 1);
  const features: number[] = [];
  const values: number[] = [];
  const weightOf = new Float64Array(kept);
  for (let item = 0; item < catalogue.length; item++) {
    const own: number[] = [];
    for (let p = starts[item]; p < starts[item + 1]; p++) {
      const feature = place[met[p]];
      if (feature < 0) continue;
      weightOf[feature - first] = weight * idf[met[p]] * Math.sqrt(1 + Math.log(occurrences[p]));
      own.push(feature);
    }
    own.sort((a, b) => weightOf[b - first] - weightOf[a - first] || a - b);
    if (isSynopsis) own.splice(TERMS_PER_TITLE);
    const weights = own.map((feature) => weightOf[feature - first]);
    features.push(...own);
    values.push(...(isSynopsis ? sharedWeight(weights, weight) : weights));
    indptr[item + 1] = features.length;
  }
  return { kept, indptr, features, values };
}

/** Which features each title has and how often, title by title, and how many titles have each. */
function countFeatures(catalogue: Catalogue, read: FacetReader) {
  const met: number[] = [];
  const occurrences: number[] = [];
  const titles: number[] = [];
  /** of each feature, where its last title's count of it stands */
  const place: number[] = [];
  const indptr = new Uint32Array(catalogue.length + 1);
  for (let item = 0; item < catalogue.length; item++) {
    const start = met.length;
    for (const feature of read(catalogue[item])) {
      if (feature === titles.length) {
        titles.push(0);
        place.push(-1);
      }
      if (place[feature] >= start) {
        occurrences[place[feature]]++;
        continue;
      }
      place[feature] = met.length;
      titles[feature]++;
      met.push(feature);
      occurrences.push(1);
    }
    indptr[item + 1] = met.length;
  }
  return { indptr, met, occurrences, titles };
}

/** A synopsis has many terms: together they weigh as much as two features of another facet. */
function sharedWeight(values: readonly number[], weight: number): number[] {
  const norm = Math.hypot(...values);
  const whole = 2 * weight * Math.SQRT2;
  return values.map((value) => (value / norm) * whole);
}

/** The parts side by side, features ascending, each row scaled to length 1. */
function normalizedRows(parts: readonly FacetRows[], rows: number, columns: number): Csr {
  const entries = parts.reduce((sum, { features }) => sum + features.length, 0);
  const indptr = new Uint32Array(rows + 1);
  const indices = new Uint32Array(entries);
  const values = new Float32Array(entries);
  const weightOf = new Float64Array(columns);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const own: number[] = [];
    for (const part of parts) {
      for (let p = part.indptr[row]; p < part.indptr[row + 1]; p++) {
        indices[at + own.length] = part.features[p];
        weightOf[part.features[p]] = part.values[p];
        own.push(part.values[p]);
      }
    }
    const norm = Math.hypot(...own);
    indices.subarray(at, at + own.length).sort();
    for (const end = at + own.length; at < end; at++) values[at] = weightOf[indices[at]] / norm;
    indptr[row + 1] = at;
  }
  return { rows, columns, indptr, indices, values };
}
