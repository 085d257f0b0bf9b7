/** How much is answered unless a request says otherwise; its rules have their defaults in rules.ts. */

/** Titles of a list. */
export const DEFAULT_RECOMMENDATIONS = 20;
/** Reasons a title. */
export const DEFAULT_BECAUSE = 5;
