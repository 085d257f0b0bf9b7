/**
 * A client for portals, in Node and in browsers: `new OsusumeClient('https://osusume.example').recommend({ ratings })`.
 * Its types are the server's own schemas; it needs nothing but `fetch`.
 */
import type {
  SearchQuery,
  SimilarQuery,
  SimilarTitles,
  Starters,
  StartersQuery,
  Title,
  Titles,
} from './anime.ts';
import type { BundleFacts } from './bundle.ts';
import type { ChatAnswer, ChatBody } from './chat.ts';
import { BrokenOffError, problemFrom, UnreachableError } from './errors.ts';
import type { Explanation, ExplanationBody } from './explanations.ts';
import type { Imports, ListPreview } from './imports.ts';
import { linesOf } from './lines.ts';
import type { MapQuery, TitleMap } from './map.ts';
import type { Posters } from './posters.ts';
import type {
  BatchLine,
  BatchProfile,
  Recommendations,
  RecommendationsBody,
} from './recommendations.ts';
import type { Taste, TasteBody } from './taste.ts';
import type { Person, UserQuery, UserRecommendationsQuery } from './users.ts';

export type { Card, SimilarQuery, SimilarTitles, Starters, Title, Titles } from './anime.ts';
export type { BundleFacts } from './bundle.ts';
export type { ChatAnswer, ChatBody } from './chat.ts';
export { BrokenOffError, ProblemError, UnreachableError } from './errors.ts';
export type { Explanation, ExplanationBody } from './explanations.ts';
export type { Imports, ListPreview } from './imports.ts';
export type { TitleMap } from './map.ts';
export type { Posters } from './posters.ts';
export type { ProblemBody } from './problem.ts';
export type {
  BatchLine,
  BatchProfile,
  Recommendation,
  Recommendations,
  RecommendationsBody,
} from './recommendations.ts';
export type { Taste, TasteBody } from './taste.ts';
export type { Person } from './users.ts';

export interface ClientOptions {
  /** default: the global one */
  readonly fetch?: typeof fetch;
  /** sent with every request */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What any request may have besides its own parameters. */
export interface Ask {
  readonly signal?: AbortSignal;
}
export type SearchOptions = Omit<SearchQuery, 'query'>;
/** What holds for every profile of a batch that does not say otherwise. */
export type BatchOptions = Omit<RecommendationsBody, 'ratings'>;

type Words = Readonly<Record<string, string | number | boolean | undefined>>;

/** Each method throws a ProblemError when the server says no, and an UnreachableError when it says nothing. */
export class OsusumeClient {
  readonly #base: URL;
  readonly #fetch: typeof fetch;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param base the address of the server, such as https://osusume.example or https://portal.example/anime/ */
  constructor(base: string | URL, options: ClientOptions = {}) {
    this.#base = new URL(base);
    if (!this.#base.pathname.endsWith('/')) this.#base.pathname += '/';
    this.#fetch = options.fetch ?? ((...request) => fetch(...request));
    this.#headers = options.headers ?? {};
  }

  /** Titles by name, in any language; without a query the most listed ones. */
  searchAnime(query = '', options: SearchOptions = {}, ask?: Ask): Promise<Titles> {
    return this.#get('api/anime', { query: query || undefined, ...options }, ask);
  }

  getAnime(animeId: number, ask?: Ask): Promise<Title> {
    return this.#get(`api/anime/${animeId}`, {}, ask);
  }

  getSimilarAnime(animeId: number, options: SimilarQuery = {}, ask?: Ask): Promise<SimilarTitles> {
    return this.#get(`api/anime/${animeId}/similar`, options, ask);
  }

  getStarters(options: StartersQuery = {}, ask?: Ask): Promise<Starters> {
    return this.#get('api/starters', options, ask);
  }

  /** The list of a person of the data set: whole, or a page of it. */
  getUser(userId: number, options: UserQuery = {}, ask?: Ask): Promise<Person> {
    return this.#get(`api/users/${userId}`, options, ask);
  }

  getUserRecommendations(
    userId: number,
    options: UserRecommendationsQuery = {},
    ask?: Ask,
  ): Promise<Recommendations> {
    return this.#get(`api/users/${userId}/recommendations`, options, ask);
  }

  /** Which posters the server has; those that it has not are fetched from now on. */
  getPosters(animeIds: readonly number[], ask?: Ask): Promise<Posters> {
    return this.#get('api/posters', { ids: animeIds.join(',') }, ask);
  }

  /** null = not yet: ask again in a few seconds. */
  async getPoster(animeId: number, ask?: Ask): Promise<Blob | null> {
    const response = await this.#ask(new URL(`api/anime/${animeId}/poster`, this.#base), {}, ask);
    return response.status === 202 ? null : response.blob();
  }

  getBundle(ask?: Ask): Promise<BundleFacts> {
    return this.#get('api/bundle', {}, ask);
  }

  recommend(request: RecommendationsBody, ask?: Ask): Promise<Recommendations> {
    return this.#post('api/recommendations', request, ask).then(read<Recommendations>);
  }

  /**
   * Lists for up to 1,000 profiles, one after another as they are made. Whoever stops reading stops the server.
   * @throws BrokenOffError when the answer ends before all profiles have theirs
   */
  async *recommendBatch(
    profiles: readonly BatchProfile[],
    options: BatchOptions = {},
    ask?: Ask,
  ): AsyncGenerator<BatchLine> {
    const response = await this.#post('api/recommendations:batch', { profiles, ...options }, ask);
    let answered = 0;
    for await (const line of linesOf(response)) {
      yield JSON.parse(line) as BatchLine;
      answered++;
    }
    ask?.signal?.throwIfAborted();
    if (answered < profiles.length) throw new BrokenOffError(answered, profiles.length);
  }

  /** Why a title is recommended, in words. */
  explain(request: ExplanationBody, ask?: Ask): Promise<Explanation> {
    return this.#post('api/explanations', request, ask).then(read<Explanation>);
  }

  /** A wish in words: what it was taken for, and a list. */
  chat(request: ChatBody, ask?: Ask): Promise<ChatAnswer> {
    return this.#post('api/chat', request, ask).then(read<ChatAnswer>);
  }

  /** What a list says about a taste, against everyone. */
  getTaste(request: TasteBody, ask?: Ask): Promise<Taste> {
    return this.#post('api/taste', request, ask).then(read<Taste>);
  }

  /** Where all titles stand on the map; 404 where none has been made. */
  getMap(options: MapQuery = {}, ask?: Ask): Promise<TitleMap> {
    return this.#get('api/map', options, ask);
  }

  /** What kinds of lists can be brought to this server. */
  getImports(ask?: Ask): Promise<Imports> {
    return this.#get('api/import', {}, ask);
  }

  /** @param file a MyAnimeList export, .xml or .xml.gz */
  importMalXml(file: Blob | string, ask?: Ask): Promise<ListPreview> {
    return this.#send('api/import/mal-xml', file, ask);
  }

  /** @param file a CSV with MyAnimeList ids */
  importCsv(file: Blob | string, ask?: Ask): Promise<ListPreview> {
    return this.#send('api/import/csv', file, ask);
  }

  importAniList(name: string, ask?: Ask): Promise<ListPreview> {
    return this.#get(`api/import/anilist/${encodeURIComponent(name)}`, {}, ask);
  }

  importMyAnimeList(name: string, ask?: Ask): Promise<ListPreview> {
    return this.#get(`api/import/myanimelist/${encodeURIComponent(name)}`, {}, ask);
  }

  /** A file, as it is. */
  #send<T>(path: string, file: Blob | string, ask?: Ask): Promise<T> {
    const headers = { 'content-type': 'application/octet-stream' };
    const init = { method: 'POST', body: file, headers };
    return this.#ask(new URL(path, this.#base), init, ask).then(read<T>);
  }

  #get<T>(path: string, words: Words, ask?: Ask): Promise<T> {
    const url = new URL(path, this.#base);
    for (const [name, value] of Object.entries(words))
      if (value !== undefined) url.searchParams.set(name, String(value));
    return this.#ask(url, {}, ask).then(read<T>);
  }

  #post(path: string, body: object, ask?: Ask): Promise<Response> {
    const headers = { 'content-type': 'application/json' };
    const init = { method: 'POST', body: JSON.stringify(body), headers };
    return this.#ask(new URL(path, this.#base), init, ask);
  }

  async #ask(url: URL, init: RequestInit, ask: Ask = {}): Promise<Response> {
    const headers = { ...this.#headers, ...init.headers };
    let response: Response;
    try {
      response = await this.#fetch(url, { ...init, headers, signal: ask.signal });
    } catch (error) {
      if (ask.signal?.aborted) throw error;
      throw new UnreachableError(url, { cause: error });
    }
    if (!response.ok) throw await problemFrom(response, url);
    return response;
  }
}

async function read<T>(response: Response): Promise<T> {
  return (await response.json()) as T;
}
