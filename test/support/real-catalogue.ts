/** The catalogue of 2020 with its franchises, most listed first, as a bundle has it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Anime } from '../../src/data/anime.ts';
import { readCatalogueFile } from '../../src/data/catalogue/catalogue-reader.ts';
import { Rejects } from '../../src/data/csv/rejects.ts';
import { assignFranchises } from '../../src/data/franchise/franchise.ts';

/** @param file anime.csv */
export async function realCatalogue(file: string): Promise<Anime[]> {
  const folder = await mkdtemp(join(tmpdir(), 'osusume-catalogue-'));
  const rejects = new Rejects(join(folder, 'rejected.csv'));
  try {
    const { titles } = await readCatalogueFile(file, rejects.open('anime.csv'));
    return assignFranchises([...titles.values()]).sort(
      (a, b) => b.members - a.members || a.animeId - b.animeId,
    );
  } finally {
    rejects.close();
    await rm(folder, { recursive: true });
  }
}
