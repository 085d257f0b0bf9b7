import { type Static, Type } from 'typebox';
import { count, section } from './fields.ts';

const address = (value: string | null) =>
  Type.Union([Type.String({ pattern: '^https?://[^/\\s]+' }), Type.Null()], { default: value });

/** Posters that the server fetches and keeps; see poster/posters.ts. */
export const PosterOptions = section({
  /** off: nothing is fetched, and the page shows only the posters that it draws */
  show: Type.Union([Type.Literal('on'), Type.Literal('off')], { default: 'on' }),
  /** the services that know the address of a title's poster, first and second choice; null = not used */
  jikan: address('https://api.jikan.moe/v4'),
  anilist: address('https://graphql.anilist.co'),
  /** origins that pictures, redirects included, may be fetched from */
  origins: Type.Array(Type.String({ pattern: '^https?://[\\w.-]+(:\\d+)?$' }), {
    default: ['https://cdn.myanimelist.net', 'https://s4.anilist.co'],
  }),
  /** on disk, under the home */
  cacheMegabytes: count(512, 16),
});
export type PosterOptions = Static<typeof PosterOptions>;
