/** How the numbers of a map are sent, for the server that writes them and the page that reads them. */
export { SIDE } from '../../title-map/grid.ts';

/** Steps of `members` for ten times as many: 7 % apart, up to twelve million. */
export const MEMBER_STEPS = 36;
/** `year` counts from here; 0 = unknown. */
export const FIRST_MAP_YEAR = 1900;
