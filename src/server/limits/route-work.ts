/** ms of processor time for a list of recommendations */
export const MS_OF_A_LIST = 0.45;

/**
 * The work of each route, in lists of recommendations. Where it depends on the request
 * this is the least, and the route charges the rest when it knows it. Measured with the catalogue of 2020.
 */
const WORK: Readonly<Record<string, number>> = {
  '/healthz': 0,
  '/readyz': 0,
  '/metrics': 0,
  '/api/recommendations': 1,
  '/api/recommendations:batch': 2,
  '/api/shelves': 4,
  '/api/users/:userId/recommendations': 1,
  '/api/anime': 2,
  '/api/anime/:animeId/opinion': 3,
  '/api/taste': 8,
  '/api/map': 2,
  '/api/explanations': 3,
  '/api/chat': 5,
  '/api/import/mal-xml': 20,
  '/api/import/csv': 20,
  '/api/import/anilist/:name': 10,
  '/api/import/myanimelist/:name': 10,
  '/graphql': 2,
};

/** Everything else of the API, and files. */
const OTHER = 0.5;

/** Operators send a key, which is checked at no cost. */
const CONSOLE = /^\/(api\/)?admin(\/|$)/;

/** @param url of the route, as it is registered */
export function workOf(url: string): number {
  if (CONSOLE.test(url)) return 0;
  return WORK[url.replaceAll('::', ':')] ?? OTHER;
}
