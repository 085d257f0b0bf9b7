/** Compares the model of a new bundle with the bundle in use before it is published. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { OsusumeError, WorseBundleError } from '../error.ts';
import { openArtefact, readJson } from '../home/artefact.ts';
import { currentVersion } from '../home/versions.ts';
import { compareQuality, PersonQuality, type QualityChange } from '../metric/person-quality.ts';
import { FILES } from './bundle-file.ts';

export type QualityComparison =
  | { readonly compared: false; readonly reason: string }
  | {
      readonly compared: true;
      /** version of the bundle in use */
      readonly with: string;
      readonly people: number;
      readonly changes: readonly QualityChange[];
      /** worse by more than this is refused */
      readonly margin: number;
      readonly worse: boolean;
      /** it is published although it is worse */
      readonly forced: boolean;
    };

export interface GateOptions {
  readonly margin: number;
  /** true: a worse bundle passes, too */
  readonly force: boolean;
}

/**
 * @param quality of the new bundle's model; null = it was not evaluated
 * @throws WorseBundleError when it is worse than the bundle in use by more than the margin
 */
export async function checkQuality(
  home: string,
  quality: PersonQuality | null,
  { margin, force }: GateOptions,
): Promise<QualityComparison> {
  const comparison = await compareWithCurrent(home, quality, margin);
  if (!comparison.compared || !comparison.worse) return comparison;
  if (force) return { ...comparison, forced: true };
  throw new WorseBundleError(
    `${comparisonText(comparison)}. Nothing was published and ${comparison.with} stays in use. Look for the cause (osusume runs), or publish it nevertheless: osusume publish --force`,
  );
}

async function compareWithCurrent(
  home: string,
  quality: PersonQuality | null,
  margin: number,
): Promise<QualityComparison> {
  const without = (reason: string): QualityComparison => ({ compared: false, reason });
  const version = await currentVersion(home, 'bundle');
  if (version === null) return without('there was no bundle in use');
  if (quality === null)
    return without(
      'the models were not evaluated: run "osusume evaluate" before "osusume publish"',
    );
  const current = await qualityOf(home, version);
  if (current === null) return without(`bundle ${version} has no quality of each held-out person`);
  const changes = compareQuality(current, quality);
  if (changes === null)
    return without(`bundle ${version} was evaluated on another dataset or other held-out people`);
  const worse = changes.some(({ change }) => change.mean < -margin);
  const people = quality.liked.ndcg10.length;
  return { compared: true, with: version, people, changes, margin, worse, forced: false };
}

/** null: it has none, or is damaged, which is no reason to keep it */
async function qualityOf(home: string, version: string): Promise<PersonQuality | null> {
  try {
    const { folder, manifest } = await openArtefact(home, 'bundle', version, { checksums: false });
    return FILES.quality in manifest.files ? await qualityIn(folder) : null;
  } catch (error) {
    if (error instanceof OsusumeError) return null;
    throw error;
  }
}

/**
 * Of a bundle in a folder; null when it has none, or a damaged one.
 * @throws ArtefactError when the file is not JSON
 */
export async function qualityIn(folder: string): Promise<PersonQuality | null> {
  const path = join(folder, FILES.quality);
  const quality = existsSync(path) ? await readJson(path) : null;
  return Value.Check(PersonQuality, quality) ? quality : null;
}

const NAMES: Readonly<Record<QualityChange['metric'], string>> = {
  ndcg10: 'liked NDCG@10',
  recall20: 'liked Recall@20',
};

/** Without its last full stop. */
export function comparisonText(comparison: QualityComparison): string {
  if (!comparison.compared) return `Not compared with another bundle: ${comparison.reason}`;
  const { with: version, people, margin, worse } = comparison;
  const changes = comparison.changes.map(
    ({ metric, before, after, change }) =>
      `${NAMES[metric]} ${before.toFixed(4)} → ${after.toFixed(4)} (${signed(change.mean)}; 95 % interval ${signed(change.low)} to ${signed(change.high)})`,
  );
  const verdict = worse
    ? `The new bundle is worse than ${version} by more than the margin of ${margin}`
    : `Compared with ${version}`;
  const forced = comparison.forced ? '. It is published nevertheless (--force)' : '';
  return `${verdict}, on the same ${people} held-out people: ${changes.join(', ')}${forced}`;
}

function signed(value: number): string {
  return `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;
}
