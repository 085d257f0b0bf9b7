import { type Static, Type } from 'typebox';
import { section } from './fields.ts';

const httpAddress = (value: string) => Type.String({ pattern: '^https?://[^/]', default: value });

/** Where lists are looked up by name; a mirror, or a stand-in, may have another address. */
export const ImportOptions = section({
  /** AniList's GraphQL service */
  anilist: httpAddress('https://graphql.anilist.co'),
  /** MyAnimeList's API, version 2; it also needs a client id (importAccess) */
  myanimelist: httpAddress('https://api.myanimelist.net/v2'),
});
export type ImportOptions = Static<typeof ImportOptions>;
