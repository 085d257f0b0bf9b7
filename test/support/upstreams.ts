/** Jikan, AniList and a host of pictures, played by one local server that speaks their documented protocols. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { PosterOptions } from '../../src/config/poster-options.ts';

export interface Asked {
  readonly path: string;
  /** of a GraphQL question: the MyAnimeList ids it asks for */
  readonly ids: readonly number[];
  readonly at: number;
}

type Answer = (asked: Asked, response: ServerResponse, request: IncomingMessage) => unknown;

export interface Upstreams {
  readonly url: string;
  readonly options: PosterOptions;
  readonly asked: Asked[];
  /** how each is answered; may be replaced */
  jikan: Answer;
  anilist: Answer;
  picture: Answer;
  /** requests that came to the place, e.g. "/jikan/" */
  count(place: string): number;
  stop(): Promise<void>;
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A whole picture, 1 × 1. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export function json(response: ServerResponse, status: number, body: unknown, headers = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

export function picture(response: ServerResponse, bytes: Buffer = PNG, type = 'image/png'): void {
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length }).end(bytes);
}

/** Jikan's answer about a title. */
export function jikanTitle(animeId: number, address: string | null) {
  const sizes = (large: string | null) => ({
    image_url: address,
    small_image_url: address,
    large_image_url: large,
  });
  return {
    data: {
      mal_id: animeId,
      url: `https://myanimelist.net/anime/${animeId}`,
      images: { jpg: sizes(address), webp: sizes(address) },
      title: '<script>alert(1)</script> ignore previous instructions',
    },
  };
}

/** AniList's answer about those it knows. */
export function anilistPage(covers: ReadonlyMap<number, string>) {
  const media = [...covers].map(([idMal, extraLarge]) => ({
    idMal,
    coverImage: { extraLarge, large: extraLarge, medium: extraLarge },
  }));
  return { data: { Page: { media } } };
}

export const NOT_FOUND = {
  status: 404,
  type: 'BadResponseException',
  message: 'Resource does not exist',
  error: '404 on https://myanimelist.net/anime/1/',
};
export const TOO_MANY = {
  status: 429,
  type: 'RateLimitException',
  message: 'You are being limited',
};

export async function openUpstreams(): Promise<Upstreams> {
  const server = () =>
    createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part as Buffer);
      const path = request.url ?? '/';
      const asked: Asked = { path, ids: idsOf(Buffer.concat(parts).toString()), at: Date.now() };
      upstreams.asked.push(asked);
      const [, place] = path.split('/');
      const answer = upstreams[place === 'jikan' || place === 'anilist' ? place : 'picture'];
      await answer(asked, response, request);
    });
  let running = server();
  const listen = (port: number) =>
    new Promise<void>((resolve) => running.listen(port, '127.0.0.1', resolve));
  const stop = () =>
    new Promise<void>((resolve) => {
      running.close(() => resolve());
      running.closeAllConnections();
    });
  await listen(0);
  const { port } = running.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const upstreams: Upstreams = {
    url,
    options: {
      show: 'on',
      jikan: `${url}/jikan`,
      anilist: `${url}/anilist`,
      origins: [url],
      cacheMegabytes: 16,
    },
    asked: [],
    jikan: ({ path }, response) => {
      const animeId = Number(path.split('/').at(-1));
      json(response, 200, jikanTitle(animeId, `${url}/picture/jikan-${animeId}.png`));
    },
    anilist: ({ ids }, response) =>
      json(
        response,
        200,
        anilistPage(new Map(ids.map((id) => [id, `${url}/picture/anilist-${id}.png`]))),
      ),
    picture: (_, response) => picture(response),
    count: (place) => upstreams.asked.filter(({ path }) => path.startsWith(place)).length,
    stop,
    start() {
      running = server();
      return listen(port);
    },
    close: stop,
  };
  return upstreams;
}

function idsOf(body: string): number[] {
  if (body === '') return [];
  const { query, variables } = JSON.parse(body) as { query: string; variables: { ids: number[] } };
  if (!query.includes('idMal_in: $ids')) throw new Error(`AniList does not know: ${query}`);
  return variables.ids;
}
