/** The bar of rules in English. */
import type { AgeRating, Airing } from '../../api/constants/enums.ts';

export const rulesEn = {
  change: 'Change',
  fold: 'Done',
  /** rules whose chip the wishes do not have */
  on: {
    dropped: 'what I dropped too',
    extras: 'recaps and extras too',
    unaired: 'unaired titles too',
    prerequisites: 'later parts without the first',
    franchise: 'several of one story',
    planned: 'planned titles too',
    adult: '18+',
  },
  members: (count: string) => `on ${count} lists or more`,
  groups: { what: 'What', how: 'How long and how good', stories: 'Stories', order: 'Order' },
  airing: 'Airing',
  airings: { any: 'any', finished: 'finished', airing: 'still airing' } as Readonly<
    Record<Airing, string>
  >,
  episodes: 'Episodes',
  episodesFrom: 'Episodes at least',
  episodesTo: 'Episodes at most',
  from: 'from',
  to: 'to',
  length: 'An episode takes',
  anyLength: 'any time',
  minutes: (count: number) => `up to ${count} minutes`,
  score: 'Everyone gives it',
  anyScore: 'any score',
  scoreFrom: (score: string) => `${score} or more`,
  age: 'Rated',
  anyAge: 'for any age',
  ages: {
    G: 'G: for everyone',
    PG: 'PG: children',
    'PG-13': 'PG-13: teens',
    R: 'R: 17 and older',
    'R+': 'R+: mild nudity',
  } as Readonly<Record<AgeRating, string>>,
  themes: 'Themes',
  anyTheme: 'any',
  studios: 'Studios',
  anyStudio: 'any',
  studio: 'Name of a studio',
  addStudio: 'Add',
  laterParts: 'No later parts of what I have seen',
  dropped: 'Also what follows something I dropped',
  extras: 'Also recaps, promos and music videos',
  unaired: 'Also what is not out yet',
};

export type RuleMessages = typeof rulesEn;
