/** Jikan v4, which serves MyAnimeList's data: one title a request; three requests a second, sixty a minute. */
import { Type } from 'typebox';
import { Value } from 'typebox/value';
import { readJson } from '../net/body.ts';
import { HttpError } from '../net/http-error.ts';
import type { Window } from '../net/pace.ts';
import { type AddressSource, firstAddress } from './address-source.ts';
import type { Upstream } from './upstream.ts';

/** A little slower than allowed: requests do not all take equally long to arrive. */
export const JIKAN_WINDOWS: readonly Window[] = [
  { limit: 3, milliseconds: 1150 },
  { limit: 60, milliseconds: 61_000 },
];

const MAX_BYTES = 1 << 20;

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
        async (response) => checked(await readJson(name, response, MAX_BYTES), animeId, name),
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
  throw new HttpError('failing', `${name} answered with something that is not anime ${animeId}`);
}
