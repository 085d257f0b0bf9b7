import { type Static, Type } from 'typebox';
import { section } from './fields.ts';

const httpAddress = (value: string) => Type.String({ pattern: '^https?://[^/]', default: value });

/** The services that lists are imported from by user name; a mirror has another address. */
export const ImportOptions = section({
  /** AniList's GraphQL service */
  anilist: httpAddress('https://graphql.anilist.co'),
  /** MyAnimeList's API, version 2; it also needs a client id (importAccess) */
  myanimelist: httpAddress('https://api.myanimelist.net/v2'),
});
export type ImportOptions = Static<typeof ImportOptions>;
