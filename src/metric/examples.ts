/** Examples of a model's recommendations: the titles in most top tens of validation users, and the lists of a few users. */
import type { Dataset } from '../data/dataset.ts';
import type { HeldOutUser } from '../data/held-out-users.ts';
import { seenEntries } from '../data/interactions.ts';
import type { Recommender } from '../model/recommender.ts';
import { rankUnknown } from './ranking.ts';

export interface Examples {
  readonly model: string;
  /** how many people's top tens were looked at */
  readonly people: number;
  readonly mostRecommended: readonly { readonly title: string; readonly people: number }[];
  readonly lists: readonly {
    readonly userId: number;
    readonly favourites: readonly { readonly title: string; readonly rating: number }[];
    readonly recommended: readonly { readonly title: string; readonly heldOut: string | null }[];
  }[];
}

const TITLES = 15;
const LISTS = 5;
const FAVOURITES = 6;

export function examplesOf(
  model: Recommender,
  { catalogue }: Dataset,
  people: readonly HeldOutUser[],
): Examples {
  const tops = people.map((person) => rankUnknown(model, person, 10));
  const times = new Map<number, number>();
  for (const top of tops) for (const item of top) times.set(item, (times.get(item) ?? 0) + 1);
  const most = [...times].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, TITLES);
  // evenly over the people, so that they are the same ones in every run
  const step = Math.max(1, Math.floor(people.length / LISTS));
  const shown = people.map((person, i) => ({ person, top: tops[i] }));
  return {
    model: model.name,
    people: people.length,
    mostRecommended: most.map(([item, count]) => ({ title: catalogue[item].title, people: count })),
    lists: shown
      .filter((_, i) => i % step === 0)
      .slice(0, LISTS)
      .map(({ person, top }) => ({
        userId: person.userId,
        favourites: favouritesOf(person).map(([item, rating]) => ({
          title: catalogue[item].title,
          rating,
        })),
        recommended: Array.from(top, (item) => ({
          title: catalogue[item].title,
          heldOut: verdict(person, item),
        })),
      })),
  };
}

function favouritesOf({ known }: HeldOutUser): [item: number, rating: number][] {
  return seenEntries(known)
    .map((p): [number, number] => [known.items[p], known.ratings[p]])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0])
    .slice(0, FAVOURITES);
}

/** What is known of the person and a title that was held out. */
function verdict({ liked, seen, disliked }: HeldOutUser, item: number): string | null {
  if (liked.has(item)) return 'liked';
  if (disliked.has(item)) return 'disliked';
  return seen.has(item) ? 'seen' : null;
}
