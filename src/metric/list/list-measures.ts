/**
 * What is in the lists of a model, whole lists being known:
 *
 *   newStories10             share of titles in the top tens that belong to no franchise the person has begun
 *   newStoriesLiked10        share of those that are liked held-out titles: precision among new stories
 *   dislikesPerHit20         of the held-out titles that the top twenties find, the share that the person dropped or
 *                            disliked; a model that finds more is not worse for it, as with dislikes20
 *   genreDiversity10         genre-diversity.ts
 *   genreCalibration10, popularityCalibration10   calibration.ts
 *   gini10                   gini.ts, over all titles of the catalogue
 *
 * Shares are those of all people together: Σ titles / Σ titles.
 */
import type { Catalogue } from '../../data/anime.ts';
import type { HeldOutUser } from '../../data/held-out-users.ts';
import type { FranchiseUnits } from '../franchise-units.ts';
import type { Interval } from '../interval.ts';
import { meanOver, type PersonValues, shareOver } from '../person-values.ts';
import { countIn } from '../recall.ts';
import { Calibration } from './calibration.ts';
import { GenreDiversity } from './genre-diversity.ts';

export type ListMeasure =
  | 'newStories10'
  | 'newStoriesLiked10'
  | 'dislikesPerHit20'
  | 'genreDiversity10'
  | 'genreCalibration10'
  | 'popularityCalibration10';

/** Field names are those of leaderboard.json. */
export type ListEvaluation = Readonly<Record<ListMeasure, Interval>> & { readonly gini10: number };

/** Its measures without their intervals. */
export function meansOfLists({ gini10, ...measures }: ListEvaluation): [string, number][] {
  const means = Object.entries(measures).map(([name, { mean }]): [string, number] => [name, mean]);
  return [...means, ['gini10', gini10]];
}

export interface ListSetting {
  readonly catalogue: Catalogue;
  /** of each item, the share of training people who list it */
  readonly listedShare: ArrayLike<number>;
  readonly stories: FranchiseUnits;
}

/** What is the same for every model is made once. */
export class ListMeasures {
  readonly #people: readonly HeldOutUser[];
  readonly #stories: FranchiseUnits;
  readonly #known: readonly ReadonlySet<number>[];
  readonly #diversity: GenreDiversity;
  readonly #calibrations: readonly {
    readonly of: Calibration;
    readonly people: readonly (Float64Array | null)[];
  }[];

  constructor(people: readonly HeldOutUser[], { catalogue, listedShare, stories }: ListSetting) {
    this.#people = people;
    this.#stories = stories;
    this.#known = people.map(({ known }) => stories.known(known));
    this.#diversity = new GenreDiversity(catalogue);
    this.#calibrations = [
      Calibration.byGenre(catalogue),
      Calibration.byPopularity(listedShare),
    ].map((of) => ({ of, people: people.map(({ known }) => of.ofProfile(known)) }));
  }

  /** @param lists in the order of the people */
  of(lists: readonly ArrayLike<number>[]): Readonly<Record<ListMeasure, PersonValues>> {
    const tens = lists.map((list, i) => {
      const ten = Array.from(list).slice(0, 10);
      return { titles: ten.length, ofNewStories: this.#stories.newItems(ten, this.#known[i]) };
    });
    const [genre, popularity] = this.#calibrations.map(({ of, people }) =>
      meanOver(lists.map((list, i) => of.divergence(people[i], list, 10))),
    );
    return {
      newStories10: shareOver(
        tens.map(({ titles, ofNewStories }) => ({ some: ofNewStories.size, of: titles })),
      ),
      newStoriesLiked10: shareOver(
        tens.map(({ ofNewStories }, i) => ({
          some: [...ofNewStories].filter((item) => this.#people[i].liked.has(item)).length,
          of: ofNewStories.size,
        })),
      ),
      dislikesPerHit20: shareOver(
        this.#people.map(({ disliked, seen }, i) => ({
          some: countIn(lists[i], disliked, 20),
          of: countIn(lists[i], seen, 20),
        })),
      ),
      genreDiversity10: meanOver(lists.map((list) => this.#diversity.of(list, 10))),
      genreCalibration10: genre,
      popularityCalibration10: popularity,
    };
  }
}
