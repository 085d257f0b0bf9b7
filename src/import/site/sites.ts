/** Lists at other sites, by user name. */
import type { ImportAccess } from '../../config/config.ts';
import type { ImportOptions } from '../../config/import-options.ts';
import { ImportError } from '../list/import-error.ts';
import type { ImportedList } from '../list/imported-list.ts';
import { aniListOf } from './anilist.ts';
import { myAnimeListOf } from './myanimelist.ts';
import type { SiteAccess, SiteEffects, SiteLimits } from './site-client.ts';

export type Site = 'anilist' | 'myanimelist';

/** Addresses of the sites, and what requests to them need. */
export interface Sites extends ImportOptions, ImportAccess {
  readonly effects?: SiteEffects;
  readonly limits?: SiteLimits;
}

/** @throws ImportError unless it may be the name of a user */
export function checkName(name: string): void {
  if (/^[\w-]{1,40}$/.test(name)) return;
  throw new ImportError(
    'unreadable',
    'A user name has letters, digits, "-" and "_", at most 40 of them',
  );
}

/**
 * @param name of a user, as a person typed it
 * @throws ImportError that says why the list cannot be read
 */
export async function listAt(
  site: Site,
  name: string,
  sites: Sites,
  { health, signal }: Pick<SiteAccess, 'health' | 'signal'> = {},
): Promise<ImportedList> {
  checkName(name);
  const { effects, limits, malClientId: clientId } = sites;
  const access = { effects, limits, health, signal };
  if (site === 'anilist') return aniListOf(name, { url: sites.anilist, ...access });
  return myAnimeListOf(name, { url: sites.myanimelist, clientId, ...access });
}
