/** A training run in progress: keeps its record in <home>/runs/<id> and reports to the tracker. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TrackAccess } from '../config/config.ts';
import type { TrackOptions } from '../config/track-options.ts';
import type { Dataset } from '../data/dataset.ts';
import { InterruptedError } from '../error.ts';
import { PRIVATE_FILE } from '../home/modes.ts';
import type { ModelCost } from '../home/train-record.ts';
import type { Examples } from '../metric/examples.ts';
import type { EpochReport } from '../model/recommender.ts';
import type { Planned } from '../model/registry.ts';
import type { Progress } from '../progress.ts';
import { EventLog } from './event-log.ts';
import { newRunFolder, type RunRecord, writeRunRecord } from './run-record.ts';
import { sourceCommit } from './source-commit.ts';
import { numbers, openTrackingServer, type Tracker, trackerOf } from './tracker.ts';

/** Writes report.html into the folder of a run. */
export type WriteReport = (folder: string, record: RunRecord) => Promise<void>;

export interface RunOptions {
  readonly home: string;
  readonly dataset: Dataset;
  readonly plan: readonly Planned[];
  readonly seed: number | null;
  readonly track: TrackOptions;
  readonly access: TrackAccess;
  readonly writeReport: WriteReport;
  readonly progress: Progress;
  readonly clock: () => Date;
}

export class Run {
  readonly #started = performance.now();

  private constructor(
    readonly folder: string,
    public record: RunRecord,
    private readonly tracker: Tracker,
    private readonly writeReport: WriteReport,
    private readonly progress: Progress,
  ) {}

  static async start(options: RunOptions): Promise<Run> {
    const { home, dataset, plan, seed, track, access, progress, clock } = options;
    const now = clock();
    // so that a missing key is reported before a folder is made
    const server = openTrackingServer(track, access);
    const { id, folder } = await newRunFolder(home, now);
    const tracker = trackerOf(new EventLog(folder), server, clock);
    const { train } = dataset.parts;
    const { indptr } = dataset.interactions;
    const record: RunRecord = {
      format: 1,
      id,
      status: 'running',
      startedAt: now.toISOString(),
      seconds: 0,
      seed,
      fingerprint: dataset.fingerprint,
      origin: dataset.origin.name,
      people: train.to - train.from,
      titles: dataset.items.size,
      interactions: indptr[train.to] - indptr[train.from],
      commit: await sourceCommit(),
      parameters: Object.fromEntries(plan.map(({ name, options }) => [name, options])),
      models: {},
      epochs: {},
      version: null,
      evaluation: null,
    };
    const { fingerprint, origin, commit, people, titles, interactions } = record;
    tracker.tags({ fingerprint, origin, ...(commit ? { commit } : {}) });
    tracker.parameters({ ...record.parameters, seed: seed ?? 'own', people, titles, interactions });
    await writeRunRecord(folder, record);
    return new Run(folder, record, tracker, options.writeReport, progress);
  }

  /** Records what a model reports after an epoch. */
  epoch(model: string, report: EpochReport): void {
    const values = numbers(report);
    const before = this.record.epochs[model] ?? [];
    this.record = {
      ...this.record,
      epochs: { ...this.record.epochs, [model]: [...before, values] },
    };
    this.tracker.metrics({ [model]: values }, report.epoch);
  }

  /** Records that a model has been fitted and saved. */
  async fitted(model: string, cost: ModelCost): Promise<void> {
    this.record = { ...this.record, models: { ...this.record.models, [model]: cost } };
    this.tracker.metrics({ [model]: cost });
    await writeRunRecord(this.folder, this.record);
  }

  /** Ends the run as finished and writes its report. */
  async finish(version: string, examples: Examples): Promise<void> {
    await writeFile(join(this.folder, 'examples.json'), `${JSON.stringify(examples, null, 2)}\n`, {
      mode: PRIVATE_FILE,
    });
    await this.#end({ version, status: 'finished' });
  }

  async fail(error: unknown): Promise<void> {
    await this.#end({ status: error instanceof InterruptedError ? 'interrupted' : 'failed' });
  }

  async #end(last: { version?: string; status: 'finished' | 'failed' | 'interrupted' }) {
    const seconds = Math.round(performance.now() - this.#started) / 1000;
    this.record = { ...this.record, ...last, seconds };
    await writeRunRecord(this.folder, this.record);
    if (last.status === 'finished') {
      await this.writeReport(this.folder, this.record);
      if (last.version) this.tracker.tags({ model: last.version });
      for (const file of ['run.json', 'report.html']) this.tracker.artefact(file);
    }
    const problem = await this.tracker.finish(last.status);
    if (problem) this.progress.note(problem);
  }
}
