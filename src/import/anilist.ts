/** A user's public list at AniList, by name. */
import { type Static, Type } from 'typebox';
import type { StatusName } from '../data/interactions.ts';
import { firstLetters } from '../first-letters.ts';
import { LateCheck } from '../late-check.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  MOST_ENTRIES,
  plainTitle,
  tooManyEntries,
  type UnknownTitle,
} from './imported-list.ts';
import { onTen, type Scale } from './scale.ts';
import { type SiteAccess, SiteClient } from './site-client.ts';

export interface AniListOptions extends SiteAccess {
  /** address of the GraphQL service */
  readonly url: string;
}

const CHUNK = 500;
const QUERY = `query ($name: String, $chunk: Int, $size: Int) {
  MediaListCollection(userName: $name, type: ANIME, chunk: $chunk, perChunk: $size) {
    hasNextChunk
    user { name mediaListOptions { scoreFormat } }
    lists { entries { score(format: POINT_100) status media { id idMal title { romaji } } } }
  }
}`;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const Entry = Type.Object({
  score: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 100 }))),
  status: Type.Optional(nullable(Type.String())),
  media: Type.Object({
    id: Type.Integer(),
    idMal: Type.Optional(nullable(Type.Integer({ minimum: 0 }))),
    title: Type.Optional(nullable(Type.Object({ romaji: Type.Optional(nullable(Type.String())) }))),
  }),
});
type Entry = Static<typeof Entry>;

const Collection = Type.Object({
  hasNextChunk: Type.Optional(nullable(Type.Boolean())),
  user: Type.Optional(
    nullable(
      Type.Object({
        name: Type.Optional(Type.String()),
        mediaListOptions: Type.Optional(
          nullable(Type.Object({ scoreFormat: Type.Optional(nullable(Type.String())) })),
        ),
      }),
    ),
  ),
  lists: Type.Array(Type.Object({ entries: Type.Array(Entry) })),
});
type Collection = Static<typeof Collection>;

const isAnswer = new LateCheck(
  Type.Object({ data: Type.Object({ MediaListCollection: Collection }) }),
);
const isRefusal = new LateCheck(
  Type.Object({ errors: Type.Array(Type.Object({ message: Type.String() }), { minItems: 1 }) }),
);

const STATUSES: Readonly<Record<string, StatusName>> = {
  CURRENT: 'watching',
  COMPLETED: 'completed',
  REPEATING: 'completed',
  PAUSED: 'on_hold',
  DROPPED: 'dropped',
  PLANNING: 'plan_to_watch',
};

/** The scale that the user has chosen at AniList; the API always answers on 1–100. */
const FORMATS: Readonly<Record<string, Scale>> = {
  POINT_100: '1-100',
  POINT_10_DECIMAL: '1-10',
  POINT_10: '1-10',
  POINT_5: '1-5',
  POINT_3: '1-3',
};

/** @throws ImportError that says why the list cannot be read */
export async function aniListOf(name: string, options: AniListOptions): Promise<ImportedList> {
  const site = new SiteClient('AniList', options);
  // A title may be on several lists of a user.
  const found = new Map<number, Entry>();
  let user: Collection['user'] = null;
  for (let chunk = 1, more = true; more; chunk++) {
    const collection = await chunkOf(name, chunk, site, options.url);
    const before = found.size;
    for (const { entries } of collection.lists)
      for (const entry of entries) found.set(entry.media.id, entry);
    user = collection.user ?? user;
    if (found.size > MOST_ENTRIES) throw tooManyEntries(`The list of ${name}`);
    more = collection.hasNextChunk === true && found.size > before;
  }
  return listFrom([...found.values()], user, name);
}

async function chunkOf(
  name: string,
  chunk: number,
  site: SiteClient,
  url: string,
): Promise<Collection> {
  const { status, json } = await site.ask(new URL(url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query: QUERY, variables: { name, chunk, size: CHUNK } }),
  });
  if (isAnswer.Check(json)) return json.data.MediaListCollection;
  if (!isRefusal.Check(json)) throw site.nonsense('a list');
  const words = json.errors.map(({ message }) => message).join(' ');
  if (/private/i.test(words)) {
    throw new ImportError(
      'private',
      `The list of ${name} at AniList is private. Make it public for a moment, or bring it as a file`,
    );
  }
  if (status === 404 || /not found/i.test(words)) {
    throw new ImportError(
      'no-such-user',
      `AniList knows nobody called ${name}. Check the spelling of the name`,
    );
  }
  throw site.nonsense(`a list (status ${status})`);
}

function listFrom(found: readonly Entry[], user: Collection['user'], name: string): ImportedList {
  const entries: ImportedEntry[] = [];
  const unknown: UnknownTitle[] = [];
  for (const { score, status, media } of found) {
    const title = plainTitle(media.title?.romaji ?? '');
    if (!media.idMal) {
      unknown.push({ title: title || `AniList ${media.id}`, animeId: null, reason: 'no-id' });
      continue;
    }
    const rating = score ? onTen(score, '1-100') : undefined;
    const known = STATUSES[status ?? ''] ?? (rating ? 'completed' : 'plan_to_watch');
    entries.push({ animeId: media.idMal, title: title || null, rating, status: known });
  }
  const scored = entries.some(({ rating }) => rating !== undefined);
  const format = FORMATS[user?.mediaListOptions?.scoreFormat ?? ''] ?? '1-100';
  const scale = scored ? format : 'none';
  const owner = firstLetters(plainTitle(user?.name ?? name), 40);
  return { source: 'anilist', owner, entries, unknown, scale };
}
