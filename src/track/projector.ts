/** Titles as points for the TensorBoard projector, which Comet's page shows too. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Anime } from '../data/anime.ts';
import { PRIVATE_FILE } from '../home/modes.ts';
import type { TitlePoints } from '../model/recommender.ts';
import type { EmbeddingFiles } from './event-log.ts';

/** Writes the vectors and labels of a model into the folder of a run. */
export async function writeProjectorFiles(
  folder: string,
  name: string,
  points: TitlePoints,
  titles: readonly Anime[],
): Promise<EmbeddingFiles> {
  const [vectors, labels] = [`${name}-vectors.tsv`, `${name}-labels.tsv`];
  await writeFile(join(folder, vectors), vectorsTsv(points), { mode: PRIVATE_FILE });
  await writeFile(join(folder, labels), labelsTsv(titles), { mode: PRIVATE_FILE });
  return { name, shape: [titles.length, points.dimensions], vectors, labels };
}

/**
 * Names the files to the projector: projector_config.json.
 * @param pathOf where the projector finds a file; default: beside the configuration
 */
export function projectorConfig(
  { name, shape, vectors, labels }: EmbeddingFiles,
  pathOf: (file: string) => string = (file) => file,
): object {
  const [tensorPath, metadataPath] = [pathOf(vectors), pathOf(labels)];
  return { embeddings: [{ tensorName: name, tensorShape: shape, tensorPath, metadataPath }] };
}

/** A row for each title. */
export function vectorsTsv({ vectors, dimensions }: TitlePoints): string {
  const rows: string[] = [];
  for (let at = 0; at < vectors.length; at += dimensions)
    rows.push(Array.from(vectors.subarray(at, at + dimensions), short).join('\t'));
  return `${rows.join('\n')}\n`;
}

/** A heading and a row for each title. */
export function labelsTsv(
  titles: readonly Pick<Anime, 'animeId' | 'title' | 'type' | 'year' | 'genres'>[],
): string {
  const rows = titles.map(({ animeId, title, type, year, genres }) =>
    [title, animeId, type ?? '', year ?? '', genres.join(', ')].map(cell).join('\t'),
  );
  return `${['title\tanimeId\ttype\tyear\tgenres', ...rows].join('\n')}\n`;
}

function cell(value: string | number): string {
  return String(value).replace(/[\t\r\n]+/g, ' ');
}

/** Six significant digits are what a chart can show. */
function short(value: number): string {
  return String(Number(value.toPrecision(6)));
}
