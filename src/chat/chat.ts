/** Turns a wish, written as text, into titles to start from, rules, and a list of recommendations. */

import type { Anime } from '../data/anime.ts';
import type { Profile } from '../data/interactions.ts';
import { knownNames } from '../explain/known-names.ts';
import type { Wording } from '../explain/language.ts';
import {
  type FallbackReason,
  type ModelAccess,
  NoModelText,
  type Requester,
} from '../explain/model-access.ts';
import type { Bundle } from '../recommend/bundle.ts';
import type { RatingEntry } from '../recommend/profile.ts';
import { profileFrom } from '../recommend/profile.ts';
import type { Recommendation } from '../recommend/ranker.ts';
import { type Rules, rulesFrom } from '../recommend/rules.ts';
import { wishFromModel } from './proposal.ts';
import { replyText } from './reply-text.ts';
import { type ParserSources, parseWish } from './rule-parser.ts';
import { isEmpty, rulesOfWish, type Wish } from './wish.ts';

export interface ChatAnswer {
  readonly seeds: Wish['seeds'];
  /** named and not wanted: neither they nor what follows them is in the list */
  readonly unwanted: Wish['unwanted'];
  /** parts of the wish that were not understood, in its own words */
  readonly unread: readonly string[];
  /** as /api/recommendations takes them; only the rules that the wish changes */
  readonly rules: Partial<Rules>;
  /** a sentence that says how the wish was understood */
  readonly said: string;
  /** the person's list with the titles that the wish names */
  readonly profile: Profile;
  readonly list: readonly Recommendation[];
  /** animeIds of the person's list that are not in the catalogue */
  readonly ignored: readonly number[];
  /** what parsed the message: the language model, or ("reading") the rule parser */
  readonly by: 'reading' | 'model';
  /** why the language model was not used; null = it was */
  readonly why: FallbackReason | null;
}

export interface ChatRequest extends Requester {
  readonly message: string;
  /** the person's list; may be empty */
  readonly ratings: readonly RatingEntry[];
  readonly wording: Wording;
  /** default 20 */
  readonly limit?: number;
  /** the most reasons per title; default 5 */
  readonly because?: number;
}

/** A title that is named in a wish counts as liked, with this rating. */
const SEED_RATING = 10;
/** Named and not wanted: as if the person had dropped it. */
const UNWANTED = { rating: 2, status: 'dropped' } as const;

export async function chat(
  bundle: Bundle,
  access: ModelAccess,
  request: ChatRequest,
): Promise<ChatAnswer> {
  const { message, ratings, wording, limit, because } = request;
  const sources: ParserSources = {
    catalogue: bundle.catalogue,
    names: await knownNames(bundle.catalogue),
    search: await bundle.search(),
    genres: bundle.facets.genres,
  };
  const { wish, by, why } = await understand(message, sources, access, request);
  const rules = rulesOfWish(wish);
  const listed = new Set(ratings.map(({ animeId }) => animeId));
  const unlisted = ({ animeId }: Anime) => !listed.has(animeId);
  const named = [
    ...wish.seeds.filter(unlisted).map(({ animeId }) => ({ animeId, rating: SEED_RATING })),
    ...wish.unwanted.filter(unlisted).map(({ animeId }) => ({ animeId, ...UNWANTED })),
  ];
  const { profile, ignored } = profileFrom([...ratings, ...named], bundle.items);
  const list = isEmpty(wish)
    ? []
    : bundle.ranker.recommend(profile, { limit, because, rules: rulesFrom(rules) });
  const said = replyText(wish, wording, list.length);
  const { seeds, unwanted, notes } = wish;
  const unread = [...notes.unread, ...notes.unknownTitles];
  return { seeds, unwanted, unread, rules, said, profile, list, ignored, by, why };
}

async function understand(
  message: string,
  sources: ParserSources,
  access: ModelAccess,
  requester: Requester,
): Promise<{ wish: Wish; by: ChatAnswer['by']; why: FallbackReason | null }> {
  try {
    return {
      wish: await wishFromModel(access, message, sources, requester),
      by: 'model',
      why: null,
    };
  } catch (error) {
    if (!(error instanceof NoModelText)) throw error;
    return { wish: await parseWish(message, sources), by: 'reading', why: error.why };
  }
}
