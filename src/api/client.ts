/**
 * The client, in Node and in browsers: `new OsusumeClient('https://osusume.example').recommend({ ratings })`.
 * Its types are those of the schemas that the server checks; it needs nothing but `fetch`.
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
import type { Explanation, ExplanationBody, ExplanationEvent } from './explanations.ts';
import type { GraphqlAnswer } from './graphql.ts';
import { type ClientOptions, Connection, type RequestOptions } from './http/connection.ts';
import { BrokenOffError } from './http/errors.ts';
import { eventsOf, linesOf } from './http/streams.ts';
import type { FileQuery, Imports, ListPreview } from './imports.ts';
import type { MapQuery, TitleMap } from './map.ts';
import type { Opinion, OpinionBody } from './opinions.ts';
import type { Posters } from './posters.ts';
import type {
  BatchLine,
  BatchProfile,
  Recommendations,
  RecommendationsBody,
} from './recommendations.ts';
import type { ShareQuery } from './share.ts';
import type { Shelves, ShelvesBody } from './shelves.ts';
import type { Taste, TasteBody } from './taste.ts';
import type { Person, UserQuery, UserRecommendationsQuery } from './users.ts';

export type {
  Brief,
  Card,
  SimilarQuery,
  SimilarTitles,
  Starters,
  StoryPart,
  Title,
  Titles,
} from './anime.ts';
export type { BundleFacts } from './bundle.ts';
export type { ChatAnswer, ChatBody } from './chat.ts';
export type { Explanation, ExplanationBody, ExplanationEvent } from './explanations.ts';
export type { GraphqlAnswer } from './graphql.ts';
export type { ClientOptions, RequestOptions } from './http/connection.ts';
export {
  BrokenOffError,
  isNotFound,
  isNotReady,
  isTemporary,
  ProblemError,
  UnreachableError,
} from './http/errors.ts';
export type { FileQuery, Imports, ListPreview } from './imports.ts';
export type { TitleMap } from './map.ts';
export type { Opinion, OpinionBody } from './opinions.ts';
export type { Posters } from './posters.ts';
export type { ProblemBody } from './problem.ts';
export type { Rating, StatusName } from './ratings.ts';
export type {
  BatchLine,
  BatchProfile,
  Because,
  Recommendation,
  Recommendations,
  RecommendationsBody,
} from './recommendations.ts';
export type { RulesBody } from './rules.ts';
export type { ShareQuery } from './share.ts';
export type { Shelf, Shelves, ShelvesBody } from './shelves.ts';
export type { Taste, TasteBody } from './taste.ts';
export type { Person } from './users.ts';

export type SearchOptions = Omit<SearchQuery, 'query'>;
/** Options for every profile of a batch that does not set its own. */
export type BatchOptions = Omit<RecommendationsBody, 'ratings'>;

/** Each method throws a ProblemError when the server refuses, and an UnreachableError when it does not answer. */
export class OsusumeClient {
  readonly #server: Connection;

  /** @param base the address of the server, such as https://osusume.example or https://portal.example/anime/ */
  constructor(base: string | URL, options?: ClientOptions) {
    this.#server = new Connection(base, options);
  }

  /** Titles by name, in any language; without a query the most listed ones. */
  searchAnime(query = '', options: SearchOptions = {}, request?: RequestOptions): Promise<Titles> {
    return this.#server.get('api/anime', { query: query || undefined, ...options }, request);
  }

  getAnime(animeId: number, request?: RequestOptions): Promise<Title> {
    return this.#server.get(`api/anime/${animeId}`, {}, request);
  }

  getSimilarAnime(
    animeId: number,
    options: SimilarQuery = {},
    request?: RequestOptions,
  ): Promise<SimilarTitles> {
    return this.#server.get(`api/anime/${animeId}/similar`, options, request);
  }

  getStarters(options: StartersQuery = {}, request?: RequestOptions): Promise<Starters> {
    return this.#server.get('api/starters', options, request);
  }

  /** The list of a person of the data set: whole, or a page of it. */
  getUser(userId: number, options: UserQuery = {}, request?: RequestOptions): Promise<Person> {
    return this.#server.get(`api/users/${userId}`, options, request);
  }

  getUserRecommendations(
    userId: number,
    options: UserRecommendationsQuery = {},
    request?: RequestOptions,
  ): Promise<Recommendations> {
    return this.#server.get(`api/users/${userId}/recommendations`, options, request);
  }

  /** Which posters the server has; those that it has not are fetched from now on. */
  getPosters(animeIds: readonly number[], request?: RequestOptions): Promise<Posters> {
    return this.#server.get('api/posters', { ids: animeIds.join(',') }, request);
  }

  /** null = not yet: ask again in a few seconds. */
  async getPoster(animeId: number, request?: RequestOptions): Promise<Blob | null> {
    const response = await this.#server.fetch(this.posterUrl(animeId), {}, request);
    return response.status === 202 ? null : response.blob();
  }

  /** Where the picture is, once the server has it. */
  posterUrl(animeId: number): URL {
    return this.#server.url(`api/anime/${animeId}/poster`);
  }

  /** The picture that sites show of a shared link: PNG, 1200 × 630 pixels. */
  async getSharePicture(query: ShareQuery, request?: RequestOptions): Promise<Blob> {
    const fields = Object.entries(query).filter(([, value]) => value !== undefined);
    const search = new URLSearchParams(fields.map(([name, value]) => [name, String(value)]));
    const url = this.#server.url(`api/share/picture?${search}`);
    return (await this.#server.fetch(url, {}, request)).blob();
  }

  getBundle(request?: RequestOptions): Promise<BundleFacts> {
    return this.#server.get('api/bundle', {}, request);
  }

  recommend(body: RecommendationsBody, request?: RequestOptions): Promise<Recommendations> {
    return this.#server.post('api/recommendations', body, request);
  }

  /** Recommendations by what they are for; no title is on two shelves. */
  getShelves(body: ShelvesBody, request?: RequestOptions): Promise<Shelves> {
    return this.#server.post('api/shelves', body, request);
  }

  /**
   * Lists for up to 1,000 profiles, one after another as they are made. The server stops when the reader does.
   * @throws BrokenOffError when the answer ends before all profiles have theirs
   */
  async *recommendBatch(
    profiles: readonly BatchProfile[],
    options: BatchOptions = {},
    request?: RequestOptions,
  ): AsyncGenerator<BatchLine> {
    const body = { profiles, ...options };
    const type = 'application/x-ndjson';
    const response = await this.#server.stream('api/recommendations:batch', body, type, request);
    let answered = 0;
    for await (const line of linesOf(response)) {
      yield JSON.parse(line) as BatchLine;
      answered++;
    }
    request?.signal?.throwIfAborted();
    if (answered < profiles.length) throw new BrokenOffError(answered, profiles.length);
  }

  /** Why a title is recommended, in words. */
  explain(body: ExplanationBody, request?: RequestOptions): Promise<Explanation> {
    return this.#server.post('api/explanations', body, request);
  }

  /**
   * The same while it is written: first the facts, then text, then who wrote it.
   * @throws BrokenOffError when the answer ends without an "end"
   */
  async *explainEvents(
    body: ExplanationBody,
    request?: RequestOptions,
  ): AsyncGenerator<ExplanationEvent> {
    const type = 'text/event-stream';
    const response = await this.#server.stream('api/explanations', body, type, request);
    let ended = false;
    for await (const event of eventsOf(response)) {
      ended ||= event.event === 'end';
      yield event as ExplanationEvent;
    }
    request?.signal?.throwIfAborted();
    if (!ended) throw new BrokenOffError(0, 1, 'The explanation broke off; ask again');
  }

  /** Whether the owner of a list would like a title: the expected score, and what speaks for and against. */
  getOpinion(animeId: number, body: OpinionBody, request?: RequestOptions): Promise<Opinion> {
    return this.#server.post(`api/anime/${animeId}/opinion`, body, request);
  }

  /** A wish in words: what was understood of it, and a list. */
  chat(body: ChatBody, request?: RequestOptions): Promise<ChatAnswer> {
    return this.#server.post('api/chat', body, request);
  }

  /** What a list says about its owner's taste, compared with everyone. */
  getTaste(body: TasteBody, request?: RequestOptions): Promise<Taste> {
    return this.#server.post('api/taste', body, request);
  }

  /** Where all titles stand on the map; 404 where none has been made. */
  getMap(options: MapQuery = {}, request?: RequestOptions): Promise<TitleMap> {
    return this.#server.get('api/map', options, request);
  }

  /** What kinds of lists can be imported into this server. */
  getImports(request?: RequestOptions): Promise<Imports> {
    return this.#server.get('api/import', {}, request);
  }

  /**
   * A list: a file, a text, or the address of a profile at AniList or MyAnimeList. What it is, the server finds out.
   * @param options the scale of its scores, where another one was found than it has
   */
  importList(
    list: Blob | string,
    options: FileQuery = {},
    request?: RequestOptions,
  ): Promise<ListPreview> {
    const query = options.scale ? `?scale=${options.scale}` : '';
    return this.#server.send(`api/import/list${query}`, list, request);
  }

  /** The same, of a file. */
  importFile(file: Blob, request?: RequestOptions): Promise<ListPreview> {
    return this.importList(file, {}, request);
  }

  /** @param file a MyAnimeList export, .xml or .xml.gz */
  importMalXml(file: Blob | string, request?: RequestOptions): Promise<ListPreview> {
    return this.#server.send('api/import/mal-xml', file, request);
  }

  /** @param file a CSV with MyAnimeList ids */
  importCsv(file: Blob | string, request?: RequestOptions): Promise<ListPreview> {
    return this.#server.send('api/import/csv', file, request);
  }

  importAniList(name: string, request?: RequestOptions): Promise<ListPreview> {
    return this.#server.get(`api/import/anilist/${encodeURIComponent(name)}`, {}, request);
  }

  importMyAnimeList(name: string, request?: RequestOptions): Promise<ListPreview> {
    return this.#server.get(`api/import/myanimelist/${encodeURIComponent(name)}`, {}, request);
  }

  /** @param query in the language of GraphQL; the schema is at /graphql */
  graphql(
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    request?: RequestOptions,
  ): Promise<GraphqlAnswer> {
    return this.#server.post('graphql', { query, variables }, request);
  }
}
