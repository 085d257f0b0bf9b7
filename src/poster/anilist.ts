/** AniList: up to 50 titles a request, by their MyAnimeList ids; thirty requests a minute. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { readJson } from '../net/body.ts';
import { HttpError } from '../net/http-error.ts';
import type { Window } from '../net/pace.ts';
import { type AddressSource, firstAddress } from './address-source.ts';
import type { Upstream } from './upstream.ts';

/** Evenly spread, so that titles asked for in between share one request. */
export const ANILIST_WINDOWS: readonly Window[] = [{ limit: 1, milliseconds: 2100 }];

/** The size of a page at AniList. */
const BATCH = 50;
const MAX_BYTES = 1 << 20;
const QUERY =
  'query ($ids: [Int]) { Page(perPage: 50) { media(idMal_in: $ids, type: ANIME) { idMal coverImage { extraLarge large medium } } } }';

const Answer = Type.Object({
  data: Type.Object({
    Page: Type.Object({
      media: Type.Array(
        Type.Object({
          idMal: Type.Union([Type.Integer(), Type.Null()]),
          coverImage: Type.Union([
            Type.Null(),
            Type.Object({
              extraLarge: Type.Optional(Type.Unknown()),
              large: Type.Optional(Type.Unknown()),
              medium: Type.Optional(Type.Unknown()),
            }),
          ]),
        }),
      ),
    }),
  }),
});

export function anilist(address: string, upstream: Upstream): AddressSource {
  const { name } = upstream;
  return {
    name,
    upstream,
    batch: BATCH,
    async find(animeIds, signal) {
      const json = await upstream.ask(
        {
          address,
          method: 'POST',
          accept: 'application/json',
          body: JSON.stringify({ query: QUERY, variables: { ids: animeIds } }),
        },
        async (response) => checked(await readJson(name, response, MAX_BYTES), name),
        signal,
      );
      const found = new Map<number, string>();
      for (const { idMal, coverImage } of json.data.Page.media) {
        const cover = firstAddress([coverImage?.extraLarge, coverImage?.large, coverImage?.medium]);
        if (idMal !== null && cover !== null) found.set(idMal, cover);
      }
      return found;
    },
  };
}

function checked(json: unknown, name: string) {
  if (Value.Check(Answer, json)) return json;
  throw new HttpError('failing', `${name} answered with something that is not a page of titles`);
}
