/** The page in English. Every other language has exactly these messages. */

import { importEn } from '../import/messages-en.ts';
import type { Group } from '../list/recommended.ts';
import { wishChipsEn } from '../wish/messages-en.ts';
import { crowdSentence, factsSentence } from './facts-en.ts';
import { lists, numbers, plurals } from './format.ts';

const { number, decimal, percent } = numbers('en', '\u00a0');
// British lists have no comma before "and".
const { and, or, commas } = lists('en-GB');
const { plural } = plurals('en');
const titles = (count: number) =>
  plural(count, { one: `${number(count)} title`, other: `${number(count)} titles` });

export const en = {
  /** formats of this language */
  number,
  decimal,
  percent,
  and,
  /** a plain list: "Mystery, Drama" */
  commas,

  page: {
    title: 'Osusume: what should I watch next?',
    description: 'Name three anime you love and get a list worth watching, with reasons.',
    first: 'Osusume, the first page',
    skip: 'Skip to content',
  },
  screens: {
    label: 'Screens',
    list: 'List',
    watchlist: 'Watchlist',
    taste: 'My taste',
    map: 'Map',
    leaderboard: 'Leaderboard',
    opening: 'Opening.',
    nothing: 'There is nothing at this address.',
    back: 'Back to the list',
  },
  display: {
    label: 'Display',
    language: 'Language',
    titles: 'Titles',
    scripts: { romaji: 'Romaji', english: 'English', japanese: 'Japanese' },
    theme: 'Theme',
    themes: { system: 'System', dark: 'Dark', light: 'Light' },
  },
  forget: {
    button: 'Forget everything in this browser',
    question: 'Forget everything in this browser?',
    what: 'Your picks, rules, imported lists and settings are removed, and the page begins as at your first visit. This cannot be undone.',
    history:
      'The history of the browser may still list addresses with your picks. Clear it in the settings of the browser.',
    yes: 'Forget everything',
    no: 'Keep it',
  },
  start: {
    question: 'What should I watch next?',
    lead: 'Name three you love. Tap a poster, or search for any title. Hold one to say anything else.',
    starters: 'Titles to start from',
    pick: 'Pick from posters, or bring a list',
    more: 'More posters',
    hint: 'Tap: love it. Hold or right-click: more.',
  },
  imports: importEn,
  search: {
    label: 'Search for a title in any language',
    placeholder: 'A title, in any language',
    found: 'Titles found',
    silent: 'The search did not answer. It is asked again with your next letter.',
    searching: 'Searching.',
    tap: 'Tap what you love.',
    keys: 'Enter: love it. Shift+Enter: read about it.',
    nothing: (query: string, lastYear: number | null) =>
      lastYear === null
        ? `Nothing is called “${query}”. Fewer letters may find it.`
        : `“${query}” is not in this catalogue, which ends in ${lastYear}. Fewer letters may find it.`,
  },
  person: {
    label: 'Curious? See the list of a person in the data set',
    placeholder: 'id',
    look: 'Look',
    malformed: 'A data set user id is a whole number, like 11880.',
    question: (userId: number) => `What should person ${userId} watch next?`,
    nobody: 'Nobody by that id',
    opening: 'Opening their list.',
    leave: 'Back to my picks',
    unknown: (userId: number) =>
      `Nobody in this data set has the id ${userId}. Try another id, or go back to your picks.`,
    shelf: 'Their titles, best scores first',
    /** "312 titles on their list, 280 of them scored, 7.4 on average." */
    portrait: (listed: number, scored: number, mean: number) =>
      scored === 0
        ? `${titles(listed)} on their list, none of them scored.`
        : `${titles(listed)} on their list, ${number(scored)} of them scored, ${decimal(mean)} on average.`,
  },
  picks: {
    mine: 'Your picks',
    changes: 'Your changes',
    changesLabel: 'Changes to the list',
    fewer: 'Show fewer',
    more: (count: number) => `and ${number(count)} more`,
    progress: (count: number, enough: number) => `${count} of ${enough}`,
    toList: 'Recommendations',
    notHere: (animeId: number) => `Title ${animeId}, not in this catalogue`,
    remove: (title: string) => `Remove ${title}`,
  },
  list: {
    mine: 'Recommended for you',
    theirs: 'Recommended for them',
    empty: 'Your list appears here with the first title you love.',
    stays: 'The list below is the last one that arrived.',
    picksStay: 'Your picks are kept.',
    looking: 'Looking for titles.',
    guess: (count: number, missing: number) =>
      `A first guess from ${count === 1 ? 'one title' : 'two titles'}. ${
        missing === 2 ? 'Two more make' : 'One more makes'
      } it yours.`,
    everything: 'That is everything these rules allow.',
    more: 'Show more',
    insteadOf: (title: string) => `The place to start before ${title}.`,
    seen: 'Seen',
    seenLabel: (title: string) => `Seen: ${title}`,
    no: 'Not for me',
    noLabel: (title: string) => `Not for me: ${title}`,
    plan: 'Plan',
    planLabel: (title: string) => `Plan to watch: ${title}`,
  },
  share: {
    copy: 'Share',
    title: 'Anime for my taste',
    about: 'A link to this list, with your picks and rules',
    copied: 'Link copied',
    announced: 'Link copied. It carries your picks and rules.',
    byHand: 'This browser does not copy here. Take the link yourself:',
  },
  wish: {
    label: 'Say it in your own words',
    placeholder: 'Say it your way: like Mushishi but funnier',
    send: 'Find',
    chips: 'What the list goes by',
    /** text before and after the name of a title */
    like: ['like ', ''],
    withGenre: (genre: string) => `＋ ${genre}`,
    withoutGenre: (genre: string) => `no ${genre}`,
    years: (from: number | null, to: number | null) =>
      from === to
        ? String(from)
        : to === null
          ? `from ${from}`
          : from === null
            ? `up to ${to}`
            : `${from}–${to}`,
    littleKnown: 'little known',
    wellKnown: 'well known',
    varied: 'of many kinds',
    classics: 'the classics too',
    rule: wishChipsEn,
    unlike: ['not like ', ''],
    drop: (part: string) => `Take back: ${part}`,
  },
  why: {
    heading: 'Why this for me?',
    thinking: 'Putting it into words.',
    shares: 'What its score is made of',
    known: 'Being well known',
    order: 'What counts for it and against it',
    groups: {
      story: 'Its story',
      people: 'People with lists like yours',
      kind: 'Kind and genres',
      years: 'Its years',
      known: 'How well known it is',
    } as Readonly<Record<Group, string>>,
    up: 'for',
    down: 'against',
    share: (share: number) => `${decimal(share * 100).replace('-', '−')}\u00a0%`,
    byModel: 'Written by a language model from these facts, each sentence checked.',
    byTemplate: 'Put together from these facts, word by word.',
  },
  because: {
    /** followed by the names of titles */
    excluded: 'Not counted as reasons:',
    remove: (title: string) => `Do not count ${title} as a reason`,
    countAgain: (title: string) => `Undo: count ${title} again`,
    hints: 'no single title explains this one: many small hints add up',
    little: 'little points to it: it is the best of what is left',
    /** @param more titles follow */
    known: (share: string, well: boolean, more: boolean) =>
      `${KNOWN(well)}${share && `\u00a0${share}`}${more ? ', and ' : ''}`,
    alsoKnown: (share: string, well: boolean) =>
      `, and it is ${KNOWN(well)}${share && `\u00a0${share}`}`,
    /** what the second stage counts for it */
    moved: (group: Group, who: Who) => MOVED[who][group],
    /** between the titles and what moved it */
    beforeMoved: '; ',
    /** text before a title, between it and its share, and after the share: "because you loved A 34 % and B 21 %" */
    around(verbs: readonly Verb[], at: number, who: Who): Around {
      const start = at === 0 ? `because ${who} ` : 'and ';
      const verb = verbs[at] === verbs[at - 1] ? '' : `${VERBS[verbs[at]]} `;
      return {
        before: `${start}${verb}`,
        closing: '\u00a0',
        after: at + 1 < verbs.length ? ' ' : '',
      };
    },
  },
  rules: {
    summary: 'Rules',
    usual: 'all kinds, first seasons first',
    reset: 'Reset the rules',
    names: {
      types: 'types',
      genres: 'genres',
      years: 'years',
      episodes: 'episodes',
      length: 'length of an episode',
      score: 'score',
      airing: 'finished or airing',
      studios: 'studios',
      themes: 'themes',
      age: 'age rating',
      laterParts: 'later parts',
      dropped: 'dropped titles',
      extras: 'extras',
      unaired: 'unaired titles',
      members: 'popularity floor',
      niche: 'popularity',
      variety: 'variety',
      prerequisites: 'first seasons',
      franchise: 'one per story',
      familiar: 'classics too',
      planned: 'planned titles',
      adult: '18+',
    },
    kind: 'Kind',
    genres: 'Genres',
    anyGenre: 'any',
    genreHint: 'Once: only with it. Twice: never.',
    genreState: { in: 'only with', out: 'never', any: 'either way' },
    genreLabel: (genre: string, state: string) => `${genre}: ${state}`,
    years: 'Years',
    from: 'from',
    to: 'to',
    yearFrom: 'Year from',
    yearTo: 'Year to',
    known: 'How well known',
    popular: 'popular',
    niche: 'niche',
    variety: 'Variety',
    closest: 'closest',
    varied: 'varied',
    between: (value: number, low: string, high: string) => `${value} from ${low} to ${high}`,
    prerequisites: 'First seasons first',
    franchise: 'One per story',
    familiar: 'I may not have seen the classics',
    planned: 'Also what I plan to watch',
    adult: '18+',
    ageQuestion:
      'Adult titles stay out of every list until you say, once, that you are old enough.',
    ofAge: 'I am 18 or older',
    notOfAge: 'Leave them out',
    members: 'On lists',
    anyMembers: 'any number',
    atLeast: (count: number) => `${number(count)} or more`,
    nothingLeft: 'Nothing left to recommend from these picks. Add another title you love?',
    loosen: (filters: readonly string[]) =>
      `Nothing left with these filters. Loosen ${or(filters)}?`,
  },
  sheet: {
    label: 'About a title',
    close: 'Close',
    opening: 'Opening the title.',
    unknown: (animeId: number) => `There is no title ${animeId} in this catalogue.`,
    back: 'Back to the list',
    score: 'Score',
    noSynopsis: 'Nobody has written a synopsis yet.',
    externalLinks: 'Also at',
    order: 'Watch order',
    here: 'You are here',
  },
  similar: {
    heading: 'Similar titles',
    label: 'Similar by',
    tabs: { hybrid: 'Both', collaborative: 'People', content: 'Content' },
    notes: {
      hybrid: 'What people who like it also like, and what is made of the same things.',
      collaborative: 'What people who like it also like.',
      content: 'Made of the same things: genres, studio, source, story.',
    },
    nothing: 'Nothing stands close to this title yet.',
  },
  verdict: {
    about: (title: string) => `About ${title}`,
    more: 'About this title',
    yours: (title: string) => `Your score for ${title}`,
    menu: {
      love: 'Love it',
      like: 'Like it',
      fine: 'It was fine',
      dislike: 'Did not like it',
      seen: 'Seen, no score',
      plan: 'Plan to watch',
      no: 'Not for me',
    },
    options: { seen: 'seen', plan: 'plan', no: 'not for me' },
    labels: { seen: 'seen', plan: 'planned', no: 'not for me' },
    scored: (score: number) => `${score} of 10`,
    toast: {
      seen: 'Marked as seen',
      plan: 'On your plan',
      no: 'Not for you, noted',
    },
    toastScored: (score: number) => `Scored ${score}`,
    /** between the text and the title */
    toastColon: ': ',
    undo: 'Undo',
  },
  notice: {
    learned: (people: string, count: string) =>
      `Learned from the lists of ${people} people and ${count} titles.`,
    sample: 'Sample data: synthetic people, real titles.',
    /** text before, between and after the two commands */
    sampleNext: [
      'For recommendations from real people, run ',
      ', then ',
      ' with the file it names.',
    ],
    borrowed: 'These picks came with the link. Yours are safe in this browser.',
    leave: 'Back to mine',
    adopt: 'Keep these instead',
  },
  errors: {
    retry: 'Try again',
    learning: 'Osusume is still learning from its data. The page continues by itself.',
    offline: 'You are offline. The page asks again once you are back.',
    gone: 'The server does not answer. The page keeps asking.',
    /** before the server's message, which is in English */
    refused: '',
    unreadable: 'The server sent something that this page does not understand. Reload the page.',
  },
  facts: {
    sentence: factsSentence,
    crowd: crowdSentence,
    /** used in the line of facts */
    types: {
      TV: 'TV',
      Movie: 'Film',
      OVA: 'OVA',
      ONA: 'ONA',
      Special: 'Special',
      Music: 'Music',
    } as Readonly<Record<string, string>>,
    year: (year: number) => String(year),
    episodes: (count: number) => `${count} ep`,
  },
  /** by the data set's name of a genre; those that are the same are left out */
  genres: {} as Readonly<Record<string, string>>,
};

export type Messages = typeof en;

export type Who = 'you' | 'they';
/** what the person did with a title that is a reason */
export type Verb = 'loved' | 'liked' | 'watched' | 'planned';
export interface Around {
  readonly before: string;
  readonly closing: string;
  readonly after: string;
}

const KNOWN = (well: boolean) =>
  well ? 'well known and loved by many' : 'liked by people of all tastes';

const MOVED: Readonly<Record<Who, Readonly<Record<Group, string>>>> = {
  you: {
    story: 'it continues a story you love',
    people: 'people with lists like yours liked it',
    kind: 'its kind and genres are yours',
    years: 'it is from the years you watch',
    known: 'it is widely known',
  },
  they: {
    story: 'it continues a story they love',
    people: 'people with lists like theirs liked it',
    kind: 'its kind and genres are theirs',
    years: 'it is from the years they watch',
    known: 'it is widely known',
  },
};

const VERBS: Readonly<Record<Verb, string>> = {
  loved: 'loved',
  liked: 'liked',
  watched: 'watched',
  planned: 'plan to watch',
};
