/** The most that requests may ask for: the schemas refuse more, and the page keeps within it. No schema library is needed here. */
export { MAX_RATINGS } from '../../recommend/profile.ts';

/** Titles of a list of recommendations. */
export const MAX_RECOMMENDATIONS = 500;
/** Reasons a recommendation. */
export const MAX_BECAUSE = 500;
/** Titles that a request excludes as reasons. */
export const MAX_EXCLUDED = 500;
/** Profiles of a batch. */
export const MAX_PROFILES = 1000;
/** Titles of one page of a search, or similar to one. */
export const MAX_TITLES = 100;
export const MAX_STARTERS = 60;
/** Posters asked for together. */
export const MAX_POSTERS = 100;
/** Characters of a chat message. */
export const MAX_MESSAGE = 500;
/** Bytes of a request's body: enough for a list of every title. */
export const MAX_BODY = 4 << 20;
/** Bytes of a batch: 1,000 profiles of 500 titles each. */
export const MAX_BATCH = 32 << 20;
/** Bytes of the file of a list: an unpacked export of all 30,000 titles of MyAnimeList; packed, one of many times as many. */
export const MAX_FILE = 40 << 20;
