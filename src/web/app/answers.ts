/** Answers arrive as unknown JSON; each reader returns what the page needs or says what is wrong with it. */

export interface Anime {
  readonly animeId: number;
  readonly title: string;
  readonly titleEnglish: string | null;
  readonly titleJapanese: string | null;
  readonly type: string | null;
  readonly episodes: number | null;
  readonly year: number | null;
  readonly season: string | null;
  readonly genres: readonly string[];
  readonly studios: readonly string[];
  readonly members: number;
  readonly meanScore: number | null;
  readonly synopsis: string | null;
  readonly source: string | null;
  readonly adult: boolean;
  readonly franchiseName: string | null;
}

export interface Reason {
  readonly animeId: number;
  readonly title: string;
  /** of the recommendation's score, 0–1 */
  readonly share: number;
}

export interface Recommended {
  readonly anime: Anime;
  readonly because: readonly Reason[];
  /** the title whose place it takes: this one is to be seen before it */
  readonly insteadOf: { readonly animeId: number; readonly title: string } | null;
}

export interface Title {
  readonly anime: Anime;
  /** the whole story in watch order, this title included; empty when it stands alone */
  readonly franchiseTitles: readonly Anime[];
}

export interface Person {
  readonly userId: number;
  readonly ratings: readonly { anime: Anime; rating: number | null; status: string }[];
}

export interface BundleFacts {
  readonly synthetic: boolean;
  readonly name: string;
  readonly people: number | null;
  readonly titles: number | null;
  readonly interactions: number | null;
  /** of all its titles; empty when it does not say */
  readonly genres: readonly string[];
}

export interface PosterStates {
  /** false: the server fetches no posters */
  readonly on: boolean;
  readonly states: ReadonlyMap<number, 'ready' | 'coming' | 'none'>;
}

/** The server answered with something else than it should; the message is for whoever looks into it. */
export class UnreadableError extends TypeError {
  override readonly name = 'UnreadableError';
}

export type Fields = Record<string, unknown>;

export function readAnime(value: unknown): Anime {
  const fields = fieldsOf(value, 'a title');
  const animeId = fields.animeId;
  const title = fields.title;
  if (typeof animeId !== 'number' || typeof title !== 'string') {
    throw new UnreadableError('The server sent a title without animeId or title.');
  }
  const franchise = isFields(fields.franchise) ? fields.franchise : {};
  return {
    animeId,
    title,
    titleEnglish: text(fields.titleEnglish),
    titleJapanese: text(fields.titleJapanese),
    type: text(fields.type),
    episodes: number(fields.episodes),
    year: number(fields.year),
    season: text(fields.season),
    genres: texts(fields.genres),
    studios: texts(fields.studios),
    members: number(fields.members) ?? 0,
    meanScore: number(fields.meanScore),
    synopsis: text(fields.synopsis),
    source: text(fields.source),
    adult: fields.adult === true,
    franchiseName: text(franchise.name),
  };
}

/** `{items: […]}`, each item through `readItem`. */
export function readItems<T>(value: unknown, readItem: (item: Fields) => T): T[] {
  return listOf(value, 'items').map((item) => readItem(fieldsOf(item, 'an item')));
}

export function readRecommended(value: unknown): Recommended {
  const fields = fieldsOf(value, 'a recommendation');
  const because = Array.isArray(fields.because) ? fields.because : [];
  const later = isFields(fields.insteadOf) ? fields.insteadOf : {};
  const animeId = number(later.animeId);
  const title = text(later.title);
  return {
    anime: readAnime(fields.anime),
    because: because.map(readReason),
    insteadOf: animeId !== null && title !== null ? { animeId, title } : null,
  };
}

export function readReason(value: unknown): Reason {
  const fields = fieldsOf(value, 'a reason');
  return {
    animeId: number(fields.animeId) ?? 0,
    title: text(fields.title) ?? '',
    share: number(fields.share) ?? 0,
  };
}

export function readTitle(value: unknown): Title {
  const titles = fieldsOf(value, 'a title').franchiseTitles;
  return {
    anime: readAnime(value),
    franchiseTitles: Array.isArray(titles) ? titles.map(readAnime) : [],
  };
}

export function readPerson(value: unknown): Person {
  const userId = number(fieldsOf(value, 'a person').userId);
  if (userId === null) throw new UnreadableError('The server sent a person without userId.');
  const ratings = listOf(value, 'ratings').map((entry) => {
    const fields = fieldsOf(entry, 'a rating');
    const status = text(fields.status) ?? 'completed';
    return { anime: readAnime(fields.anime), rating: number(fields.rating) || null, status };
  });
  return { userId, ratings };
}

export function readBundle(value: unknown): BundleFacts {
  const fields = fieldsOf(value, 'a bundle');
  const origin = isFields(fields.origin) ? fields.origin : {};
  return {
    synthetic: origin.synthetic === true,
    name: text(origin.name) ?? 'unnamed data',
    people: number(fields.people),
    titles: number(fields.titles),
    interactions: number(fields.interactions),
    genres: texts(fields.genres),
  };
}

export function readPosters(value: unknown): PosterStates {
  const states = readItems(value, ({ animeId, state }) => {
    const known = state === 'ready' || state === 'coming' ? state : 'none';
    return [number(animeId) ?? 0, known] as const;
  });
  return { on: fieldsOf(value, 'posters').posters === 'on', states: new Map(states) };
}

/** The sentence of a problem+json answer, or a plain one when there is none. */
export function readProblem(value: unknown, status: number): string {
  const fields = isFields(value) ? value : {};
  return (
    text(fields.detail) ??
    text(fields.title) ??
    `The server refused the request (status ${status}).`
  );
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function fieldsOf(value: unknown, what: string): Fields {
  if (isFields(value)) return value;
  throw new UnreadableError(`The server sent something that is not ${what}.`);
}

export function listOf(value: unknown, name: string): unknown[] {
  const list = fieldsOf(value, 'a list')[name];
  if (Array.isArray(list)) return list;
  throw new UnreadableError(`The server sent an answer without ${name}.`);
}

export function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function number(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((entry) => typeof entry === 'string') : [];
}
