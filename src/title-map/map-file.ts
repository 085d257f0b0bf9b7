/** A map as a file: map.safetensors with `animeIds` (I32, by item) and `positions` (U16, titles × 2). */
import { join } from 'node:path';
import type { Catalogue } from '../data/anime.ts';
import { ArtefactError } from '../error.ts';
import { openArtefact } from '../home/artefact.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';
import type { Positions } from './layout.ts';

export interface TitleMap {
  readonly version: string;
  /** of the titles, in the order of `positions` */
  readonly animeIds: Int32Array;
  readonly positions: Positions;
}

const FILE = 'map.safetensors';

/** @param bundle version of the bundle that the map was made from */
export async function writeMap(
  folder: string,
  catalogue: Catalogue,
  positions: Positions,
  bundle: string,
): Promise<void> {
  const titles = catalogue.length;
  await writeSafetensors(
    join(folder, FILE),
    {
      animeIds: { shape: [titles], data: Int32Array.from(catalogue, ({ animeId }) => animeId) },
      positions: { shape: [titles, 2], data: positions },
    },
    { bundle },
  );
}

/**
 * Opens a version (default: the current one).
 * @throws ArtefactError when there is none, or it is damaged; the message names the file
 */
export async function openMap(home: string, version?: string): Promise<TitleMap> {
  const { folder, version: opened } = await openArtefact(home, 'map', version);
  const path = join(folder, FILE);
  const file = await SafetensorsFile.open(path);
  try {
    const animeIds = await file.read('animeIds', Int32Array);
    const positions = await file.read('positions', Uint16Array);
    if (positions.length !== 2 * animeIds.length)
      throw new ArtefactError(
        `${path} has ${animeIds.length} titles and ${positions.length} coordinates: run "osusume map" again`,
      );
    return { version: opened, animeIds, positions };
  } finally {
    await file.close();
  }
}

/** Whether the map shows exactly these titles, in this order. */
export function matchesCatalogue({ animeIds }: TitleMap, catalogue: Catalogue): boolean {
  return (
    animeIds.length === catalogue.length &&
    catalogue.every(({ animeId }, item) => animeId === animeIds[item])
  );
}
