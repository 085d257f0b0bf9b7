/** train.json: what the current models were made of and what they cost; it lies beside them. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ArtefactError } from '../error.ts';
import { openArtefact, readJson } from './artefact.ts';

/** Of a model that was fitted and saved. */
export interface ModelCost {
  readonly seconds: number;
  /** the most memory that the process held meanwhile */
  readonly peakMemoryBytes: number;
  readonly savedBytes: number;
}

/** What train.json says of a model: without times and machine facts when the training was to be reproducible. */
export type SavedModel = Pick<ModelCost, 'savedBytes'> & Partial<ModelCost>;

export interface TrainRecord {
  /** of the run: <home>/runs/<run>; absent when the training was to be reproducible */
  readonly run?: string;
  /** of the dataset they were fitted on */
  readonly fingerprint: string;
  readonly people: number;
  readonly titles: number;
  readonly interactions: number;
  /** of each model */
  readonly options: Readonly<Record<string, unknown>>;
  /** in the order in which they were fitted; work that models share counts with each that uses it */
  readonly models: Readonly<Record<string, SavedModel>>;
}

const FILE = 'train.json';

export async function writeTrainRecord(modelFolder: string, record: TrainRecord): Promise<void> {
  await writeFile(join(modelFolder, FILE), `${JSON.stringify(record, null, 2)}\n`);
}

/** @throws ArtefactError when it names no models */
export async function readTrainRecord(modelFolder: string): Promise<TrainRecord> {
  const path = join(modelFolder, FILE);
  const record = (await readJson(path)) as Partial<TrainRecord> | null;
  if (record && typeof record.models === 'object' && typeof record.options === 'object')
    return record as TrainRecord;
  throw new ArtefactError(`${path} names no models: run "osusume train" again`);
}

export interface OpenedModels {
  readonly folder: string;
  readonly version: string;
  readonly record: TrainRecord;
}

/**
 * The folder of the current models, and their record. Models that were fitted on another dataset are refused: they may
 * have seen the held-out users.
 * @param fingerprint of the current dataset
 * @throws ArtefactError
 */
export async function openModels(home: string, fingerprint: string): Promise<OpenedModels> {
  const { folder, version } = await openArtefact(home, 'model');
  const record = await readTrainRecord(folder);
  if (record.fingerprint === fingerprint) return { folder, version, record };
  throw new ArtefactError(
    `${join(folder, FILE)} was fitted on another dataset than the current one: run "osusume train" again`,
  );
}
