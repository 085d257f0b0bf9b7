/** A user's public list at AniList, by name. */
import { type Static, Type } from 'typebox';
import type { StatusName } from '../../data/interactions.ts';
import { firstLetters } from '../../first-letters.ts';
import { LateCheck } from '../../late-check.ts';
import { ImportError } from '../list/import-error.ts';
import {
  type ImportedList,
  type ListRow,
  MOST_ENTRIES,
  NOTHING_LEFT_OUT,
  type Note,
  note,
  plainTitle,
  tooManyEntries,
} from '../list/imported-list.ts';
import { onTen, type Scale } from '../list/scale.ts';
import { typeFrom } from '../list/type-words.ts';
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
    lists {
      isCustomList
      entries {
        id score(format: POINT_100) status progress
        media { id idMal format startDate { year } title { romaji english native } }
      }
    }
  }
}`;

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const text = () => Type.Optional(nullable(Type.String()));
const count = () => Type.Optional(nullable(Type.Integer({ minimum: 0 })));
const Media = Type.Object({
  id: Type.Integer(),
  idMal: count(),
  format: text(),
  startDate: Type.Optional(nullable(Type.Object({ year: count() }))),
  title: Type.Optional(nullable(Type.Object({ romaji: text(), english: text(), native: text() }))),
});
const Entry = Type.Object({
  id: Type.Optional(Type.Integer()),
  score: Type.Optional(nullable(Type.Number({ minimum: 0, maximum: 100 }))),
  status: text(),
  progress: count(),
  // AniList keeps the entry of a title that it has deleted.
  media: Type.Optional(nullable(Media)),
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
  lists: Type.Array(
    Type.Object({
      isCustomList: Type.Optional(nullable(Type.Boolean())),
      entries: Type.Array(Entry),
    }),
  ),
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
  const found = new FoundEntries();
  let user: Collection['user'] = null;
  for (let chunk = 1, more = true; more; chunk++) {
    const collection = await chunkOf(name, chunk, site, options.url);
    const before = found.size;
    for (const list of collection.lists) found.add(list);
    user = collection.user ?? user;
    if (found.size > MOST_ENTRIES) throw tooManyEntries(`The list of ${name}`);
    more = collection.hasNextChunk === true && found.size > before;
  }
  return listFrom(found, user, name);
}

/** A title may be on several lists of a user: on one by its status, and on lists of their own. */
class FoundEntries {
  readonly #entries = new Map<number, Entry & { media: Static<typeof Media> }>();
  readonly #byStatus = new Set<number>();
  readonly #deleted = new Set<number | Entry>();

  add({ isCustomList, entries }: Collection['lists'][number]): void {
    for (const { media, ...entry } of entries) {
      if (!media) this.#deleted.add(entry.id ?? entry);
      else {
        this.#entries.set(media.id, { ...entry, media });
        if (!isCustomList) this.#byStatus.add(media.id);
      }
    }
  }

  get size(): number {
    return this.#entries.size + this.#deleted.size;
  }

  get entries() {
    return [...this.#entries.values()];
  }

  get deleted(): number {
    return this.#deleted.size;
  }

  /** titles that are only on lists of the user's own */
  get custom(): number {
    return this.#entries.size - this.#byStatus.size;
  }
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

function listFrom(found: FoundEntries, user: Collection['user'], name: string): ImportedList {
  const rows = found.entries.map(rowOf);
  const scored = rows.some(({ rating }) => rating !== undefined);
  const format = FORMATS[user?.mediaListOptions?.scoreFormat ?? ''] ?? '1-100';
  const notes: Note[] = [
    ...(found.size === 0 ? [note('empty')] : []),
    ...(found.custom > 0 ? [note('custom-lists', { count: found.custom })] : []),
  ];
  return {
    ...{ source: 'anilist', format: null, owner: firstLetters(plainTitle(user?.name ?? name), 40) },
    ...{ scale: scored ? format : 'none', rows, unread: [], unreadCount: 0, notes },
    leftOut: { ...NOTHING_LEFT_OUT, deleted: found.deleted },
  };
}

function rowOf({
  score,
  status,
  progress,
  media,
}: Entry & { media: Static<typeof Media> }): ListRow {
  const { romaji, english, native } = media.title ?? {};
  const names = [romaji, english, native].map((title) => plainTitle(title ?? ''));
  const known = [...new Set(names)].filter((title) => title !== '');
  const rating = score ? onTen(score, '1-100') : undefined;
  return {
    animeId: media.idMal || null,
    isSure: true,
    names: known.length > 0 ? known : [`AniList ${media.id}`],
    ...(rating === undefined ? {} : { rating }),
    status: STATUSES[status ?? ''] ?? (rating ? 'completed' : 'plan_to_watch'),
    watched: progress ?? null,
    year: media.startDate?.year ?? null,
    type: typeFrom(media.format ?? ''),
  };
}
