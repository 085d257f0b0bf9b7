/** Adds a published bundle to the record of the run that trained its models, and to the registry of a tracking server. */
import { join } from 'node:path';
import type { TrackAccess } from '../config/config.ts';
import { type TrackOptions, trackOptions } from '../config/track-options.ts';
import type { Artefact } from '../home/artefact.ts';
import type { Progress } from '../progress.ts';
import { recordModelFiles } from './model-files.ts';
import { readRunRecord, runsFolder, writeRunRecord } from './run-record.ts';
import { openTracker } from './tracker.ts';

export interface PublicationOptions {
  readonly track?: TrackOptions;
  readonly access?: TrackAccess;
  readonly clock?: () => Date;
  readonly progress: Progress;
}

/**
 * Does nothing when the run's folder has been removed.
 * @param id of the run
 * @param metrics on held-out people
 */
export async function recordPublication(
  home: string,
  id: string,
  bundle: Artefact,
  metrics: Readonly<Record<string, number>>,
  { track = trackOptions(), access = {}, clock, progress }: PublicationOptions,
): Promise<void> {
  const record = await readRunRecord(home, id).catch(() => null);
  if (!record) return;
  const folder = join(runsFolder(home), id);
  const { version } = bundle;
  const before = (record.bundles ?? []).filter((other) => other !== version);
  await writeRunRecord(folder, { ...record, bundles: [...before, version] });
  const tracker = openTracker(folder, track, access, clock);
  const model = `bundle-${version}`;
  if (track.to !== 'local' && track.files) recordModelFiles(tracker, folder, bundle, model);
  tracker.record({ bundle: { version, model, metrics } });
  tracker.tags({ bundle: version });
  const problem = await tracker.finish();
  if (problem) progress.note(problem);
}
