/**
 * The catalogue as Parquet: one row for each title, one column for each property of `Anime` except the franchise and the
 * themes, which `prepare` finds.
 */
import { rm, writeFile } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import { ArtefactError } from '../../error.ts';
import type { Anime } from '../anime.ts';
import { sqlString } from '../columns.ts';
import { withDatabase } from '../database.ts';

type Stored = Omit<Required<Anime>, 'franchise' | 'themes'>;

const COLUMNS: Record<keyof Stored, readonly [name: string, type: string]> = {
  animeId: ['anime_id', 'INTEGER'],
  title: ['title', 'VARCHAR'],
  titleEnglish: ['title_english', 'VARCHAR'],
  titleJapanese: ['title_japanese', 'VARCHAR'],
  synonyms: ['synonyms', 'VARCHAR[]'],
  type: ['type', 'VARCHAR'],
  episodes: ['episodes', 'INTEGER'],
  year: ['year', 'INTEGER'],
  season: ['season', 'VARCHAR'],
  airedFrom: ['aired_from', 'VARCHAR'],
  airedTo: ['aired_to', 'VARCHAR'],
  duration: ['duration', 'DOUBLE'],
  source: ['source', 'VARCHAR'],
  ratingClass: ['rating_class', 'VARCHAR'],
  adult: ['adult', 'BOOLEAN'],
  genres: ['genres', 'VARCHAR[]'],
  tags: ['tags', 'VARCHAR[]'],
  studios: ['studios', 'VARCHAR[]'],
  members: ['members', 'INTEGER'],
  meanScore: ['mean_score', 'DOUBLE'],
  synopsis: ['synopsis', 'VARCHAR'],
};
const FIELDS = Object.keys(COLUMNS) as (keyof Stored)[];

/** Writes the titles in order of their ids, by way of a temporary file `path` + ".json". */
export async function writeCatalogue(
  connection: DuckDBConnection,
  path: string,
  titles: Iterable<Anime>,
): Promise<void> {
  const sorted = [...titles].sort((a, b) => a.animeId - b.animeId);
  const rows = sorted.map((title) =>
    JSON.stringify(Object.fromEntries(FIELDS.map((field) => [COLUMNS[field][0], title[field]]))),
  );
  const json = `${path}.json`;
  const columns = FIELDS.map((field) => `${COLUMNS[field][0]}: '${COLUMNS[field][1]}'`).join(', ');
  try {
    await writeFile(json, `${rows.join('\n')}\n`);
    await connection.run(
      `COPY (FROM read_json(${sqlString(json)}, format = 'newline_delimited', columns = {${columns}}) ORDER BY anime_id)
       TO ${sqlString(path)} (FORMAT parquet, COMPRESSION zstd)`,
    );
  } finally {
    await rm(json, { force: true });
  }
}

/**
 * The titles of a catalogue that `ingest` wrote, in order of their ids; franchise is null.
 * @throws ArtefactError when the file is not such a catalogue
 */
export async function readCatalogue(path: string): Promise<Anime[]> {
  const columns = FIELDS.map(
    (field) => `${COLUMNS[field][0]}::${COLUMNS[field][1]} AS "${field}"`,
  ).join(', ');
  const rows = await withDatabase({ threads: 1, memory: '500MB' }, async (connection) => {
    const result = await connection.runAndReadAll(
      `SELECT ${columns} FROM read_parquet(${sqlString(path)}) ORDER BY anime_id`,
    );
    return result.getRowObjectsJS();
  }).catch((error: Error) => {
    throw new ArtefactError(
      `Cannot read the catalogue ${path} (${error.message}): run "osusume ingest" again`,
    );
  });
  // the query casts to these types, and writeCatalogue never writes NULL lists but for tags
  return rows.map((row) => {
    const { tags, ...title } = row as unknown as Stored;
    return { ...title, ...(tags && { tags }), themes: [], franchise: null };
  });
}
