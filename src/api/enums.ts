/** What requests and answers choose from, and the rules that hold unless a request changes them. No schema library is needed here. */
export { ANIME_TYPES } from '../data/anime.ts';
export { LANGUAGES, TITLE_NAMES } from '../explain/language.ts';
export { DEFAULT_RULES } from '../recommend/rules.ts';

/** What similar titles have in common: both of the others, the people who like them, or what they are made of. */
export const SIMILAR_BY = ['hybrid', 'collaborative', 'content'] as const;
