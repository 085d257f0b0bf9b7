/** Stage: the current ingested rows and, if there is one, their dataset → an HTML report. */
import { join, resolve } from 'node:path';
import { type DataFacts, dataFacts } from './data/data-facts.ts';
import type { Dataset } from './data/dataset.ts';
import type { DatasetCounts } from './data/dataset-file.ts';
import { openArtefact, readJson } from './home/artefact.ts';
import { writeAtomically } from './home/atomic-write.ts';
import { currentVersion } from './home/versions.ts';
import { CHARTS, ROWS, requirePackages } from './program/optional-package.ts';
import { NO_PROGRESS, type Progress } from './progress.ts';
import type { IngestReport } from './source/ingest/ingest-report.ts';

export interface ExploreOptions {
  readonly home: string;
  /** path of the report; default: explore.html in the home */
  readonly out?: string;
  readonly threads?: number;
  readonly progress?: Progress;
  readonly signal?: AbortSignal;
}

/** @throws ArtefactError when nothing has been ingested */
export async function explore(
  options: ExploreOptions,
): Promise<{ path: string; facts: DataFacts }> {
  const { home, threads, progress = NO_PROGRESS, signal } = options;
  await requirePackages('explore', [...ROWS, ...CHARTS]);
  const { exploreReport } = await import('./report/explore-report.ts');
  const path = resolve(options.out ?? join(home, 'explore.html'));
  const { folder } = await openArtefact(home, 'ingest');
  progress.step('counting rows');
  const facts = await dataFacts(folder, { threads, signal });
  const report = (await readJson(join(folder, 'report.json'))) as IngestReport;
  progress.step('writing the report');
  await writeAtomically(path, exploreReport(report, facts, await preparedText(home)), {
    mode: options.out === undefined ? undefined : 0o666 & ~process.umask(),
  });
  progress.end();
  return { path, facts };
}

/** A sentence on what `prepare` left out and held out. */
async function preparedText(home: string): Promise<string> {
  if ((await currentVersion(home, 'dataset')) === null) return 'No dataset has been prepared yet.';
  const { folder } = await openArtefact(home, 'dataset');
  const { counts, parts } = (await readJson(join(folder, 'dataset.json'))) as {
    counts: DatasetCounts;
    parts: Dataset['parts'];
  };
  const size = ({ from, to }: { from: number; to: number }) => (to - from).toLocaleString('en');
  return `The current dataset has ${counts.users.toLocaleString('en')} people (${size(parts.train)} for training, ${size(parts.validation)} for validation, ${size(parts.test)} for the test), ${counts.leftOutUsers.toLocaleString('en')} with short lists left out, and ${counts.franchises.toLocaleString('en')} franchises.`;
}
