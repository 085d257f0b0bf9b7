/** Importing a list, in English. */
import { numbers, plurals } from '../i18n/format.ts';

const { number, decimal } = numbers('en');
const { plural } = plurals('en');
const titles = (count: number) =>
  plural(count, { one: `${number(count)} title`, other: `${number(count)} titles` });
const scores = (scored: number, mean: number) =>
  scored === 0
    ? 'none of them scored'
    : `${number(scored)} of them scored, ${decimal(mean)} on average`;

const STATUSES: Readonly<Record<string, string>> = {
  watching: 'watching',
  completed: 'completed',
  on_hold: 'on hold',
  dropped: 'dropped',
  plan_to_watch: 'planned',
};
const SCALES: Readonly<Record<string, string>> = {
  '1-100': 'Scores out of 100 were read as 1 to 10.',
  '1-20': 'Scores out of 20 were read as 1 to 10.',
  '1-5': 'Stars were read as scores from 1 to 10.',
  '1-3': 'Smileys were read as scores from 1 to 10.',
};

export const importEn = {
  label: 'Bring your list',
  lead: 'Or bring your list:',
  malFile: 'MyAnimeList file',
  sites: { anilist: 'AniList', myanimelist: 'MyAnimeList' } as Readonly<Record<string, string>>,
  sources: {
    'mal-xml': 'from MyAnimeList',
    myanimelist: 'from MyAnimeList',
    anilist: 'from AniList',
    csv: 'from your file',
  } as Readonly<Record<string, string>>,
  nameAt: (site: string) => `${site} name`,
  yourName: (site: string) => `Your name at ${site}`,
  malformedName: 'A name has letters, digits, - and _ only.',
  lookUp: 'Look it up',
  cancel: 'Cancel',
  /** text before, in and after the link; and a hint for those with a mouse */
  where: ['MyAnimeList makes the file on its ', 'export page', '.', ' You can also drop it here.'],
  drop: 'Let go to read your list',
  reading: 'Reading your list.',
  asking: (site: string) => `Asking ${site}. This can take a few seconds.`,
  /** `sentence` comes from the server, in English */
  refused: (status: number, sentence: string) =>
    status === 413 && sentence === ''
      ? 'That file is too large for a list. Choose the one that MyAnimeList made.'
      : `${sentence}${/[.?]$/.test(sentence) ? '' : '.'}`,
  silent: 'The server did not answer, so the list was not read. Try again in a moment.',
  whose: (owner: string) => `The list of ${owner}`,
  yours: 'Your list',
  found: (count: number, scored: number, mean: number) =>
    `${titles(count)} found, ${scores(scored, mean)}.`,
  none: (unknown: number) =>
    unknown === 0
      ? 'This list is empty. Name a few favourites instead?'
      : `None of its ${titles(unknown)} is in this catalogue.`,
  scale: (scale: string) => SCALES[scale] ?? '',
  status: (status: string, count: number) => `${number(count)} ${STATUSES[status] ?? status}`,
  best: 'Your favourites',
  unknown: (count: number) => `${titles(count)} left out`,
  reasons: {
    'not-in-catalogue': 'Not in this catalogue, often because they are newer than it:',
    'no-id': 'No MyAnimeList number, so they cannot be told apart:',
    newer: 'Newer than this catalogue:',
    'no-title': 'Rows without a title:',
    'unlike-any':
      'No title here is even spelt like it. Newer than this catalogue, perhaps, or no anime:',
    'unknown-name': 'No title here goes by that name, or not in that year. A typo, perhaps:',
    'ambiguous-name':
      'More than one title goes by that name. A column with the year tells them apart:',
  } as Readonly<Record<string, string>>,
  line: (line: number) => `(line ${number(line)})`,
  more: (count: number) => `and ${number(count)} more`,
  nothingSeen: 'Nothing on it has been watched yet. Name a few titles you love instead.',
  use: 'Use this list',
  leave: 'Not this one',
  staysHere: 'It stays in this browser.',
  inUse: (source: string, count: number, scored: number, mean: number) =>
    `Your list ${source}: ${titles(count)}, ${scores(scored, mean)}.`,
  topOnly: (count: number) =>
    `This link carries ${plural(count, { one: 'the favourite', other: `${number(count)} favourites` })} of a longer list. The rest is in the browser it came from.`,
  another: 'Bring another list',
  bringMine: 'Bring my own list',
  putAway: 'Put it away',
  link: (count: number) =>
    `A link to this page carries ${plural(count, { one: 'its favourite', other: `its ${number(count)} favourites` })}. The whole list stays in this browser.`,
};
