/** What a fan's five favourites share, as a predicate on the catalogue. */
import type { Anime, AnimeType, Catalogue } from '../../src/data/anime.ts';

export type Fits = (anime: Anime) => boolean;
/** Made once for each catalogue. */
export type Facet = (catalogue: Catalogue) => Fits;

/** At least one of the genres. */
export const genre =
  (...names: string[]): Facet =>
  () =>
  ({ genres }) =>
    names.some((name) => genres.includes(name));

/** None of the genres. */
export const without =
  (...names: string[]): Facet =>
  () =>
  ({ genres }) =>
    !names.some((name) => genres.includes(name));

export const kind =
  (...types: AnimeType[]): Facet =>
  () =>
  ({ type }) =>
    type !== null && types.includes(type);

/** First broadcast in these years, both inclusive. */
export const years =
  (from: number, to: number): Facet =>
  () =>
  ({ year }) =>
    year !== null && year >= from && year <= to;

export const studio =
  (...names: string[]): Facet =>
  () =>
  ({ studios }) =>
    names.some((name) => studios.includes(name));

export const source =
  (...names: string[]): Facet =>
  () =>
  (anime) =>
    anime.source !== null && names.includes(anime.source);

/** The named titles and whatever else belongs to their stories: for themes that no column of the catalogue has. */
export const titles =
  (...names: string[]): Facet =>
  (catalogue) => {
    const wanted = new Set(names);
    const named = catalogue.filter(({ title }) => wanted.has(title));
    const stories = new Set(named.map(({ franchise }) => franchise?.franchiseId));
    stories.delete(undefined);
    return ({ title, franchise }) =>
      wanted.has(title) || (franchise !== null && stories.has(franchise.franchiseId));
  };

export const all =
  (...facets: Facet[]): Facet =>
  (catalogue) => {
    const parts = facets.map((facet) => facet(catalogue));
    return (anime) => parts.every((fits) => fits(anime));
  };

export const any =
  (...facets: Facet[]): Facet =>
  (catalogue) => {
    const parts = facets.map((facet) => facet(catalogue));
    return (anime) => parts.some((fits) => fits(anime));
  };
