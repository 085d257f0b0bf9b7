/** Shelves in English. */
import type { Who } from '../i18n/en.ts';
import { lists } from '../i18n/format.ts';

const { and } = lists('en-GB');

export const shelvesEn = {
  headings: {
    you: {
      'for-you': 'For you',
      stories: 'Continue your stories',
      people: 'People like you',
      gems: 'Hidden gems',
    },
    they: {
      'for-you': 'For them',
      stories: 'Continue their stories',
      people: 'People like them',
      gems: 'Hidden gems',
    },
  },
  /** @param loved false: scored high, and not as high as what is loved */
  because: (title: string, loved: boolean, who: Who) =>
    `Because ${who} ${loved ? 'loved' : 'liked'} ${title}`,
  /** genres that a title has in common with a loved one */
  same: (genres: readonly string[]) => `${and(genres)}, like it`,
  view: 'Show as',
  grid: 'Posters',
  rows: 'Details',
};

export type ShelfMessages = typeof shelvesEn;
