/** The names of the files in the published data sets: what is taken where the header says nothing, and in which order. */

export type NamedRole = 'catalogue' | 'ratings' | 'synopses' | 'relations' | 'offline';

/** In lower case and order of preference. */
const NAMES: Record<Exclude<NamedRole, 'offline'>, readonly string[]> = {
  catalogue: [
    'anime.csv',
    'anime-dataset-2023.csv',
    'animes.csv',
    'anime_cleaned.csv',
    'anime_filtered.csv',
    'anime-filtered.csv',
  ],
  ratings: [
    'animelist.csv',
    'useranimelist.csv',
    'animelists_cleaned.csv',
    'animelists_filtered.csv',
    'user_anime.csv',
    'users-score-2023.csv',
    'user-animereview.csv',
    'ratings.csv',
    'rating.csv',
    'rating_complete.csv',
    'user-filtered.csv',
    'final_animedataset.csv',
  ],
  synopses: ['anime_with_synopsis.csv'],
  relations: ['anime_anime.csv'],
};

/** How a file is packed, by its name. */
export type Packing = 'gzip' | 'zstd' | null;

export interface FileName {
  /** in lower case, without .gz or .zst, and .csv for .parquet, .tsv and .txt */
  readonly plain: string;
  readonly packing: Packing;
  readonly format: 'csv' | 'parquet' | 'json';
}

/** What a name says about a file; null = no file of a data set has such a name. */
export function parseFileName(name: string): FileName | null {
  const lower = name.toLowerCase();
  if (lower.startsWith('.')) return null;
  const [, stem, kind, packed] =
    /^(.+)\.(csv|tsv|txt|parquet|json|jsonl|ndjson)(?:\.(gz|zst))?$/.exec(lower) ?? [];
  if (!stem) return null;
  const packing = packed === 'gz' ? 'gzip' : packed === 'zst' ? 'zstd' : null;
  if (kind === 'parquet') return { plain: `${stem}.csv`, packing, format: 'parquet' };
  if (/^json|^ndjson/.test(kind)) return { plain: `${stem}.json`, packing, format: 'json' };
  return { plain: `${stem}.csv`, packing, format: 'csv' };
}

/** A file of a numbered sequence: user_anime000000000012.csv is part 12 of user_anime.csv. Years are no numbers of parts. */
export function partOf(plain: string): { whole: string; part: number } | null {
  const [, stem, digits] = /^(.*?)[-_.]?(\d+)\.csv$/.exec(plain) ?? [];
  if (!stem || !digits || /^(19|20)\d\d$/.test(digits)) return null;
  return { whole: `${stem}.csv`, part: Number(digits) };
}

/**
 * What a file is by its name alone.
 * @param others plain names of the files beside it: the catalogue of 2018 is AnimeList.csv, the lists of 2020 animelist.csv
 */
export function roleByName(plain: string, others: readonly string[]): NamedRole | null {
  if (/^anime-offline-database.*\.json$/.test(plain)) return 'offline';
  if (
    plain === 'animelist.csv' &&
    others.some((name) => /^(user)?animelists?_?\w*\.csv$/.test(name) && name !== plain)
  )
    return 'catalogue';
  const whole = partOf(plain)?.whole ?? plain;
  for (const [role, names] of Object.entries(NAMES))
    if (names.includes(plain) || names.includes(whole)) return role as NamedRole;
  return null;
}

/** Lower = preferred. */
export function nameRank(plain: string): number {
  const whole = partOf(plain)?.whole ?? plain;
  const rank = Object.values(NAMES)
    .map((names) => names.findIndex((name) => name === plain || name === whole))
    .find((at) => at >= 0);
  return rank ?? Number.POSITIVE_INFINITY;
}

/** Whether a file is one of ratings by its name, which are read while they arrive. */
export function isRatings(name: string, others: readonly string[]): boolean {
  const file = parseFileName(name);
  return file?.format === 'csv' && roleByName(file.plain, plainNames(others)) === 'ratings';
}

/** Of the files in a place where fetching costs something, those that would be read. */
export function neededNames(names: readonly string[], mark: string): string[] {
  const plain = plainNames(names);
  const known = names.flatMap((name) => {
    const file = parseFileName(name);
    const role = file && roleByName(file.plain, plain);
    return file && role ? [{ name, role, file }] : [];
  });
  const sorted = known.sort(
    (a, b) =>
      nameRank(a.file.plain) - nameRank(b.file.plain) ||
      Number(a.file.packing !== null) - Number(b.file.packing !== null) ||
      (a.name < b.name ? -1 : 1),
  );
  const first = (role: NamedRole) => sorted.find((file) => file.role === role);
  const [catalogue, ratings] = [first('catalogue'), first('ratings')];
  const part = ratings && partOf(ratings.file.plain);
  const parts = sorted.filter(
    ({ file, role }) => part && role === 'ratings' && partOf(file.plain)?.whole === part.whole,
  );
  const others = [first('synopses'), first('relations'), first('offline')];
  const chosen = [catalogue, ratings, ...parts, ...others].flatMap((file) => file?.name ?? []);
  const isWhole = (catalogue || first('offline')) && ratings;
  const archives = isWhole ? [] : names.filter((name) => /\.zip$/i.test(name));
  return [...new Set([...chosen, ...archives, ...(names.includes(mark) ? [mark] : [])])];
}

function plainNames(names: readonly string[]): string[] {
  return names.flatMap((name) => parseFileName(name)?.plain ?? []);
}
