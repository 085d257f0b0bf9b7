/** anime.csv and anime_with_synopsis.csv → titles; every row is accounted for. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { OsusumeError } from '../../error.ts';
import type { Anime } from '../anime.ts';
import {
  decodeText,
  parseAired,
  parseCount,
  parseDuration,
  parseList,
  parseNumber,
  parsePremiered,
  parseText,
  parseType,
} from './anime-fields.ts';
import { csvRecords } from './csv.ts';
import {
  type CatalogueField,
  type CatalogueHeader,
  type CatalogueLayout,
  catalogueHeader,
  synopsisHeader,
} from './layout.ts';
import type { FileAccount } from './rejects.ts';

/** Ids were below 60,000 in 2024; the bound keeps tables indexed by id small. */
export const MAX_ANIME_ID = 1 << 24;

/** The files are read in one piece; the published ones have 6 and 8 MB. */
const MAX_BYTES = 256 * 2 ** 20;

/** U+FEFF in UTF-8, one character a byte: some programs write it at the start of a file, even before a quote. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

const NO_SYNOPSIS = /^No synopsis (information )?has been added|^No synopsis yet/i;

export interface ReadFile {
  readonly bytes: number;
  readonly sha256: string;
}

/** @returns titles by animeId; of two rows with the same id the later counts */
export async function readCatalogueFile(
  path: string,
  account: FileAccount,
): Promise<{ titles: Map<number, Anime>; layout: CatalogueLayout } & ReadFile> {
  const file = await readRecords(path, account);
  const header = catalogueHeader(account.file, file.header);
  const titles = new Map<number, Anime>();
  for (const { line, fields, content } of file.rows(header.columns)) {
    const animeId = parseCount(fields[header.position.animeId!]);
    if (animeId === null) account.reject(line, 'not a number', content);
    else if (animeId >= MAX_ANIME_ID) account.reject(line, 'number out of range', content);
    else if (decodeText(fields[header.position.title!]) === '')
      account.reject(line, 'no title', content);
    else {
      if (titles.has(animeId)) account.duplicates++;
      titles.set(animeId, toAnime(animeId, fields, header));
    }
  }
  account.kept = titles.size;
  return { titles, layout: header.layout, bytes: file.bytes, sha256: file.sha256 };
}

/** Adds synopses to the titles they belong to. */
export async function readSynopsisFile(
  path: string,
  titles: Map<number, Anime>,
  account: FileAccount,
): Promise<ReadFile> {
  const file = await readRecords(path, account);
  const header = synopsisHeader(account.file, file.header);
  const seen = new Set<number>();
  for (const { line, fields, content } of file.rows(header.columns)) {
    const animeId = parseCount(fields[header.animeId]);
    const title = animeId === null ? undefined : titles.get(animeId);
    if (animeId === null) account.reject(line, 'not a number', content);
    else if (!title) account.reject(line, 'unknown anime_id', content);
    else {
      if (seen.has(animeId)) account.duplicates++;
      seen.add(animeId);
      const synopsis = parseText(fields[header.synopsis]);
      titles.set(animeId, {
        ...title,
        synopsis: synopsis && !NO_SYNOPSIS.test(synopsis) ? synopsis : null,
      });
    }
  }
  account.kept = seen.size;
  return file;
}

function toAnime(animeId: number, fields: readonly string[], { position }: CatalogueHeader): Anime {
  const field = (name: CatalogueField) => {
    const at = position[name];
    return at === undefined ? undefined : fields[at];
  };
  const aired = parseAired(field('aired'));
  const premiered = parsePremiered(field('premiered'));
  const genres = parseList(field('genres'));
  const ratingClass = parseText(field('ratingClass'));
  const meanScore = parseNumber(field('meanScore'));
  return {
    animeId,
    title: decodeText(field('title')!),
    titleEnglish: parseText(field('titleEnglish')),
    titleJapanese: parseText(field('titleJapanese')),
    synonyms: [],
    type: parseType(field('type')),
    episodes: parseCount(field('episodes')) || null,
    year: premiered.year ?? (aired.from ? Number(aired.from.slice(0, 4)) : null),
    season: premiered.season,
    airedFrom: aired.from,
    airedTo: aired.to,
    duration: parseDuration(field('duration')),
    source: parseText(field('source')),
    ratingClass,
    adult: (ratingClass?.startsWith('Rx') ?? false) || genres.includes('Hentai'),
    genres,
    studios: parseList(field('studios')),
    themes: [],
    members: parseCount(field('members')) ?? 0,
    meanScore: meanScore !== null && meanScore >= 1 && meanScore <= 10 ? meanScore : null,
    synopsis: null,
    franchise: null,
  };
}

interface Row {
  readonly line: number;
  readonly fields: readonly string[];
  readonly content: string;
}

/**
 * The header and the well-formed rows; the others are rejected. The text is parsed as one character a byte and decoded
 * row by row, so that broken encoding in one row does not spoil the rest.
 */
async function readRecords(path: string, account: FileAccount) {
  const { size } = await stat(path);
  if (size > MAX_BYTES)
    throw new OsusumeError(
      `${account.file} has ${size} bytes, at most ${MAX_BYTES} are expected of a catalogue: check that it is the right file`,
    );
  const bytes = await readFile(path);
  const records = csvRecords(bytes.toString('latin1').replace(BYTE_ORDER_MARK, ''));
  const first = records.next().value;
  if (!first)
    throw new OsusumeError(`${account.file} is empty: get the file again from the data set`);
  const header = first.fields?.map((field) => decodeUtf8(field) ?? '') ?? [first.content];
  function* rows(columns: number): Generator<Row, void> {
    for (const { line, fields, content: raw } of records) {
      account.read++;
      const content = decodeUtf8(raw);
      if (content === null)
        account.reject(line, 'broken encoding', Buffer.from(raw, 'latin1').toString());
      else if (!fields) account.reject(line, 'broken quoting', content);
      else if (fields.length !== columns) account.reject(line, 'wrong number of fields', content);
      else yield { line, fields: fields.map((field) => decodeUtf8(field) ?? ''), content };
    }
  }
  return { header, rows, bytes: size, sha256: createHash('sha256').update(bytes).digest('hex') };
}

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decodeUtf8(bytes: string): string | null {
  try {
    return UTF8.decode(Buffer.from(bytes, 'latin1'));
  } catch {
    return null;
  }
}
