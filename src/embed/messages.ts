/** The element's texts, in the languages of the page. */
import type { Recommendation } from '../api/client.ts';

/** Features by which the second stage moved a title. */
export type Group = NonNullable<Recommendation['order']>['shown'][number];

export interface Messages {
  readonly label: string;
  readonly loading: string;
  readonly empty: string;
  /** nothing fits the rules */
  readonly unfit: string;
  /** over a list for nobody in particular */
  readonly anyone: string;
  /** leads to the page with the same list */
  readonly whole: string;
  readonly failed: string;
  readonly unreadable: string;
  readonly again: string;
  readonly type: (type: string) => string;
  readonly episodes: (count: number) => string;
  readonly percent: (value: number) => string;
  /** @param causes titles with their shares of the score, strongest first; at least one */
  readonly because: (causes: readonly (readonly [title: string, share: string])[]) => string;
  /** @param well many have it on their lists */
  readonly known: (share: string, well: boolean) => string;
  /** two reasons, the stronger one first */
  readonly both: (first: string, second: string) => string;
  readonly hints: string;
  readonly little: string;
  readonly moved: Readonly<Record<Group, string>>;
  readonly withMoved: (reason: string, moved: string) => string;
  readonly before: (title: string) => string;
}

const en: Messages = {
  label: 'Recommended anime',
  loading: 'Looking for something you would like',
  empty: 'Nothing to recommend from this list yet. One more favourite may be enough.',
  unfit: 'Nothing left fits these rules.',
  anyone: 'Liked by many. No favourites are named here, so this list is the same for everyone.',
  whole: 'Go on from this list',
  failed: 'The recommendations did not arrive.',
  unreadable: 'This list of favourites cannot be read.',
  again: 'Try again',
  type: (type) => (type === 'Movie' ? 'Film' : type),
  episodes: (count) => (count === 1 ? '1\u00a0episode' : `${count}\u00a0episodes`),
  percent: (value) => `${value}\u00a0%`,
  because: (causes) =>
    `because of ${causes.map(([title, share]) => `${title}\u00a0${share}`).join(' and ')}`,
  known: (share, well) =>
    `${well ? 'well known and loved by many' : 'liked by people of all tastes'}\u00a0${share}`,
  both: (first, second) => `${first}, and ${second}`,
  hints: 'many small hints add up',
  little: 'the best of what is left',
  moved: {
    story: 'it continues a story you love',
    people: 'people with lists like yours liked it',
    kind: 'its kind and genres are yours',
    years: 'it is from the years you watch',
    known: 'it is widely known',
  },
  withMoved: (reason, moved) => `${reason}; ${moved}`,
  before: (title) => `to be seen before ${title}`,
};

/** The same words as on the page. */
const TYPES: Readonly<Record<string, string>> = {
  TV: 'テレビ',
  Movie: '映画',
  ONA: 'ウェブ',
  Special: 'スペシャル',
  Music: '音楽',
};

const ja: Messages = {
  label: 'おすすめのアニメ',
  loading: '好みに合いそうな作品を探しています',
  empty: 'このリストからはまだおすすめが見つかりません。好きな作品をもう一つ加えてみてください。',
  unfit: 'この条件に合う作品は残っていません。',
  anyone:
    '多くの人に好かれている作品です。お気に入りの指定がないため、誰にでも同じものが表示されます。',
  whole: 'このリストの続きを見る',
  failed: 'おすすめを受け取れませんでした。',
  unreadable: 'お気に入りのリストを読み取れません。',
  again: 'もう一度試す',
  type: (type) => TYPES[type] ?? type,
  episodes: (count) => `全${count}話`,
  percent: (value) => `${value}%`,
  because: (causes) =>
    `${causes.map(([title, share]) => `「${title}」${share}`).join('と')}の好みから`,
  known: (share, well) =>
    `${well ? '広く愛されている' : '好みを問わず好かれている'}作品（${share}）`,
  both: (first, second) => `${first}。さらに${second}`,
  hints: '小さな手がかりの積み重ねから',
  little: '残った中ではいちばん合う作品',
  moved: {
    story: '好きな物語の続き',
    people: '似たリストの人たちに好評',
    kind: '種類とジャンルが好みどおり',
    years: 'よく見る年代の作品',
    known: '広く知られた作品',
  },
  withMoved: (reason, moved) => `${reason}。${moved}`,
  before: (title) => `「${title}」より先に見る作品`,
};

/** @param language as in a lang attribute: "ja", "en-GB" */
export function messagesIn(language: string): Messages {
  return /^ja\b/i.test(language) ? ja : en;
}
