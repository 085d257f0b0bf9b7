/**
 * Whether a home holds the built-in sample or real data: the sample never replaces real data.
 *
 * <home>/home.json says so. In a home of an earlier release, what the artefacts say of their origin decides: it holds the
 * sample only when all that is there says so. "Real" is what came from a source that somebody named.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomically } from './atomic-write.ts';
import { ARTEFACT_KINDS, type ArtefactKind } from './kinds.ts';
import { keptVersions, readPointer } from './versions.ts';

/** The name that the built-in sample has in artefacts. */
export const SAMPLE_NAME = 'sample';

export interface HomeOrigin {
  readonly data: 'nothing' | 'sample' | 'real';
  /** for messages: what it holds, e.g. "data from mal-2020" */
  readonly about: string;
}

const FILE = 'home.json';

/** Notes in home.json what the home holds from now on. */
export async function writeOrigin(
  home: string,
  data: 'sample' | 'real',
  source: string,
): Promise<void> {
  await writeAtomically(
    join(home, FILE),
    `${JSON.stringify({ format: 1, data, source }, null, 2)}\n`,
  );
}

export async function readOrigin(home: string): Promise<HomeOrigin> {
  const [record, evidence] = await Promise.all([readRecord(home), evidenceIn(home)]);
  const real = evidence.find((found) => typeof found === 'object' && !isSample(found));
  if (typeof real === 'object') return { data: 'real', about: `data from ${real.name}` };
  if (record === 'unreadable')
    return { data: 'real', about: `data of unknown origin (${join(home, FILE)} is damaged)` };
  if (record?.data === 'real') return { data: 'real', about: `data from ${record.source}` };
  if (evidence.length === 0) return { data: 'nothing', about: 'nothing' };
  if (record?.data === 'sample') return { data: 'sample', about: 'the built-in sample' };
  const unknown = evidence.find((found) => typeof found === 'string');
  if (typeof unknown === 'string' && !evidence.some((found) => typeof found === 'object'))
    return { data: 'real', about: `data of unknown origin (${unknown})` };
  const damaged = evidence.find((found) => typeof found === 'string' && found !== NO_ORIGIN);
  if (typeof damaged === 'string')
    return { data: 'real', about: `data of unknown origin (${damaged})` };
  return { data: 'sample', about: 'the built-in sample' };
}

/** Whether a version was made from the built-in sample. Models and maps do not say: then it was not. */
export async function isSampleVersion(
  home: string,
  kind: ArtefactKind,
  version: string,
): Promise<boolean> {
  const found = await originOf(home, kind, version);
  return typeof found === 'object' && isSample(found);
}

interface Named {
  readonly name: string;
  readonly synthetic: boolean;
}
/** An origin, or the reason why it is not known. */
type Evidence = Named | string;
const NO_ORIGIN = 'nothing in it says where it comes from';

function isSample({ name, synthetic }: Named): boolean {
  return synthetic && name === SAMPLE_NAME;
}

/** Where each kind notes its origin: the file, and the field in it. */
const NOTED: Partial<Record<ArtefactKind, readonly [file: string, field: string]>> = {
  ingest: ['report.json', 'source'],
  dataset: ['dataset.json', 'origin'],
  leaderboard: ['leaderboard.json', 'origin'],
  bundle: ['bundle.json', 'origin'],
};

async function evidenceIn(home: string): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for (const kind of ARTEFACT_KINDS) {
    const versions = await keptVersions(home, kind);
    for (const version of versions) found.push(await originOf(home, kind, version));
    if (versions.length === 0 && (await readPointer(home, kind)).state !== 'none')
      found.push(`${join(home, kind)} has a pointer and no versions`);
  }
  for (const id of await namesIn(join(home, 'runs')))
    found.push(await runOrigin(join(home, 'runs', id, 'run.json')));
  for (const folder of ['checkpoints', 'source'])
    for (const _ of await namesIn(join(home, folder))) found.push(NO_ORIGIN);
  return found;
}

async function originOf(home: string, kind: ArtefactKind, version: string): Promise<Evidence> {
  const noted = NOTED[kind];
  if (!noted) return NO_ORIGIN;
  const [file, field] = noted;
  const path = join(home, kind, version, file);
  const value = await readJson(path);
  const { name, synthetic } = ((value as Record<string, unknown> | null)?.[field] ?? {}) as {
    name?: unknown;
    synthetic?: unknown;
  };
  if (typeof name === 'string' && typeof synthetic === 'boolean') return { name, synthetic };
  return `${path} does not say where it comes from`;
}

/** A run whose process was killed at once has no record. */
async function runOrigin(path: string): Promise<Evidence> {
  const { origin } = ((await readJson(path)) ?? {}) as { origin?: unknown };
  if (typeof origin !== 'string') return NO_ORIGIN;
  return { name: origin, synthetic: origin === SAMPLE_NAME };
}

async function readRecord(
  home: string,
): Promise<{ data: 'sample' | 'real'; source: string } | 'unreadable' | null> {
  const path = join(home, FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    return '';
  });
  if (text === null) return null;
  const { data, source } = ((await readJson(path)) ?? {}) as { data?: unknown; source?: unknown };
  if ((data !== 'sample' && data !== 'real') || typeof source !== 'string') return 'unreadable';
  return { data, source };
}

/** Without hidden ones; none when there is no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => !name.startsWith('.'));
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return null;
  }
}
