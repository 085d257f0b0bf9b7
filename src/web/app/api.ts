/** The server's answers: what the page asks for, and what it takes from an answer after checking it. */
import type { SimilarQuery } from '../../api/client.ts';
import type { Asked } from '../picks/picks.ts';
import { ratingOf } from '../picks/picks.ts';
import { type Rules, rulesForRequest } from '../rules/rules.ts';
import {
  type Anime,
  type BundleFacts,
  type Person,
  type PosterStates,
  type Recommended,
  readAnime,
  readBundle,
  readItems,
  readPerson,
  readPosters,
  readProblem,
  readRecommended,
  readTitle,
  type Title,
} from './answers.ts';

/** The server answered, but not with what was asked: its own words say why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** No answer at all: offline, or the server is gone. */
export class UnreachableError extends Error {
  override readonly name: string = 'UnreachableError';
}

/** The server runs but has no bundle yet: the first one is being made. */
export class NotReadyError extends UnreachableError {
  override readonly name = 'NotReadyError';
}

export type SimilarBy = NonNullable<SimilarQuery['by']>;

export async function searchAnime(
  query: string,
  limit: number,
  signal: AbortSignal,
): Promise<Anime[]> {
  const path = `/api/anime?query=${encodeURIComponent(query)}&limit=${limit}`;
  return readItems(await ask(path, signal), readAnime);
}

export async function getAnime(animeId: number, signal: AbortSignal): Promise<Title> {
  return readTitle(await ask(`/api/anime/${animeId}`, signal));
}

export async function getSimilar(
  animeId: number,
  by: SimilarBy,
  limit: number,
  signal: AbortSignal,
): Promise<Anime[]> {
  const path = `/api/anime/${animeId}/similar?by=${by}&limit=${limit}`;
  return readItems(await ask(path, signal), (item) => readAnime(item.anime));
}

export async function getStarters(limit: number, signal: AbortSignal): Promise<Anime[]> {
  return readItems(await ask(`/api/starters?limit=${limit}`, signal), readAnime);
}

export async function getPerson(userId: number, signal: AbortSignal): Promise<Person> {
  return readPerson(await ask(`/api/users/${userId}`, signal));
}

export async function getBundle(signal: AbortSignal): Promise<BundleFacts> {
  return readBundle(await ask('/api/bundle', signal));
}

export async function getPosters(animeIds: readonly number[]): Promise<PosterStates> {
  const { signal } = new AbortController();
  return readPosters(await ask(`/api/posters?ids=${animeIds.join()}`, signal));
}

export async function recommend(
  { picks, whole, without }: Asked,
  rules: Rules,
  limit: number,
  signal: AbortSignal,
): Promise<Recommended[]> {
  const body = {
    ratings: picks.map(ratingOf),
    whole,
    limit,
    rules: rulesForRequest(rules, without),
    because: 3,
  };
  return readItems(await ask('/api/recommendations', signal, body), readRecommended);
}

/**
 * @param body sent as JSON, a file as it is
 * @param key of the operators, where one is needed
 */
export async function ask(
  path: string,
  signal: AbortSignal,
  body?: object,
  key?: string,
): Promise<unknown> {
  const response = await answerTo(path, signal, body, { key });
  const json: unknown = await response.json().catch(() => null);
  if (response.ok && json !== null) return json;
  if (response.status === 503) throw new NotReadyError(`${path} has no bundle to answer from`);
  // A gateway in front of a server that is gone answers in HTML: no words of ours to show.
  if (json === null && (response.ok || response.status >= 502)) {
    throw new UnreachableError(`${path} was not answered (status ${response.status})`);
  }
  throw new RefusedError(response.status, readProblem(json, response.status));
}

export interface AnswerOptions {
  /** what kind of answer is wanted; default: JSON */
  readonly accept?: string;
  /** of the operators, where one is needed */
  readonly key?: string;
}

export async function answerTo(
  path: string,
  signal: AbortSignal,
  body?: object,
  options: AnswerOptions = {},
): Promise<Response> {
  try {
    return await fetch(path, { ...requestOf(body, options), signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new UnreachableError(`${path} was not answered`, { cause: error });
  }
}

function requestOf(body: object | undefined, { accept, key }: AnswerOptions): RequestInit {
  const headers: Record<string, string> = { accept: accept ?? 'application/json' };
  if (key) headers.authorization = `Bearer ${key}`;
  if (body === undefined) return { headers };
  if (body instanceof Blob) return { method: 'POST', body, headers };
  headers['content-type'] = 'application/json';
  return { method: 'POST', body: JSON.stringify(body), headers };
}
