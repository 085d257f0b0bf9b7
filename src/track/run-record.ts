/** run.json: the inputs, course and results of a run. Each run has a folder: <home>/runs/<id>. */
import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { ArtefactError, NotFoundError } from '../error.ts';
import { writeAtomically } from '../home/atomic-write.ts';
import { privateFolder } from '../home/modes.ts';

const Numbers = Type.Record(Type.String(), Type.Number());

export const RunRecord = Type.Object({
  format: Type.Literal(1),
  id: Type.String(),
  /** a run whose process was killed stays "running" */
  status: Type.Union([
    Type.Literal('running'),
    Type.Literal('finished'),
    Type.Literal('failed'),
    Type.Literal('interrupted'),
  ]),
  startedAt: Type.String(),
  seconds: Type.Number(),
  /** null = each model's own */
  seed: Type.Union([Type.Integer(), Type.Null()]),
  /** of the dataset */
  fingerprint: Type.String(),
  origin: Type.String(),
  people: Type.Integer(),
  titles: Type.Integer(),
  interactions: Type.Integer(),
  /** of the source code, when it lies in a git repository */
  commit: Type.Union([Type.String(), Type.Null()]),
  /** options of each model */
  parameters: Type.Record(Type.String(), Type.Unknown()),
  /** cost of each model that was fitted */
  models: Type.Record(
    Type.String(),
    Type.Object({
      seconds: Type.Number(),
      peakMemoryBytes: Type.Number(),
      savedBytes: Type.Number(),
    }),
  ),
  /** of models that learn in epochs: what each epoch reported, numbers by dotted path */
  epochs: Type.Record(Type.String(), Type.Array(Numbers)),
  /** version of the 'model' artefact; null until it is written */
  version: Type.Union([Type.String(), Type.Null()]),
  /** versions of the bundles that were published from the models, oldest first */
  bundles: Type.Optional(Type.Array(Type.String())),
  /** liked metrics of each model on held-out people; null until evaluated */
  evaluation: Type.Union([
    Type.Null(),
    Type.Object({
      part: Type.String(),
      people: Type.Integer(),
      models: Type.Record(Type.String(), Numbers),
    }),
  ]),
});
export type RunRecord = Static<typeof RunRecord>;

export function runsFolder(home: string): string {
  return join(home, 'runs');
}

/** Creates the folder of a new run. */
export async function newRunFolder(
  home: string,
  now: Date,
): Promise<{ id: string; folder: string }> {
  const stamp = now.toISOString().replace(/[-:]/g, '').replace(/\..*/, '');
  const id = `${stamp}-${randomBytes(3).toString('hex')}`;
  const folder = join(runsFolder(home), id);
  await privateFolder(runsFolder(home));
  await privateFolder(folder);
  return { id, folder };
}

export async function writeRunRecord(folder: string, record: RunRecord): Promise<void> {
  await writeAtomically(join(folder, 'run.json'), `${JSON.stringify(record, null, 2)}\n`);
}

/**
 * @throws NotFoundError when there is no such run, ArtefactError when its record is damaged
 */
export async function readRunRecord(home: string, id: string): Promise<RunRecord> {
  const path = join(runsFolder(home), id, 'run.json');
  const text = /^[\w-]+$/.test(id) ? await readFile(path, 'utf8').catch(() => null) : null;
  if (text === null)
    throw new NotFoundError(`There is no run "${id}" in ${home}: "osusume runs" lists them`);
  const record = parse(text);
  if (Value.Check(RunRecord, record)) return record;
  throw new ArtefactError(`${path} is not the record of a run, or of another format`);
}

/** Oldest first; folders without a readable record are left out. */
export async function listRuns(home: string): Promise<RunRecord[]> {
  const ids = await readdir(runsFolder(home)).catch(() => []);
  const found = await Promise.all(
    ids.sort().map((id) => readRunRecord(home, id).catch(() => null)),
  );
  return found.filter((record) => record !== null);
}

/**
 * The id of the run that made the models; null when it was made in another home, or its folder was removed.
 * @param models their version; `run`, when their record names it
 */
export async function runOf(
  home: string,
  { version, run }: { readonly version: string; readonly run?: string },
): Promise<string | null> {
  if (run !== undefined) return run;
  const made = (await listRuns(home)).filter((record) => record.version === version);
  return made.at(-1)?.id ?? null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
