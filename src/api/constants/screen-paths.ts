/** Addresses of the page's screens beside /: the server answers each with the page, the page shows the screen. */
export const SCREEN_PATHS = ['/watchlist', '/taste', '/map'] as const;

export type ScreenPath = (typeof SCREEN_PATHS)[number];
