/** The taste of a user of the data set, in English: the same portrait in the third person. */
import { lists, numbers } from '../i18n/format.ts';
import { genreInSentence, type TasteMessages, tasteEn } from './messages-en.ts';

const { number, decimal, percent } = numbers('en', '\u00a0');
const { and } = lists('en-GB');
const genres = (names: readonly string[]) => and(names.map(genreInSentence));

export const tasteTheyEn: TasteMessages = {
  ...tasteEn,
  few: 'A portrait takes three titles that someone has seen. This person has fewer.',
  toList: 'Back to their list',
  drawing: 'Drawing their portrait.',
  portrait: {
    favours: (names) => `They lean towards ${genres(names)}.`,
    share: (name, mine, everyone) =>
      `${name} is in ${percent(mine)} of what they watch and like, against ${percent(everyone)} for everyone.`,
    avoids: (names) => `They leave ${genres(names)} to others.`,
    even: 'Nothing stands out: their titles are spread like everyone’s.',
    decade: (decade) => `The ${decade}s are their years.`,
    higher: (points) => `They score kindly: ${decimal(points)} above the crowd on the same titles.`,
    lower: (points) =>
      `They are hard to please: ${decimal(points)} below the crowd on the same titles.`,
    same: 'They score much like the crowd does.',
    steers: (title) => `No title shapes their list more than ${title}.`,
    surprise: (title, rating, predicted) =>
      `Nobody would have guessed their ${rating} for ${title}: the rest of their list says ${decimal(predicted)}.`,
  },
  leaning: (name, mine, everyone) =>
    `${name}: ${percent(mine)} of theirs, ${percent(everyone)} of everyone’s`,
  scale: 'Their scale',
  you: 'they',
  scored: (score, mine, everyone) =>
    `${score}: ${percent(mine)} of their scores, ${percent(everyone)} of everyone’s`,
  unscored: 'They have scored nothing, so there is no scale to show.',
  steering: 'What steers their list',
  influenceNote: 'How much of the order of their recommendations each of their titles decides.',
  surprisesNote: 'Their score beside what all their others say it would be.',
  noSurprise: 'No score of theirs is a surprise.',
  kindred: 'People like them love',
  similarUsersNote: (people, shared) =>
    `What ${number(people)} people closest to their taste love and they have not seen. Half of those share ${number(shared)} titles with them, or more. Nobody is named.`,
  noSimilarUsers: 'Too few people share their titles.',
};
