/** Which files of models and bundles a tracking server gets. */
import { join, relative } from 'node:path';
import type { Artefact } from '../home/artefact.ts';
import { GRAM } from '../model/gram/gram-file.ts';
import { FILES } from '../recommend/bundle-file.ts';
import type { Tracker } from './tracker.ts';

/**
 * Not the lists of people, nor the catalogue, which are the data set's; and not G, which is large and only publishing
 * needs it. manifest.json has the checksums of all of them.
 */
const KEPT_HERE: ReadonlySet<string> = new Set([FILES.people, FILES.catalogue, GRAM]);

/**
 * @param folder of the run
 * @param model what the server calls these files
 */
export function recordModelFiles(
  tracker: Tracker,
  folder: string,
  artefact: Artefact,
  model: string,
): void {
  const files = Object.keys(artefact.manifest.files).filter((file) => !KEPT_HERE.has(file));
  for (const file of [...files, 'manifest.json']) {
    const path = relative(folder, join(artefact.folder, file));
    tracker.record({ modelFile: { model, file, path } });
  }
}
