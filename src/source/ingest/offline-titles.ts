/** An anime-offline-database beside a catalogue, or as one: titles, synonyms, tags, relations. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Anime, Season } from '../../data/anime.ts';
import { isAdult } from '../../data/catalogue/adult.ts';
import { parseType } from '../../data/catalogue/anime-fields.ts';
import { MAX_ANIME_ID } from '../../data/catalogue/catalogue-reader.ts';
import { type OfflineEntry, readOfflineDatabase } from '../../data/catalogue/offline-database.ts';
import type { RelatedTitles } from '../../data/catalogue/related.ts';
import { type FileReport, fileReport } from './ingest-report.ts';
import { type IngestWork, secondsSince } from './ingest-work.ts';
import { requireRows } from './row-limits.ts';

/** MyAnimeList's genres, themes and demographics of 2020: of the tags, those that are shown as genres. */
const GENRES = new Map(
  [
    ...['Action', 'Adventure', 'Cars', 'Comedy', 'Dementia', 'Demons', 'Drama', 'Ecchi', 'Fantasy'],
    ...['Game', 'Harem', 'Hentai', 'Historical', 'Horror', 'Josei', 'Kids', 'Magic'],
    ...['Martial Arts', 'Mecha', 'Military', 'Music', 'Mystery', 'Parody', 'Police'],
    ...['Psychological', 'Romance', 'Samurai', 'School', 'Sci-Fi', 'Seinen', 'Shoujo', 'Shoujo Ai'],
    ...['Shounen', 'Shounen Ai', 'Slice of Life', 'Space', 'Sports', 'Super Power'],
    ...['Supernatural', 'Thriller', 'Vampire', 'Yaoi', 'Yuri'],
  ].map((name) => [name.toLowerCase(), name]),
);
const SEASONS: readonly string[] = ['winter', 'spring', 'summer', 'fall'];

interface Given {
  readonly titles: Map<number, Anime>;
  readonly related: RelatedTitles;
  /** whether there is no other catalogue */
  readonly isCatalogue: boolean;
  readonly files: FileReport[];
}

/** Entries without MyAnimeList's id are left out; so are, beside a catalogue, those of titles that it does not have. */
export async function addOfflineDatabase(work: IngestWork, given: Given): Promise<void> {
  const { source, progress, rejects, maxRejected } = work;
  if (!source.offline) return;
  const { label, path } = source.offline;
  progress.step(`reading ${label}`);
  const started = performance.now();
  const account = rejects.open(label);
  const entries = await readOfflineDatabase(path, label);
  for (const entry of entries) {
    account.read++;
    const animeIds = entry.animeIds.filter((id) => id > 0 && id < MAX_ANIME_ID);
    const isKnown = given.isCatalogue || animeIds.some((id) => given.titles.has(id));
    if (animeIds.length === 0 || !isKnown || entry.title === '')
      account.leaveOut(animeIds.length === 0 ? 'no MyAnimeList id' : 'unknown anime_id');
    else {
      account.kept++;
      for (const animeId of animeIds) addEntry(animeId, entry, given);
    }
  }
  if (given.isCatalogue) requireRows(account, maxRejected);
  const bytes = await readFile(path);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const facts = { encoding: 'UTF-8', bytes: bytes.length, sha256 } as const;
  given.files.push(
    fileReport(account, { ...facts, layout: 'anime-offline-database' }, secondsSince(started)),
  );
}

function addEntry(animeId: number, entry: OfflineEntry, given: Given): void {
  const { titles, related, isCatalogue } = given;
  const others = entry.related.filter((other) => other !== animeId);
  if (others.length > 0 && (isCatalogue || titles.has(animeId))) {
    const before = related.get(animeId) ?? [];
    const more = others.filter((other) => !before.some((known) => known.animeId === other));
    related.set(animeId, [...before, ...more.map((other) => ({ animeId: other, kind: null }))]);
  }
  const title = titles.get(animeId);
  if (title) titles.set(animeId, enriched(title, entry));
  else if (isCatalogue) titles.set(animeId, titleOf(animeId, entry));
}

/** A title of the catalogue with what the entry adds; nothing that is known is replaced. */
function enriched(title: Anime, { title: name, synonyms, tags }: OfflineEntry): Anime {
  const own = new Set([title.title, title.titleEnglish, title.titleJapanese, ...title.synonyms]);
  const more = [...new Set([name, ...synonyms])].filter(
    (synonym) => synonym.trim() !== '' && !own.has(synonym),
  );
  const allTags = [...new Set([...(title.tags ?? []), ...tags])];
  return {
    ...title,
    synonyms: [...title.synonyms, ...more],
    ...(allTags.length > 0 && { tags: allTags }),
    adult:
      title.adult || isAdult({ ...title, tags: allTags, hasClasses: title.ratingClass !== null }),
  };
}

function titleOf(animeId: number, entry: OfflineEntry): Anime {
  const { tags, studios, synonyms } = entry;
  const genres = tags.flatMap((tag) => GENRES.get(tag.toLowerCase()) ?? []);
  const season = entry.season?.toLowerCase() ?? '';
  return {
    animeId,
    title: entry.title,
    titleEnglish: null,
    titleJapanese: null,
    synonyms: [...new Set(synonyms)].filter((name) => name !== entry.title),
    type: parseType(entry.type ?? undefined),
    episodes: entry.episodes,
    year: entry.year,
    season: SEASONS.includes(season) ? (season as Season) : null,
    airedFrom: entry.year === null ? null : String(entry.year),
    airedTo: null,
    duration: entry.duration,
    source: null,
    ratingClass: null,
    adult: isAdult({ ratingClass: null, genres, tags, studios, hasClasses: false }),
    genres: [...new Set(genres)],
    ...(tags.length > 0 && { tags }),
    studios: studios.map((studio) => studio.trim()),
    themes: [],
    members: 0,
    meanScore: entry.score !== null && entry.score <= 10 ? entry.score : null,
    synopsis: null,
    franchise: null,
  };
}
