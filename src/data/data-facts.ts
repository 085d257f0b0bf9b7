/** Counts over the ingested rows, for the report of `explore`; DuckDB makes them from the two Parquet files. */
import { join } from 'node:path';
import type { DuckDBConnection } from '@duckdb/node-api';
import { sqlString } from './columns.ts';
import { type DatabaseOptions, withDatabase } from './database.ts';
import { STATUS } from './interactions.ts';

export interface Counted {
  readonly name: string;
  readonly count: number;
}

export interface ByYear extends Counted {
  readonly year: number;
}

export interface DataFacts {
  readonly rows: number;
  readonly people: number;
  readonly titles: number;
  /** titles that nobody lists */
  readonly unlisted: number;
  readonly meanRating: number | null;
  /** by score, 1–10; rows without a score are in `unscored` */
  readonly ratings: readonly Counted[];
  readonly unscored: number;
  readonly statuses: readonly Counted[];
  /** users by the length of their list; a bin is named after its first length and a quarter wider than the one before */
  readonly listLengths: readonly (Counted & { readonly from: number; readonly to: number })[];
  /** the share of all rows that the most listed share of titles has */
  readonly longTail: readonly { readonly titles: number; readonly rows: number }[];
  readonly genres: readonly Counted[];
  readonly genresByYear: readonly ByYear[];
  readonly typesByYear: readonly ByYear[];
  readonly seasons: readonly Counted[];
  /** for each column of the catalogue, how many titles have no value */
  readonly missing: readonly Counted[];
  readonly mostListed: readonly Counted[];
}

const GENRES_BY_YEAR = 6;
const NULLABLE = [
  ...['title_english', 'title_japanese', 'type', 'episodes', 'year', 'season', 'aired_from'],
  ...['aired_to', 'duration', 'source', 'rating_class', 'mean_score', 'synopsis'],
];
const LISTS = ['genres', 'studios', 'synonyms'];

/** @param folder of an 'ingest' artefact */
export function dataFacts(folder: string, options: DatabaseOptions = {}): Promise<DataFacts> {
  return withDatabase(options, async (connection) => {
    const view = (name: string, file: string) =>
      connection.run(`CREATE VIEW ${name} AS FROM read_parquet(${sqlString(join(folder, file))})`);
    await view('rows', 'interactions.parquet');
    await view('titles', 'anime.parquet');
    await connection.run(
      'CREATE TABLE listed AS SELECT anime_id, count(*) AS n FROM rows GROUP BY anime_id',
    );
    await connection.run(
      'CREATE TABLE lists AS SELECT user_id, count(*) AS n FROM rows GROUP BY user_id',
    );
    const read = <T>(sql: string) => objects<T>(connection, sql);
    const [whole] = await read<Pick<DataFacts, 'rows' | 'unscored' | 'meanRating'>>(
      `SELECT count(*)::DOUBLE AS rows, (count(*) FILTER (rating = 0))::DOUBLE AS unscored,
        avg(rating) FILTER (rating > 0) AS "meanRating" FROM rows`,
    );
    const [size] = await read<Pick<DataFacts, 'people' | 'titles' | 'unlisted'>>(
      `SELECT (SELECT count(*) FROM lists)::DOUBLE AS people, count(*)::DOUBLE AS titles,
        (count(*) FILTER (anime_id NOT IN (SELECT anime_id FROM listed)))::DOUBLE AS unlisted FROM titles`,
    );
    return {
      ...whole,
      ...size,
      ratings: await read(
        `SELECT rating::VARCHAR AS name, count(*)::DOUBLE AS count FROM rows WHERE rating > 0 GROUP BY rating ORDER BY rating`,
      ),
      statuses: await statuses(connection),
      listLengths: await read(
        `WITH binned AS (SELECT floor(ln(n) / ln(1.25) + 1e-9) AS bin FROM lists)
         SELECT ceil(pow(1.25, bin) - 1e-9)::INTEGER::VARCHAR AS name, pow(1.25, bin) AS "from", pow(1.25, bin + 1) AS "to",
           count(*)::DOUBLE AS count FROM binned GROUP BY bin ORDER BY bin`,
      ),
      longTail: await read(
        `WITH ranked AS (
           SELECT row_number() OVER (ORDER BY n DESC) / count(*) OVER () AS titles,
             sum(n) OVER (ORDER BY n DESC ROWS UNBOUNDED PRECEDING) / sum(n) OVER () AS rows FROM listed)
         SELECT max(titles) AS titles, max(rows)::DOUBLE AS rows FROM ranked GROUP BY ceil(titles * 100) ORDER BY 1`,
      ),
      genres: await read(
        `SELECT genre AS name, count(*)::DOUBLE AS count FROM (SELECT unnest(genres) AS genre FROM titles)
         GROUP BY genre ORDER BY 2 DESC, 1 LIMIT 20`,
      ),
      genresByYear: await read(
        `WITH each AS (SELECT year, unnest(genres) AS genre FROM titles WHERE year >= 1960),
           most AS (SELECT genre FROM each GROUP BY genre ORDER BY count(*) DESC, genre LIMIT ${GENRES_BY_YEAR})
         SELECT year::INTEGER AS year, genre AS name, count(*)::DOUBLE AS count FROM each
         WHERE genre IN (FROM most) GROUP BY year, genre ORDER BY year, genre`,
      ),
      typesByYear: await read(
        `SELECT year::INTEGER AS year, type AS name, count(*)::DOUBLE AS count FROM titles
         WHERE year >= 1960 AND type IS NOT NULL GROUP BY year, type ORDER BY year, type`,
      ),
      seasons: await read(
        `SELECT season AS name, count(*)::DOUBLE AS count FROM titles WHERE season IS NOT NULL
         GROUP BY season ORDER BY array_position(['winter', 'spring', 'summer', 'fall'], season)`,
      ),
      missing: await read(
        [
          ...NULLABLE.map((name) => [name, `${name} IS NULL`]),
          ...LISTS.map((name) => [name, `len(${name}) = 0`]),
        ]
          .map(
            ([name, test]) =>
              `SELECT '${name}' AS name, (count(*) FILTER (${test}))::DOUBLE AS count FROM titles`,
          )
          .join(' UNION ALL '),
      ),
      mostListed: await read(
        `SELECT title AS name, n::DOUBLE AS count FROM listed JOIN titles USING (anime_id) ORDER BY n DESC, anime_id LIMIT 15`,
      ),
    };
  });
}

async function statuses(connection: DuckDBConnection): Promise<Counted[]> {
  const found = await objects<{ status: number; count: number }>(
    connection,
    'SELECT status::INTEGER AS status, count(*)::DOUBLE AS count FROM rows GROUP BY status ORDER BY 2 DESC',
  );
  const names = new Map<number, string>(
    Object.entries(STATUS).map(([name, code]) => [code, name.replaceAll('_', ' ')]),
  );
  return found.map(({ status, count }) => ({ name: names.get(status) ?? `code ${status}`, count }));
}

/** The rows as the query names and casts them. */
async function objects<T>(connection: DuckDBConnection, sql: string): Promise<T[]> {
  const result = await connection.runAndReadAll(sql);
  return result.getRowObjectsJS() as unknown as T[];
}
