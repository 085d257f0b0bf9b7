/** My taste in English. Every other language has exactly these messages. */
import { lists, numbers } from '../i18n/format.ts';

const { number, decimal, percent, percentWith } = numbers('en', '\u00a0');
const { and } = lists('en-GB');
/** A genre's name within a sentence: Japanese words and abbreviations keep their capitals. */
export const genreInSentence = (name: string) =>
  /^(Sci-Fi|Shou|Jo|Sei)/.test(name) ? name : name.toLowerCase();

export const tasteEn = {
  heading: 'My taste',
  theirs: (userId: number) => `The taste of person ${userId}`,
  few: 'A portrait takes three titles that you have seen. Name a few you love, and one you did not.',
  toList: 'Pick some titles',
  drawing: 'Drawing your portrait.',
  /** between sentences */
  pause: ' ',
  portrait: {
    favours: (genres: readonly string[]) => `You lean towards ${and(genres.map(genreInSentence))}.`,
    share: (name: string, mine: number, everyone: number) =>
      `${name} is in ${percent(mine)} of what you watch and like, against ${percent(everyone)} for everyone.`,
    avoids: (genres: readonly string[]) =>
      `You leave ${and(genres.map(genreInSentence))} to others.`,
    even: 'Nothing stands out yet: your titles are spread like everyone’s.',
    decade: (decade: number) => `The ${decade}s are your years.`,
    higher: (points: number) =>
      `You score kindly: ${decimal(points)} above the crowd on the same titles.`,
    lower: (points: number) =>
      `You are hard to please: ${decimal(points)} below the crowd on the same titles.`,
    same: 'You score much like the crowd does.',
    steers: (title: string) => `No title shapes your list more than ${title}.`,
    surprise: (title: string, rating: number, predicted: number) =>
      `Nobody would have guessed your ${rating} for ${title}: the rest of your list says ${decimal(predicted)}.`,
  },
  genres: 'Genres, against everyone',
  less: 'less than others',
  more: 'more than others',
  leaning: (name: string, mine: number, everyone: number) =>
    `${name}: ${percent(mine)} of yours, ${percent(everyone)} of everyone’s`,
  decades: 'Decades',
  decade: (year: number) => `${year}s`,
  scale: 'My scale',
  you: 'you',
  everyone: 'everyone',
  scored: (score: number, mine: number, everyone: number) =>
    `${score}: ${percent(mine)} of your scores, ${percent(everyone)} of everyone’s`,
  unscored: 'Score a few titles, and your scale stands here beside the crowd’s.',
  /** with so many digits after the point */
  share: percentWith,
  steering: 'What steers my list',
  influenceNote: 'How much of the order of your recommendations each of your titles decides.',
  brings: (title: string) => `brings ${title}`,
  surprises: 'Surprising scores',
  surprisesNote: 'Your score beside what all your others say it would be.',
  above: 'Better than expected',
  below: 'Worse than expected',
  guess: (predicted: number) => `expected ${decimal(predicted)}`,
  noSurprise: 'No score of yours is a surprise so far.',
  kindred: 'People like me love',
  similarUsersNote: (people: number, shared: number) =>
    `What ${number(people)} people closest to your taste love and you have not seen. Half of them share ${number(shared)} titles with you, or more. Nobody is named.`,
  lovers: (lovers: number, people: number) => `${number(lovers)} of ${number(people)}`,
  noSimilarUsers:
    'Too few people share your titles so far. A few better-known ones would find them.',
};

export type TasteMessages = typeof tasteEn;
