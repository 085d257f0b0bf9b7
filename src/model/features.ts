/**
 * Content rows: what is known about each title as a sparse vector of features, so that a title nobody has
 * rated stands beside those it resembles.
 *
 * A facet (genre, studio, …) gives its features the weight  facet weight · idf,  idf = ln(titles / titles with it);
 * a synopsis term also counts by √(1 + ln occurrences). Each title's vector is scaled to length 1.
 */
import type { FeatureOptions } from '../config.ts';
import type { Anime, Catalogue } from '../data/anime.ts';
import type { Csr } from '../data/csr.ts';
import { transpose } from '../data/csr.ts';
import { synopsisTerms } from './terms.ts';

type Facet = keyof FeatureOptions;

/** How often each feature of a facet occurs in a title. */
const FACETS: Record<Facet, (anime: Anime) => Iterable<[name: string, occurrences: number]>> = {
  genre: (anime) => once(anime.genres),
  studio: (anime) => once(anime.studios),
  source: (anime) => once([anime.source]),
  type: (anime) => once([anime.type]),
  ratingClass: (anime) => once([anime.ratingClass]),
  decade: (anime) => once(anime.year === null ? [] : [String(Math.floor(anime.year / 10))]),
  franchise: (anime) => once(anime.franchise ? [String(anime.franchise.franchiseId)] : []),
  synopsis: (anime) => synopsisTerms(anime.synopsis),
};

/** A synopsis term of fewer titles is a name, of more a commonplace. */
const RAREST_TERM = 3;
const COMMONEST_TERM_SHARE = 0.05;
/** A synopsis is described by its most telling terms. */
const TERMS_PER_TITLE = 24;

/** Items × features, each row of length 1 (or empty when nothing is known). */
export function itemFeatures(catalogue: Catalogue, options: FeatureOptions): Csr {
  const rows = catalogue.map(() => new Map<number, number>());
  let features = 0;
  for (const facet of Object.keys(FACETS) as Facet[]) {
    if (options[facet] > 0) features += addFacet(catalogue, facet, options[facet], rows, features);
  }
  return normalizedRows(rows, features);
}

/** Features × items: the content rows as `accumulateGram` takes people's. */
export function contentRows(catalogue: Catalogue, options: FeatureOptions): Csr {
  return transpose(itemFeatures(catalogue, options));
}

/** @returns how many features the facet has */
function addFacet(
  catalogue: Catalogue,
  facet: Facet,
  weight: number,
  rows: Map<number, number>[],
  first: number,
): number {
  const listed = catalogue.map((anime) => [...FACETS[facet](anime)]);
  const titles = new Map<string, number>();
  for (const list of listed)
    for (const [name] of list) titles.set(name, (titles.get(name) ?? 0) + 1);
  const rarest = facet === 'synopsis' ? RAREST_TERM : 2;
  const commonest =
    facet === 'synopsis' ? COMMONEST_TERM_SHARE * catalogue.length : catalogue.length - 1;
  const ids = new Map<string, number>();
  for (const [name, count] of titles)
    if (count >= rarest && count <= commonest) ids.set(name, ids.size);
  listed.forEach((list, item) => {
    const weighted: [number, number][] = [];
    for (const [name, occurrences] of list) {
      const id = ids.get(name);
      if (id === undefined) continue;
      const idf = Math.log(catalogue.length / (titles.get(name) as number));
      weighted.push([first + id, weight * idf * Math.sqrt(1 + Math.log(occurrences))]);
    }
    weighted.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
    if (facet === 'synopsis') shareWeight(weighted.splice(0, TERMS_PER_TITLE), weight, rows[item]);
    else for (const [id, value] of weighted) rows[item].set(id, value);
  });
  return ids.size;
}

/** A synopsis has many terms: together they weigh as much as two features of another facet. */
function shareWeight(terms: [number, number][], weight: number, row: Map<number, number>): void {
  const norm = Math.hypot(...terms.map(([, value]) => value));
  const whole = 2 * weight * Math.SQRT2;
  for (const [id, value] of terms) row.set(id, (value / norm) * whole);
}

function normalizedRows(rows: readonly Map<number, number>[], features: number): Csr {
  const indptr = new Uint32Array(rows.length + 1);
  for (let item = 0; item < rows.length; item++) indptr[item + 1] = indptr[item] + rows[item].size;
  const indices = new Uint32Array(indptr[rows.length]);
  const values = new Float32Array(indptr[rows.length]);
  let at = 0;
  for (const row of rows) {
    const norm = Math.hypot(...row.values());
    for (const [feature, value] of [...row].sort((a, b) => a[0] - b[0])) {
      indices[at] = feature;
      values[at++] = value / norm;
    }
  }
  return { rows: rows.length, columns: features, indptr, indices, values };
}

function once(names: readonly (string | null)[]): [string, number][] {
  return [...new Set(names)]
    .filter((name): name is string => name !== null)
    .map((name) => [name, 1]);
}
