/** A user's public list at MyAnimeList, by name; this installation needs a client id of its own. */
import { type Static, Type } from 'typebox';
import { LateCheck } from '../late-check.ts';
import {
  ImportError,
  type ImportedEntry,
  type ImportedList,
  MOST_ENTRIES,
  plainTitle,
  tooManyEntries,
} from './imported-list.ts';
import { onTen } from './scale.ts';
import { type SiteAccess, SiteClient } from './site-client.ts';
import { likelyStatus, statusFrom } from './status-words.ts';

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
      node: Type.Object({ id: Type.Integer({ minimum: 1 }), title: Type.Optional(Type.String()) }),
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
  const entries = new Map<number, ImportedEntry>();
  let next: URL | null = firstPage(url, name);
  while (next !== null) {
    const page: ListPage = await pageOf(next, name, clientId, site);
    const before = entries.size;
    for (const row of page.data) entries.set(row.node.id, entryOf(row));
    if (entries.size > MOST_ENTRIES) throw tooManyEntries(`The list of ${name}`);
    next = entries.size > before ? nextPage(page, url, site) : null;
  }
  const list = [...entries.values()];
  const scale = list.some(({ rating }) => rating !== undefined) ? '1-10' : 'none';
  return { source: 'myanimelist', owner: name, entries: list, unknown: [], scale };
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

function entryOf({ node, list_status: listed }: ListPage['data'][number]): ImportedEntry {
  const rating = listed?.score ? onTen(listed.score, '1-10') : undefined;
  const started = (listed?.num_episodes_watched ?? 0) > 0;
  const status = statusFrom(listed?.status ?? '') ?? likelyStatus(rating !== undefined, started);
  return { animeId: node.id, title: plainTitle(node.title ?? '') || null, rating, status };
}
