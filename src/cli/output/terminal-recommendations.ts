/** A user of the data set, some titles or a list → recommendations as text. */
import pc from 'picocolors';
import { NotFoundError, UsageError } from '../../error.ts';
import { percent } from '../../explain/language.ts';
import { knownAs, MOVED } from '../../explain/reason-words.ts';
import type { ImportedList } from '../../import/list/imported-list.ts';
import { CHOICES, type ScaleChoice } from '../../import/list/scale.ts';
import { readListFile } from '../../import/list-file.ts';
import { placeRows } from '../../import/place/place-rows.ts';
import type { PlacedList } from '../../import/place/placed-list.ts';
import { profileIn } from '../../import/site/address.ts';
import { listAt, type Sites } from '../../import/site/sites.ts';
import { type Bundle, openBundle } from '../../recommend/bundle.ts';
import { profileFrom, type RatingEntry } from '../../recommend/profile.ts';
import type { Recommendation } from '../../recommend/ranker.ts';
import { type Rules, rulesFrom } from '../../recommend/rules.ts';
import { shownReasons } from '../../recommend/shown-reasons.ts';
import { rulesOfOptions } from '../rule-options.ts';
import { describeList, listJson } from './terminal-list.ts';

export interface TerminalRequest {
  readonly home: string;
  /** a user of the data set */
  readonly user?: string;
  /** "title", "title:rating", "animeId" or "animeId:rating" */
  readonly like: readonly string[];
  /** path of a file, or the address of a profile */
  readonly list?: string;
  /** of the scores in the file; default: found in it */
  readonly scale?: string;
  /** user names */
  readonly anilist?: string;
  readonly myanimelist?: string;
  readonly sites: Sites;
  readonly limit: string;
  /** also what the person has probably seen and not named */
  readonly classics?: boolean;
  /** "name=value" */
  readonly rule?: readonly string[];
  /** false: the order of the model */
  readonly rules: boolean;
}

const MOST = 500;

export async function recommendInTerminal(
  request: TerminalRequest,
): Promise<{ json: unknown; text: string }> {
  const limit = Number(request.limit);
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    throw new UsageError(`--limit is "${request.limit}", expected 1–${MOST}`);
  if (request.user === undefined && request.like.length === 0 && !bringsList(request)) {
    throw new UsageError(
      'For whom? Give --user <id>, --like <title[:rating]>, --list <file> or --anilist <name>',
    );
  }
  const rules = rulesOf(request);
  const brought = await broughtList(request);
  const bundle = await openBundle(request.home);
  try {
    const list = brought && (await placeRows(brought, bundle));
    const { profile, ignored } = await profileOfRequest(bundle, request, list);
    const items = bundle.ranker.recommend(profile, {
      limit,
      rules,
    });
    const about = list && listJson(list);
    return {
      json: { items, ignored, unknown: about?.unknown ?? [], list: about, bundle: bundle.version },
      text: [describe(items), list ? describeList(list) : ''].filter(Boolean).join('\n'),
    };
  } finally {
    await bundle.close();
  }
}

function rulesOf({ rule = [], rules, classics }: TerminalRequest): Rules {
  if (!rules) {
    if (rule.length > 0) throw new UsageError('--rule and --no-rules exclude each other');
    return rulesFrom('none');
  }
  return rulesFrom({ familiar: !classics, ...rulesOfOptions(rule) });
}

function bringsList({ list, anilist, myanimelist }: TerminalRequest): boolean {
  return [list, anilist, myanimelist].some((given) => given !== undefined);
}

async function broughtList(request: TerminalRequest): Promise<ImportedList | null> {
  const { list, anilist, myanimelist, sites } = request;
  if ([list, anilist, myanimelist].filter((given) => given !== undefined).length > 1)
    throw new UsageError('One list at a time: --list, --anilist or --myanimelist');
  if (list !== undefined) {
    const profile = profileIn(list);
    if (profile) return listAt(profile.site, profile.name, sites);
    return readListFile(list, scaleOf(request.scale));
  }
  if (request.scale !== undefined) throw new UsageError('--scale is about a file: give --list');
  if (anilist !== undefined) return listAt('anilist', anilist, sites);
  return myanimelist === undefined ? null : listAt('myanimelist', myanimelist, sites);
}

function scaleOf(scale: string | undefined): ScaleChoice | undefined {
  if (scale === undefined) return undefined;
  const found = CHOICES.find((choice) => choice === scale);
  if (found) return found;
  throw new UsageError(`--scale is "${scale}", expected ${CHOICES.join(', ')}`);
}

async function profileOfRequest(bundle: Bundle, request: TerminalRequest, list: PlacedList | null) {
  const { user, like } = request;
  if (user !== undefined) {
    if (like.length > 0 || list)
      throw new UsageError(
        '--user brings a list of its own: leave out --like, --list, --anilist and --myanimelist',
      );
    const profile = await bundle.people.profile(Number(user));
    if (!profile)
      throw new NotFoundError(
        `No person ${user} in this data set (${bundle.about.origin.name}, ${bundle.about.people} people)`,
      );
    return { profile, ignored: [] };
  }
  const ratings: RatingEntry[] = [...(list?.entries ?? [])];
  for (const wish of like) ratings.push(await likedTitle(bundle, wish));
  // the titles on a command line are only some of what a person has seen
  return profileFrom(ratings, bundle.items, list ? undefined : false);
}

/** The rating after the last colon, unless the colon belongs to the title ("Re:Zero"). */
async function likedTitle(bundle: Bundle, wish: string): Promise<RatingEntry> {
  const [, name, rating] = /^(.*\S)\s*:\s*(10|[1-9])$/.exec(wish) ?? [null, wish, undefined];
  const scored = rating === undefined ? {} : { rating: Number(rating) };
  if (/^\d+$/.test(name)) {
    if (bundle.items.indexOf(Number(name)) < 0)
      throw new NotFoundError(`No title has the id ${name}`);
    return { animeId: Number(name), ...scored };
  }
  const [found] = (await bundle.search()).find(name, { limit: 1, adult: true });
  if (found === undefined)
    throw new NotFoundError(
      `No title is like "${name}"; try a few letters of it, or its MyAnimeList id`,
    );
  return { animeId: found.animeId, ...scored };
}

function describe(items: readonly Recommendation[]): string {
  const lines = items.map((recommended) => {
    const { rank, anime } = recommended;
    const facts = [
      anime.year,
      anime.type,
      anime.genres.slice(0, 3).join(', '),
      anime.meanScore?.toFixed(1),
    ]
      .filter(Boolean)
      .join(' · ');
    return `${String(rank).padStart(3)}  ${pc.bold(anime.title)}  ${pc.dim(facts)}\n     ${pc.cyan(reason(recommended))}`;
  });
  if (lines.length === 0) lines.push('Nothing left to recommend with these rules; try --no-rules');
  return lines.join('\n');
}

/** The strongest reason first; shares are of the whole score. */
function reason(recommended: Recommendation): string {
  const { known, knownFirst, titles, hints, moved } = shownReasons(recommended);
  const shares = titles.map(({ title, shareOfScore }) => `${title} ${percent(shareOfScore)} %`);
  const said =
    shares.length > 0
      ? `because of ${shares.join(' and ')}`
      : hints
        ? 'many small hints add up'
        : '';
  const isKnown = known === null ? '' : `${knownAs(recommended.anime, 'en')} ${percent(known)} %`;
  const both = (knownFirst ? [isKnown, said] : [said, isKnown]).filter(Boolean);
  const movedWords = moved === null ? '' : MOVED.en[moved];
  return [both.join(', and '), movedWords].filter(Boolean).join('; ') || 'the best of what is left';
}
