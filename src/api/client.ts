/**
 * A client for portals, in Node and in browsers: `new OsusumeClient('https://osusume.example').recommend({ ratings })`.
 * Its types are the server's own schemas; it needs nothing but `fetch`.
 */
import type { Static } from 'typebox';
import type {
  BatchLine,
  BundleFacts,
  Person,
  Posters,
  Recommendations,
  SimilarTitles,
  Starters,
  Title,
  Titles,
} from './answer-schemas.ts';
import type { ImportsSchema, PreviewSchema } from './import-schemas.ts';
import { linesOf } from './lines.ts';
import { BrokenOffError, problemFrom, UnreachableError } from './problem-error.ts';
import type {
  BatchProfile,
  MapQuery,
  RecommendationsBody,
  SearchQuery,
  SimilarQuery,
  StartersQuery,
  TasteBody,
  UserQuery,
  UserRecommendationsQuery,
} from './schemas.ts';
import type { MapSchema, TasteSchema } from './taste-schemas.ts';
import type { ChatBody, ChatSchema, ExplanationBody, ExplanationSchema } from './words-schemas.ts';

export type {
  BatchLine,
  BundleFacts,
  Card,
  Person,
  Posters,
  ProblemBody,
  Recommendation,
  Recommendations,
  SimilarTitles,
  Starters,
  Title,
  Titles,
} from './answer-schemas.ts';
export { BrokenOffError, ProblemError, UnreachableError } from './problem-error.ts';
export type { BatchProfile, RecommendationsBody } from './schemas.ts';

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
export type SearchOptions = Omit<Static<typeof SearchQuery>, 'query'>;
export type SimilarOptions = Static<typeof SimilarQuery>;
export type StartersOptions = Static<typeof StartersQuery>;
export type UserOptions = Static<typeof UserQuery>;
export type UserRecommendationsOptions = Static<typeof UserRecommendationsQuery>;
export type MapOptions = Static<typeof MapQuery>;
export type TasteRequest = Static<typeof TasteBody>;
export type ChatRequest = Static<typeof ChatBody>;
export type { ExplanationBody };
export type Taste = Static<typeof TasteSchema>;
export type TitleMap = Static<typeof MapSchema>;
export type Explanation = Static<typeof ExplanationSchema>;
export type Wish = Static<typeof ChatSchema>;
export type Imports = Static<typeof ImportsSchema>;
/** What a list from elsewhere comes to. */
export type ListPreview = Static<typeof PreviewSchema>;
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

  getSimilarAnime(
    animeId: number,
    options: SimilarOptions = {},
    ask?: Ask,
  ): Promise<SimilarTitles> {
    return this.#get(`api/anime/${animeId}/similar`, options, ask);
  }

  getStarters(options: StartersOptions = {}, ask?: Ask): Promise<Starters> {
    return this.#get('api/starters', options, ask);
  }

  /** The list of a person of the data set: whole, or a page of it. */
  getUser(userId: number, options: UserOptions = {}, ask?: Ask): Promise<Person> {
    return this.#get(`api/users/${userId}`, options, ask);
  }

  getUserRecommendations(
    userId: number,
    options: UserRecommendationsOptions = {},
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
  chat(request: ChatRequest, ask?: Ask): Promise<Wish> {
    return this.#post('api/chat', request, ask).then(read<Wish>);
  }

  /** What a list says about a taste, against everyone. */
  getTaste(request: TasteRequest, ask?: Ask): Promise<Taste> {
    return this.#post('api/taste', request, ask).then(read<Taste>);
  }

  /** Where all titles stand on the map; 404 where none has been made. */
  getMap(options: MapOptions = {}, ask?: Ask): Promise<TitleMap> {
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
