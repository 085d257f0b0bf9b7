/** The file of a catalogue → titles; every row is accounted for. */
import type { Anime } from '../anime.ts';
import { requireLayout } from '../csv/recognise.ts';
import { type ReadFile, readRecords } from '../csv/records.ts';
import type { FileAccount } from '../csv/rejects.ts';
import type { CatalogueField, CatalogueLayout } from '../layout/catalogue-layouts.ts';
import { CATALOGUE_LAYOUTS } from '../layout/catalogue-layouts.ts';
import type { Recognised } from '../layout/layout.ts';
import { decodeText, parseCount } from './anime-fields.ts';
import { ColumnCheck } from './column-check.ts';
import { parseRelated, type RelatedTitle } from './related.ts';
import { parseSynopsis } from './synopsis.ts';
import { titleFrom } from './title-from.ts';

/** Ids were below 60,000 in 2024; the bound keeps tables indexed by id small. */
export const MAX_ANIME_ID = 1 << 24;

export interface ReadCatalogue extends ReadFile {
  /** by animeId; of two rows with the same id the later counts */
  readonly titles: Map<number, Anime>;
  readonly layout: CatalogueLayout;
  /** the file's own number of a title → its animeId, where it has numbers of its own */
  readonly numbers: ReadonlyMap<number, number> | null;
  readonly related: ReadonlyMap<number, readonly RelatedTitle[]>;
  /** fields that the file has no column for */
  readonly missing: ReadonlySet<CatalogueField>;
}

export async function readCatalogueFile(
  path: string,
  account: FileAccount,
): Promise<ReadCatalogue> {
  const file = await readRecords(path, account, (line) =>
    requireLayout(account.file, line, 'catalogue'),
  );
  const { layout, position } = file.recognised as Recognised<CatalogueLayout>;
  const titles = new Map<number, Anime>();
  const numbers = position.malUrl === undefined ? null : new Map<number, number>();
  const related = new Map<number, RelatedTitle[]>();
  const check = new ColumnCheck(account.file, layout, position);
  for (const { line, fields, content } of file.rows()) {
    const field = (name: CatalogueField) =>
      position[name] === undefined ? undefined : fields[position[name]];
    const number = parseCount(field('animeId'));
    const animeId = numbers === null ? number : idInAddress(field('malUrl'));
    if (number === null) account.reject(line, 'not a number', content);
    else if (animeId === null) account.reject(line, 'no MyAnimeList id', content);
    else if (animeId >= MAX_ANIME_ID || number >= MAX_ANIME_ID)
      account.reject(line, 'number out of range', content);
    else if (decodeText(field('title')!) === '') account.reject(line, 'no title', content);
    else {
      check.add(field);
      if (titles.has(animeId)) account.duplicates++;
      titles.set(animeId, titleFrom(animeId, field));
      numbers?.set(number, animeId);
      const others = parseRelated(field('related'));
      if (others.length > 0) related.set(animeId, others);
    }
  }
  account.kept = titles.size;
  check.finish();
  const all = Object.keys(CATALOGUE_LAYOUTS[0].fields) as CatalogueField[];
  const missing = new Set(all.filter((name) => position[name] === undefined));
  return { ...file.about, titles, layout, numbers, related, missing };
}

/** Adds synopses to the titles they belong to. */
export async function readSynopsisFile(
  path: string,
  titles: Map<number, Anime>,
  account: FileAccount,
): Promise<ReadFile> {
  const file = await readRecords(path, account, (line) =>
    requireLayout(account.file, line, 'synopses'),
  );
  const { animeId: idAt, synopsis: textAt } = file.recognised.position as Record<string, number>;
  const seen = new Set<number>();
  for (const { line, fields, content } of file.rows()) {
    const animeId = parseCount(fields[idAt]);
    const title = animeId === null ? undefined : titles.get(animeId);
    if (animeId === null) account.reject(line, 'not a number', content);
    else if (!title) account.reject(line, 'unknown anime_id', content);
    else {
      if (seen.has(animeId)) account.duplicates++;
      seen.add(animeId);
      titles.set(animeId, { ...title, synopsis: parseSynopsis(fields[textAt]) });
    }
  }
  account.kept = seen.size;
  return file.about;
}

/** https://myanimelist.net/anime/5114/Fullmetal_Alchemist__Brotherhood → 5114 */
function idInAddress(field: string | undefined): number | null {
  const [, id] = /myanimelist\.net\/anime\/(\d{1,9})(?:[/?#]|$)/i.exec(field?.trim() ?? '') ?? [];
  return id === undefined ? null : Number(id);
}
