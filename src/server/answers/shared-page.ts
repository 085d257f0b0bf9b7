/** The page with the head of a shared link. */
import type { FastifyRequest } from 'fastify';
import { LANGUAGES, type Language } from '../../explain/language.ts';
import { CARD_HEIGHT, CARD_WIDTH, MAX_CARD_TITLES } from '../../share/card.ts';
import { originOf, withSharedHead } from '../http/shared-head.ts';
import type { CurrentBundle } from '../state/current-bundle.ts';
import { type Shared, sharedTitles } from './shared-titles.ts';
import { sharedWords } from './shared-words.ts';

const LOCALES: Readonly<Record<Language, string>> = { en: 'en_GB', ja: 'ja_JP' };

type SharedRequest = Pick<FastifyRequest, 'url' | 'protocol' | 'host'>;

/**
 * @param html of the page
 * @returns null when the address carries no list, or there is no bundle that knows its titles
 */
export async function sharedPage(
  bundles: CurrentBundle,
  html: string,
  { url, protocol, host }: SharedRequest,
): Promise<string | null> {
  const [path, query] = partsOf(url);
  if (query === '' || bundles.version === null) return null;
  const shared = await bundles.use((bundle) => sharedTitles(bundle, path, query));
  if (shared === null) return null;
  const language = languageOf(query);
  const origin = originOf(protocol, host);
  const { title, description } = sharedWords(shared, language);
  return withSharedHead(html, {
    title,
    description,
    locale: LOCALES[language],
    url: origin + url,
    picture: origin + pictureOf(shared, language),
    pictureText: shared.titles
      .slice(0, MAX_CARD_TITLES)
      .map(({ title }) => title)
      .join(', '),
    width: CARD_WIDTH,
    height: CARD_HEIGHT,
  });
}

/** The picture's address has the first titles only: many links have the same picture. */
function pictureOf({ kind, titles, count }: Shared, language: Language): string {
  const ids = titles.slice(0, MAX_CARD_TITLES).map(({ animeId }) => animeId);
  const fields = [`titles=${ids}`, `kind=${kind}`, `of=${count}`];
  if (language !== 'en') fields.push(`language=${language}`);
  return `/api/share/picture?${fields.join('&')}`;
}

function languageOf(query: string): Language {
  const wanted = new URLSearchParams(query).get('card');
  return LANGUAGES.find((language) => language === wanted) ?? 'en';
}

function partsOf(url: string): [path: string, query: string] {
  const at = url.indexOf('?');
  return at < 0 ? [url, ''] : [url.slice(0, at), url.slice(at + 1)];
}
