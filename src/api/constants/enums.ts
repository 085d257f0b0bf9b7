/** What requests and answers choose from, and the rules that hold unless a request changes them. No schema library is needed here. */
import { STATUS, type StatusName } from '../../data/interactions.ts';

export { ANIME_TYPES } from '../../data/anime.ts';
export { AGE_RATINGS, type AgeRating } from '../../data/catalogue/age-ratings.ts';
export { PART_KINDS, type PartKind } from '../../data/franchise/part-kind.ts';
export { LANGUAGES, TITLE_NAMES } from '../../explain/language.ts';
export {
  AIRING,
  type Airing,
  DEFAULT_RULES,
  FIRST_YEAR,
  LAST_YEAR,
  type Rules,
} from '../../recommend/rules.ts';

/** What similar titles have in common: both of the others, the people who like them, or what they are made of. */
export const SIMILAR_BY = ['hybrid', 'collaborative', 'content'] as const;

/** Where a title stands on someone's list. */
export const STATUS_NAMES = Object.keys(STATUS) as StatusName[];
