/** A user's public list at MyAnimeList, by name; this installation needs a client id of its own. */
import { type Static, Type } from 'typebox';
import { LateCheck } from '../../late-check.ts';
import { ImportError } from '../list/import-error.ts';
import {
  type ImportedList,
  type ListRow,
  MOST_ENTRIES,
  NOTHING_LEFT_OUT,
  note,
  plainTitle,
  tooManyEntries,
} from '../list/imported-list.ts';
import { onTen } from '../list/scale.ts';
import { likelyStatus, statusFrom } from '../list/status-words.ts';
import { type SiteAccess, SiteClient } from './site-client.ts';

export interface MyAnimeListOptions extends SiteAccess {
  /** address of the API, e.g. https://api.myanimelist.net/v2 */
  readonly url: string;
  /** undefined = not configured */
  readonly clientId: string | undefined;
}

const PAGE = 1000;
const EXPORT_PAGE = 'https://myanimelist.net/panel.php?go=export';

const ListPage = Type.Object({
  data: Type.Array(
    Type.Object({
      node: Type.Union([
        Type.Null(),
        Type.Object({ id: Type.Integer({ minimum: 1 }), title: Type.Optional(Type.String()) }),
      ]),
      list_status: Type.Optional(
        Type.Object({
          status: Type.Optional(Type.Union([Type.String(), Type.Null()])),
          score: Type.Optional(Type.Number({ minimum: 0, maximum: 10 })),
          num_episodes_watched: Type.Optional(Type.Number()),
        }),
      ),
    }),
  ),
  paging: Type.Optional(Type.Object({ next: Type.Optional(Type.String({ maxLength: 2000 })) })),
});
type ListPage = Static<typeof ListPage>;
const isListPage = new LateCheck(ListPage);

/** @throws ImportError that says why the list cannot be read */
export async function myAnimeListOf(
  name: string,
  { url, clientId, ...access }: MyAnimeListOptions,
): Promise<ImportedList> {
  if (!clientId) {
    throw new ImportError(
      'not-set-up',
      `MyAnimeList names cannot be looked up here: this installation has no client id for it (MAL_CLIENT_ID). Bring the file that ${EXPORT_PAGE} makes`,
    );
  }
  const site = new SiteClient('MyAnimeList', access);
  const rows = new Map<number, ListRow>();
  let deleted = 0;
  let next: URL | null = firstPage(url, name);
  while (next !== null) {
    const page: ListPage = await pageOf(next, name, clientId, site);
    const before = rows.size;
    for (const { node, list_status } of page.data) {
      if (node) rows.set(node.id, rowOf(node, list_status));
      else deleted++;
    }
    if (rows.size > MOST_ENTRIES) throw tooManyEntries(`The list of ${name}`);
    next = rows.size > before ? nextPage(page, url, site) : null;
  }
  const list = [...rows.values()];
  const isScored = list.some(({ rating }) => rating !== undefined);
  return {
    ...{ source: 'myanimelist', format: null, owner: name, scale: isScored ? '1-10' : 'none' },
    ...{ rows: list, unread: [], unreadCount: 0, leftOut: { ...NOTHING_LEFT_OUT, deleted } },
    notes: list.length === 0 && deleted === 0 ? [note('empty')] : [],
  };
}

function firstPage(url: string, name: string): URL {
  const page = new URL(`${url.replace(/\/+$/, '')}/users/${encodeURIComponent(name)}/animelist`);
  page.search = `fields=list_status&limit=${PAGE}&nsfw=true`;
  return page;
}

/** The client id is sent only to the configured host. */
function nextPage({ paging }: ListPage, url: string, site: SiteClient): URL | null {
  if (!paging?.next) return null;
  const base = new URL(url);
  const next = URL.canParse(paging.next, base) ? new URL(paging.next, base) : null;
  if (next?.origin === base.origin) return next;
  throw site.nonsense('a list: its next page is at another host');
}

async function pageOf(
  page: URL,
  name: string,
  clientId: string,
  site: SiteClient,
): Promise<ListPage> {
  const { status, json } = await site.ask(page, { headers: { 'x-mal-client-id': clientId } });
  if (status === 200 && isListPage.Check(json)) return json;
  if (status === 403) {
    throw new ImportError(
      'private',
      `The list of ${name} at MyAnimeList is private. Make it public for a moment, or bring the file that ${EXPORT_PAGE} makes`,
    );
  }
  if (status === 404) {
    throw new ImportError(
      'no-such-user',
      `MyAnimeList knows nobody called ${name}. Check the spelling of the name`,
    );
  }
  if (status === 400 || status === 401) {
    throw new ImportError(
      'upstream',
      `MyAnimeList refuses this installation (status ${status}): its operator should check MAL_CLIENT_ID. Bring the file that ${EXPORT_PAGE} makes`,
    );
  }
  throw site.nonsense(`a list (status ${status})`);
}

type Row = ListPage['data'][number];

function rowOf(node: NonNullable<Row['node']>, listed: Row['list_status']): ListRow {
  const rating = listed?.score ? onTen(listed.score, '1-10') : undefined;
  const watched = listed?.num_episodes_watched ?? 0;
  const title = plainTitle(node.title ?? '');
  return {
    ...{ animeId: node.id, isSure: true, names: title === '' ? [] : [title] },
    ...(rating === undefined ? {} : { rating }),
    status: statusFrom(listed?.status ?? '') ?? likelyStatus(rating !== undefined, watched > 0),
    ...{ watched, year: null, type: null },
  };
}
