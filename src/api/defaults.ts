/** What holds where a request does not say: the schemas name it and the server does it. No schema library is needed here. */
export { DEFAULT_WORDING } from '../explain/language.ts';
export { DEFAULT_BECAUSE, DEFAULT_RECOMMENDATIONS } from '../recommend/defaults.ts';
export { DEFAULT_RULES } from '../recommend/rules.ts';

/** Titles of one page of a search. */
export const DEFAULT_TITLES = 20;
/** Titles of one page of those similar to one. */
export const DEFAULT_SIMILAR = 12;
export const DEFAULT_SIMILAR_BY = 'hybrid';
export const DEFAULT_STARTERS = 24;
