/** The sheet of a title in English: what somebody would make of it, its themes, links and story. */
import { lists, numbers } from '../i18n/format.ts';

const { decimal } = numbers('en');
const { and } = lists('en-GB');

/** The groups of the second stage. */
export type Group = 'story' | 'people' | 'kind' | 'years' | 'known';
type Who = 'you' | 'they';

const FOR: Readonly<Record<Group, string>> = {
  story: 'It continues a story that is liked on this list',
  people: 'People with such a list like it',
  kind: 'Its kind and genres fit',
  years: 'It is from years that are often watched here',
  known: 'It is widely known',
};
const AGAINST: Readonly<Record<Group, string>> = {
  story: 'A part of its story was dropped or scored low',
  people: 'People with such a list like other titles more',
  kind: 'Its kind and genres are less common here',
  years: 'It is from years that are seldom watched here',
  known: 'Few people know it',
};
const VERB: Readonly<Record<Who, string>> = { you: 'You gave', they: 'They gave' };

export const titleEn = {
  opinion: {
    heading: (who: Who): string => (who === 'you' ? 'Would I like it?' : 'Would they like it?'),
    thinking: 'Looking at the list.',
    nothing: 'Score a few titles, and this says whether you would like this one.',
    of: 'of 10',
    /** for screen readers, of the scale that is drawn */
    scale: (score: number, low: number, high: number) =>
      `${decimal(score)} of 10, most likely between ${decimal(low)} and ${decimal(high)}`,
    expected: (who: Who, low: number, high: number) =>
      `${who === 'you' ? 'Your' : 'Their'} score would most likely be between ${decimal(low)} and ${decimal(high)}: four of five are.`,
    unscored: (low: number, high: number) =>
      `Nothing is scored yet, so this is what people give it: four of five between ${decimal(low)} and ${decimal(high)}.`,
    given: (who: Who, score: number) =>
      `${VERB[who]} it ${score}. This is what the other scores say.`,
    for: 'For it',
    against: 'Against it',
    noneFor: 'Nothing in particular.',
    noneAgainst: 'Nothing that we know of.',
    /** text before and after the name of a title */
    score: (who: Who, score: number): [string, string] => [`${VERB[who]} `, ` ${score}`],
    /** a title whose weight in the model is below 0 */
    counts: ['Who likes ', ' likes this less'] as [string, string],
    everyone: (mean: number) => `Everyone gives it ${decimal(mean)}`,
    higher: (who: Who): string =>
      who === 'you' ? 'You score higher than most people' : 'They score higher than most people',
    lower: (who: Who): string =>
      who === 'you' ? 'You score lower than most people' : 'They score lower than most people',
    points: (points: number) => `${points > 0 ? '+' : '−'}${decimal(Math.abs(points))}`,
    forGroup: (group: Group) => FOR[group],
    againstGroup: (group: Group) => AGAINST[group],
  },
  studios: (names: readonly string[]) => `By ${and(names)}`,
  themes: 'Themes',
  trailer: 'Search for a trailer',
  /** the site that the search is at */
  trailerAt: 'YouTube',
  links: 'Read more at',
  extras: (count: number) =>
    count === 1 ? 'One recap or extra' : `${count} recaps, crossovers and extras`,
  kinds: {
    main: '',
    recap: 'recap',
    'picture-drama': 'picture drama',
    promo: 'promo',
    music: 'music video',
    crossover: 'crossover',
    extra: 'extra',
  } as Readonly<Record<string, string>>,
};

export type TitleMessages = typeof titleEn;
