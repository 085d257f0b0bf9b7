/** An address that a person brings instead of a list: whose list at which site it means. */
import { ImportError } from '../list/import-error.ts';
import { checkName, type Site } from './sites.ts';

export interface Profile {
  readonly site: Site;
  readonly name: string;
}

interface Place {
  readonly host: RegExp;
  /** the name of a user in the path */
  readonly path: RegExp;
  readonly site: Site;
}

const PLACES: readonly Place[] = [
  { host: /^anilist\.co$/, path: /^\/user\/([^/]+)/i, site: 'anilist' },
  {
    host: /^myanimelist\.net$/,
    path: /^\/(?:animelist|profile|mangalist|history)\/([^/]+)/i,
    site: 'myanimelist',
  },
];

/** How a list leaves sites that cannot be asked by name. */
const EXPORTS: readonly (readonly [host: RegExp, site: string, how: string])[] = [
  [
    /(?:^|\.)kitsu\.(?:app|io)$/,
    'Kitsu',
    'Settings, then "Export Library", makes a MyAnimeList file',
  ],
  [
    /(?:^|\.)anime-planet\.com$/,
    'Anime-Planet',
    'its settings have "Export", which makes a JSON file',
  ],
  [/(?:^|\.)shikimori\.(?:one|me|io|org)$/, 'Shikimori', 'the settings of the list have "Export"'],
  [/(?:^|\.)simkl\.com$/, 'Simkl', 'its settings have "Export" as CSV or JSON'],
  [/(?:^|\.)(?:bgm\.tv|bangumi\.tv|chii\.in)$/, 'Bangumi', 'export your collection as CSV'],
  [/(?:^|\.)trakt\.tv$/, 'Trakt', 'Settings, then "Data", exports your ratings'],
  [/(?:^|\.)letterboxd\.com$/, 'Letterboxd', 'Settings, then "Data", exports your films'],
  [/(?:^|\.)netflix\.com$/, 'Netflix', 'the page "Viewing activity" has "Download all"'],
];

/** Letters of an address. */
const LONGEST = 2000;

/**
 * @returns null when the text is no address: it is a list
 * @throws ImportError when it is one at which no list can be looked up; the message says what to do instead
 */
export function profileIn(text: string): Profile | null {
  const address = text.slice(0, LONGEST + 1).trim();
  if (address.length > LONGEST || /\s/.test(address)) return null;
  const url = urlOf(address);
  if (!url) return null;
  const host = url.hostname.toLowerCase().replace(/^www\./, '');
  // A title's page is an entry of a list.
  if (/^\/anime(?:\.php|\/)/i.test(url.pathname) && host === 'myanimelist.net') return null;
  const place = PLACES.find((one) => one.host.test(host));
  const [, name] = place?.path.exec(url.pathname) ?? [];
  if (place && name) {
    checkName(name);
    return { site: place.site, name };
  }
  throw new ImportError('unreadable', notHere(host));
}

function urlOf(address: string): URL | null {
  const written = /^https?:\/\//i.test(address) ? address : `https://${address}`;
  const isAddress =
    /^https?:\/\//i.test(address) || /^(?:www\.)?(?:anilist\.co|myanimelist\.net)\//i.test(address);
  return isAddress && URL.canParse(written) ? new URL(written) : null;
}

function notHere(host: string): string {
  const [, site, how] = EXPORTS.find(([pattern]) => pattern.test(host)) ?? [];
  if (site) return `Lists at ${site} cannot be looked up by their address. Bring the file: ${how}`;
  return `No list can be looked up at ${host.slice(0, 60)}. Bring the address of a profile at AniList or MyAnimeList, or the list as a file or text`;
}
