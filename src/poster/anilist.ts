/** AniList: many titles a request by their MyAnimeList ids, thirty requests a minute. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type AddressSource, firstAddress } from './address-source.ts';
import { readJson } from './body.ts';
import type { Window } from './pace.ts';
import type { Upstream } from './upstream.ts';
import { UpstreamError } from './upstream-error.ts';

/** Evenly, so that what is asked for meanwhile goes into one request. */
export const ANILIST_WINDOWS: readonly Window[] = [{ most: 1, milliseconds: 2100 }];

/** As many as a page of AniList has. */
const BATCH = 50;
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
        async (response) => checked(await readJson(response, name), name),
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
  throw new UpstreamError(
    'failing',
    `${name} answered with something that is not a page of titles`,
  );
}
