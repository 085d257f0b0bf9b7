/** The element's texts, in the languages of the page. */

export interface Messages {
  readonly label: string;
  readonly loading: string;
  readonly empty: string;
  readonly failed: string;
  readonly unreadable: string;
  readonly again: string;
  readonly type: (type: string) => string;
  readonly episodes: (count: number) => string;
  readonly percent: (value: number) => string;
  /** @param causes titles with their shares, strongest first; none = many small hints */
  readonly because: (causes: readonly (readonly [title: string, share: string])[]) => string;
  readonly before: (title: string) => string;
}

const en: Messages = {
  label: 'Recommended anime',
  loading: 'Looking for something you would like',
  empty: 'Nothing to recommend from this list yet. One more favourite may be enough.',
  failed: 'The recommendations did not arrive.',
  unreadable: 'This list of favourites cannot be read.',
  again: 'Try again',
  type: (type) => (type === 'Movie' ? 'Film' : type),
  episodes: (count) => (count === 1 ? '1\u00a0episode' : `${count}\u00a0episodes`),
  percent: (value) => `${value}\u00a0%`,
  because(causes) {
    if (causes.length === 0) return 'many small hints add up';
    return `because of ${causes.map(([title, share]) => `${title}\u00a0${share}`).join(' and ')}`;
  },
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
  failed: 'おすすめを受け取れませんでした。',
  unreadable: 'お気に入りのリストを読み取れません。',
  again: 'もう一度試す',
  type: (type) => TYPES[type] ?? type,
  episodes: (count) => `全${count}話`,
  percent: (value) => `${value}%`,
  because(causes) {
    if (causes.length === 0) return '小さな手がかりの積み重ねから';
    return `${causes.map(([title, share]) => `「${title}」${share}`).join('と')}の好みから`;
  },
  before: (title) => `「${title}」より先に見る作品`,
};

/** @param language as in a lang attribute: "ja", "en-GB" */
export function messagesIn(language: string): Messages {
  return /^ja\b/i.test(language) ? ja : en;
}
