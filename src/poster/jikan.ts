/** Jikan v4, MyAnimeList's data: one title a request, three a second, sixty a minute. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { type AddressSource, firstAddress } from './address-source.ts';
import { readJson } from './body.ts';
import type { Window } from './pace.ts';
import type { Upstream } from './upstream.ts';
import { UpstreamError } from './upstream-error.ts';

/** A little slower than allowed: requests do not all travel equally long. */
export const JIKAN_WINDOWS: readonly Window[] = [
  { most: 3, milliseconds: 1150 },
  { most: 60, milliseconds: 61_000 },
];

const Sizes = Type.Object({
  image_url: Type.Optional(Type.Unknown()),
  large_image_url: Type.Optional(Type.Unknown()),
});
const Answer = Type.Object({
  data: Type.Object({
    mal_id: Type.Integer(),
    images: Type.Object({ webp: Type.Optional(Sizes), jpg: Type.Optional(Sizes) }),
  }),
});

export function jikan(base: string, upstream: Upstream): AddressSource {
  const { name } = upstream;
  return {
    name,
    upstream,
    batch: 1,
    async find([animeId], signal) {
      const address = `${base.replace(/\/$/, '')}/anime/${animeId}`;
      const json = await upstream.ask(
        { address, accept: 'application/json' },
        async (response) => checked(await readJson(response, name), animeId, name),
        signal,
      );
      const { webp, jpg } = json.data.images;
      const found = firstAddress(
        [webp, jpg].flatMap((sizes) => [sizes?.large_image_url, sizes?.image_url]),
      );
      return new Map(found === null ? [] : [[animeId, found]]);
    },
  };
}

function checked(json: unknown, animeId: number, name: string) {
  if (Value.Check(Answer, json) && json.data.mal_id === animeId) return json;
  throw new UpstreamError(
    'failing',
    `${name} answered with something that is not anime ${animeId}`,
  );
}
