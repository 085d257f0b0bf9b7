/** The dataset as files: interactions.safetensors, catalogue.json, dataset.json. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactError } from '../error.ts';
import { openArtefact, readJson } from '../home/artefact.ts';
import { SafetensorsFile, writeSafetensors } from '../home/safetensors.ts';
import type { Catalogue } from './anime.ts';
import type { Dataset, UserRange } from './dataset.ts';
import { IdMap } from './id-map.ts';
import { type Interactions, STATUS } from './interactions.ts';

const INTERACTIONS = 'interactions.safetensors';
const CATALOGUE = 'catalogue.json';
const DESCRIPTION = 'dataset.json';
const REMEDY = 'run "osusume prepare" again';

/** What `prepare` counted. Rows of users who were left out are not in the dataset. */
export interface DatasetCounts {
  readonly users: number;
  readonly items: number;
  readonly rows: number;
  /** rows that are not plan-to-watch */
  readonly seen: number;
  readonly leftOutUsers: number;
  readonly leftOutRows: number;
  readonly franchises: number;
}

export interface DatasetNotes {
  /** the options that it was made with, for a person who reads the file */
  readonly options: Readonly<Record<string, unknown>>;
  readonly counts: DatasetCounts;
}

/** Writes a dataset into an existing, empty folder. */
export async function writeDataset(
  folder: string,
  dataset: Dataset,
  notes: DatasetNotes,
): Promise<void> {
  const { interactions, users, items, catalogue, fingerprint, origin, parts } = dataset;
  const vector = <T extends { length: number }>(data: T) => ({ shape: [data.length], data });
  await writeSafetensors(join(folder, INTERACTIONS), {
    indptr: vector(interactions.indptr),
    indices: vector(interactions.indices),
    ratings: vector(interactions.ratings),
    statuses: vector(interactions.statuses),
    users: vector(users.ids),
    items: vector(items.ids),
  });
  await writeFile(
    join(folder, CATALOGUE),
    `[\n${catalogue.map((anime) => JSON.stringify(anime)).join(',\n')}\n]\n`,
  );
  const description = { fingerprint, origin, parts, ...notes };
  await writeFile(join(folder, DESCRIPTION), `${JSON.stringify(description, null, 2)}\n`);
}

/**
 * Opens the current dataset.
 * @throws ArtefactError that names the file and what is wrong with it
 */
export async function openDataset(home: string): Promise<Dataset> {
  const { folder } = await openArtefact(home, 'dataset');
  const { interactions, users, items } = await readInteractions(join(folder, INTERACTIONS));
  const catalogue = checkCatalogue(
    join(folder, CATALOGUE),
    await readJson(join(folder, CATALOGUE)),
    items,
  );
  const path = join(folder, DESCRIPTION);
  return {
    ...checkDescription(path, await readJson(path), users.size),
    catalogue,
    items,
    users,
    interactions,
  };
}

async function readInteractions(path: string) {
  const file = await SafetensorsFile.open(path);
  try {
    const users = idMap(path, 'users', await file.read('users', Int32Array));
    const items = idMap(path, 'items', await file.read('items', Int32Array));
    const interactions: Interactions = {
      users: users.size,
      items: items.size,
      indptr: await file.read('indptr', Uint32Array),
      indices: await file.read('indices', Uint32Array),
      ratings: await file.read('ratings', Uint8Array),
      statuses: await file.read('statuses', Uint8Array),
    };
    checkInteractions(path, interactions);
    return { interactions, users, items };
  } finally {
    await file.close();
  }
}

function idMap(path: string, name: string, ids: Int32Array): IdMap {
  try {
    return new IdMap(ids);
  } catch {
    throw damaged(path, `an id occurs twice in "${name}"`);
  }
}

/** @throws ArtefactError when the rows are not what `Interactions` promises */
export function checkInteractions(path: string, rows: Interactions): void {
  const { users, items, indptr, indices, ratings, statuses } = rows;
  const entries = indices.length;
  if (indptr.length !== users + 1)
    throw damaged(path, `"indptr" has ${indptr.length} values, expected ${users + 1}`);
  if (indptr[0] !== 0 || indptr[users] !== entries) {
    throw damaged(
      path,
      `"indptr" runs from ${indptr[0]} to ${indptr[users]}, expected 0 to ${entries}`,
    );
  }
  for (const [name, { length }] of Object.entries({ ratings, statuses })) {
    if (length !== entries)
      throw damaged(path, `"${name}" has ${length} values, expected ${entries}`);
  }
  for (let user = 0; user < users; user++) {
    if (indptr[user + 1] < indptr[user]) throw damaged(path, `"indptr" falls at user ${user}`);
    let last = -1;
    for (let p = indptr[user]; p < indptr[user + 1]; p++) {
      if (indices[p] >= items)
        throw damaged(path, `item ${indices[p]} at entry ${p}, expected less than ${items}`);
      if (indices[p] <= last)
        throw damaged(path, `the items of user ${user} do not ascend at entry ${p}`);
      last = indices[p];
    }
  }
  for (let p = 0; p < entries; p++) {
    if (ratings[p] > 10) throw damaged(path, `rating ${ratings[p]} at entry ${p}, expected 0–10`);
    if (!IS_STATUS[statuses[p]])
      throw damaged(path, `status ${statuses[p]} at entry ${p}, expected ${Object.values(STATUS)}`);
  }
}

const IS_STATUS = new Uint8Array(256);
for (const code of Object.values(STATUS)) IS_STATUS[code] = 1;

function checkCatalogue(path: string, value: unknown, items: IdMap): Catalogue {
  if (!Array.isArray(value) || value.length !== items.size) {
    const found = Array.isArray(value) ? `${value.length} titles` : typeof value;
    throw damaged(path, `it has ${found}, expected ${items.size} titles`);
  }
  value.forEach((anime: unknown, item) => {
    const { animeId, title, genres, studios, synonyms } = (anime ?? {}) as Record<string, unknown>;
    if (animeId !== items.ids[item])
      throw damaged(path, `title ${item} has animeId ${animeId}, expected ${items.ids[item]}`);
    if (typeof title !== 'string' || ![genres, studios, synonyms].every(Array.isArray)) {
      throw damaged(
        path,
        `title ${item} (animeId ${animeId}) lacks a title, genres, studios or synonyms`,
      );
    }
  });
  // Datasets of earlier releases have no themes.
  return (value as Catalogue).map((anime) => ({ ...anime, themes: anime.themes ?? [] }));
}

function checkDescription(path: string, value: unknown, users: number) {
  const { fingerprint, origin, parts } = (value ?? {}) as Partial<Dataset>;
  if (typeof fingerprint !== 'string' || !/^[0-9a-f]{64}$/.test(fingerprint)) {
    throw damaged(path, `its fingerprint is ${JSON.stringify(fingerprint)}, expected a SHA-256`);
  }
  if (typeof origin?.name !== 'string' || typeof origin.synthetic !== 'boolean') {
    throw damaged(path, 'its origin lacks a name or the synthetic flag');
  }
  let from = 0;
  for (const name of ['train', 'validation', 'test'] as const) {
    const range: Partial<UserRange> = parts?.[name] ?? {};
    if (range.from !== from || !Number.isInteger(range.to) || (range.to as number) < from) {
      throw damaged(
        path,
        `its part "${name}" is ${JSON.stringify(parts?.[name])}, expected to begin at user ${from}`,
      );
    }
    from = range.to as number;
  }
  if (from !== users) throw damaged(path, `its parts end at user ${from}, expected ${users}`);
  return { fingerprint, origin, parts: parts as Dataset['parts'] };
}

function damaged(path: string, what: string): ArtefactError {
  return new ArtefactError(`${path} is damaged: ${what}: ${REMEDY}`);
}
